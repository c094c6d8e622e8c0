"""The Back button, to a page in the browser's cache (bfcache): it catches up, and shows nothing after signing out."""

import asyncio
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser_windows import People, Person
from tests.e2e.conftest import BROWSERS, FLAGS
from tests.scenarios import ChatScenario, make_chat_scenario
from tests.servers.serve import Server
from tests.servers.server_database import in_database_of
from tests.webrtc_peers import SocketClient

REMEMBER = "addEventListener('pageshow', (event) => { window.wasCached = event.persisted })"


@pytest.fixture
def people(browser: Browser) -> Iterator[People]:
    """A browser with the back/forward cache on, as people have it; Playwright switches it off by default."""
    path = next(found for found in map(shutil.which, BROWSERS) if found)
    with_bfcache = browser.browser_type.launch(
        executable_path=path, args=FLAGS, ignore_default_args=["--disable-back-forward-cache"]
    )
    present = People(with_bfcache)
    yield present
    present.close()
    with_bfcache.close()


@pytest.fixture
def scenario(plain_server: Server) -> ChatScenario:
    return make_chat_scenario(plain_server, people=2)


def opens_conversation(people: People, server: Server, scenario: ChatScenario) -> Person:
    person = people("buyer", server.url)
    person.context.add_cookies([{"name": "sessionid", "value": scenario.sessions[0], "url": server.url}])
    person.context.add_init_script(REMEMBER)
    page = person.goes(scenario.conversation)
    expect(page.get_by_role("log")).to_be_visible()
    return person


def post_message(server: Server, scenario: ChatScenario, body: str) -> None:
    async def post() -> None:
        client = await SocketClient.open(server.socket_url, scenario.tokens[1])
        await client.send(scenario.topic, "join")
        await client.send(scenario.topic, "message.post", client_id=str(uuid4()), body=body)
        await client.close()

    # Playwright runs an event loop of its own in this thread.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, post()).result(30)


def bodies(page: Page) -> list[str]:
    return page.locator("fair-chat .chat__body").all_inner_texts()


def test_the_page_shows_messages_from_before_and_after_the_return(
    plain_server: Server, scenario: ChatScenario, people: People
) -> None:
    post_message(plain_server, scenario, "before")
    person = opens_conversation(people, plain_server, scenario)
    page = person.page
    expect(page.locator("fair-chat .chat__body")).to_have_count(1)
    page.locator("fair-chat textarea").fill("half a word")
    person.goes(scenario.booth)
    post_message(plain_server, scenario, "meanwhile")
    page.go_back(wait_until="commit")
    expect(page.locator("fair-chat .chat__body")).to_have_count(2)
    post_message(plain_server, scenario, "afterwards")
    expect(page.locator("fair-chat .chat__body")).to_have_count(3)
    assert bodies(page) == ["before", "meanwhile", "afterwards"]
    assert page.locator("fair-chat textarea").input_value() == "half a word"
    assert page.evaluate("wasCached") is True


def test_a_page_whose_reader_signed_out_elsewhere_asks_to_sign_in(
    plain_server: Server, scenario: ChatScenario, people: People
) -> None:
    post_message(plain_server, scenario, "our lowest price is 4.10")
    person = opens_conversation(people, plain_server, scenario)
    page = person.page
    expect(page.locator("fair-chat .chat__body")).to_have_count(1)
    person.goes("/accounts/login/")
    in_database_of(plain_server, lambda: Session.objects.filter(session_key=scenario.sessions[0]).delete())
    page.go_back(wait_until="commit")
    expect(page.locator("input[type=password]")).to_be_visible()
    assert "our lowest price" not in page.content()
