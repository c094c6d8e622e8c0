"""A conversation's page on a bad connection: it reconnects by itself and shows each message once, in order."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import sleep, time
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser_windows import CUT, People, Person
from tests.faults.fault_proxy import Conditions, FaultProxy, running_proxy
from tests.scenarios import ChatScenario, make_chat_scenario, stored_messages
from tests.servers.serve import Server, Servers
from tests.webrtc_peers import SocketClient

TABS, CUTS = 6, 4
WEAK = Conditions(latency=0.2, jitter=0.3, down=60_000)
# Records when a socket of the page was opened.
WATCHED = """
window.openedAt = [];
window.WebSocket = class extends WebSocket {
  constructor(address) {
    super(address);
    this.addEventListener("open", () => openedAt.push(Date.now()));
  }
};
"""
NOTICED = 40_000  # milliseconds: an unanswered command is noticed after 15 s, a silent connection after 28


@pytest.fixture
def proxy() -> Iterator[FaultProxy]:
    with running_proxy() as between:
        yield between


@pytest.fixture
def server(serve: Servers, proxy: FaultProxy) -> Server:
    """Its public address is that of the bad connection."""
    server = serve("--no-tasks", "--no-clock", PUBLIC_URL=proxy.url)
    proxy.to = server.port
    return server


@pytest.fixture
def scenario(server: Server) -> ChatScenario:
    return make_chat_scenario(server, people=TABS + 1)


def opens_conversation(people: People, proxy: FaultProxy, scenario: ChatScenario, number: int) -> Person:
    person = people(f"buyer {number}", proxy.url)
    person.expects(CUT)
    person.context.add_cookies([{"name": "sessionid", "value": scenario.sessions[number], "url": proxy.url}])
    person.context.add_init_script(WATCHED)
    person.goes(scenario.conversation)
    person.page.wait_for_selector("fair-chat textarea")
    return person


def post_messages(server: Server, scenario: ChatScenario, *bodies: str) -> None:
    """Somebody else posts these messages on a good connection."""

    async def post() -> None:
        client = await SocketClient.open(server.socket_url, scenario.tokens[-1])
        await client.send(scenario.topic, "join")
        for body in bodies:
            await client.send(scenario.topic, "message.post", client_id=str(uuid4()), body=body)
        await client.close()

    # Playwright runs an event loop of its own in this thread.
    with ThreadPoolExecutor(1) as aside:
        aside.submit(asyncio.run, post()).result(30)


def writes(page: Page, *bodies: str) -> None:
    for body in bodies:
        page.fill("fair-chat textarea", body)
        page.press("fair-chat textarea", "Enter")


def shown(page: Page) -> list[str]:
    return page.locator(".chat__message .chat__body").all_inner_texts()


def wait_for_all(page: Page, number: int) -> None:
    expect(page.locator(".chat__message:not([data-state])")).to_have_count(number, timeout=NOTICED)


@pytest.mark.engines
def test_each_message_is_shown_once_and_in_order(
    people: People, server: Server, proxy: FaultProxy, scenario: ChatScenario
) -> None:
    page = opens_conversation(people, proxy, scenario, 0).page
    writes(page, "salaam", "how much are the pliers")
    wait_for_all(page, 2)
    proxy.reset_connections()
    writes(page, "written while the connection was gone")
    post_messages(server, scenario, "eleven yuan", "from a thousand on")
    wait_for_all(page, 5)
    proxy.swallow_open()
    writes(page, "swallowed by the connection", "and this too")
    post_messages(server, scenario, "sent without a connection")
    wait_for_all(page, 8)
    proxy.set_conditions(WEAK)
    proxy.reset_connections()
    writes(page, "weak one", "weak two", "weak three")
    post_messages(server, scenario, *(f"message {number}" for number in range(20)))
    wait_for_all(page, 31)
    assert shown(page) == [body for _, body in stored_messages(server, scenario)]
    assert len(set(shown(page))) == 31


@pytest.mark.proof
def test_pages_reconnect_within_five_seconds_after_the_connection_is_back(
    people: People, server: Server, proxy: FaultProxy, scenario: ChatScenario
) -> None:
    pages = [opens_conversation(people, proxy, scenario, number).page for number in range(TABS)]
    delays = []
    for cut in range(CUTS):
        proxy.refuse()
        sleep(5 + 4 * cut)
        proxy.restore()
        healed = time() * 1000
        for page in pages:
            page.wait_for_function("healed => openedAt.at(-1) > healed", arg=healed, timeout=20_000)
        delays += [
            page.evaluate("healed => openedAt.find((at) => at > healed) - healed", healed) / 1000 for page in pages
        ]
    assert sorted(delays)[int(0.95 * len(delays))] < 5
    post_messages(server, scenario, "everybody here again?")
    for page in pages:
        wait_for_all(page, 1)
