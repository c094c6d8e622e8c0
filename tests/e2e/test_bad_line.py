"""A real page of a conversation behind a bad line: it comes back by itself and shows each message once, in order."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import sleep, time
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.people import CUT, People, Person
from tests.faults.line import Line, Weather, running_line
from tests.scenarios import Laid, lay, stored_messages
from tests.servers.serve import Server, Servers
from tests.webrtc_peers import SocketClient

TABS, CUTS = 6, 4
WEAK = Weather(latency=0.2, jitter=0.3, down=60_000)
# When a socket of the page was opened.
WATCHED = """
window.openedAt = [];
window.WebSocket = class extends WebSocket {
  constructor(address) {
    super(address);
    this.addEventListener("open", () => openedAt.push(Date.now()));
  }
};
"""
NOTICED = 40_000  # milliseconds: what was swallowed is missed after 15 s, a silent line after 28


@pytest.fixture
def line() -> Iterator[Line]:
    with running_line() as between:
        yield between


@pytest.fixture
def server(serve: Servers, line: Line) -> Server:
    """People know it by the address of the line."""
    server = serve("--no-tasks", "--no-clock", PUBLIC_URL=line.url)
    line.to = server.port
    return server


@pytest.fixture
def laid(server: Server) -> Laid:
    return lay(server, people=TABS + 1)


def comes(people: People, line: Line, laid: Laid, number: int) -> Person:
    person = people(f"buyer {number}", line.url)
    person.expects(CUT)
    person.context.add_cookies([{"name": "sessionid", "value": laid.sessions[number], "url": line.url}])
    person.context.add_init_script(WATCHED)
    person.goes(laid.conversation)
    person.page.wait_for_selector("fair-chat textarea")
    return person


def says(server: Server, laid: Laid, *bodies: str) -> None:
    """Somebody else, with a good line."""

    async def post() -> None:
        client = await SocketClient.open(server.socket_url, laid.tokens[-1])
        await client.send(laid.topic, "join")
        for body in bodies:
            await client.send(laid.topic, "message.post", client_id=str(uuid4()), body=body)
        await client.close()

    # Playwright has a loop of its own in this thread.
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
def test_each_message_is_shown_once_and_in_order(people: People, server: Server, line: Line, laid: Laid) -> None:
    page = comes(people, line, laid, 0).page
    writes(page, "salaam", "how much are the pliers")
    wait_for_all(page, 2)
    line.resets()
    writes(page, "written while the line was gone")
    says(server, laid, "eleven yuan", "from a thousand on")
    wait_for_all(page, 5)
    line.goes_half_open()
    writes(page, "swallowed by the line", "and this too")
    says(server, laid, "said into a dead line")
    wait_for_all(page, 8)
    line.changes(WEAK)
    line.resets()
    writes(page, "weak one", "weak two", "weak three")
    says(server, laid, *(f"line {number}" for number in range(20)))
    wait_for_all(page, 31)
    assert shown(page) == [body for _, body in stored_messages(server, laid)]
    assert len(set(shown(page))) == 31


@pytest.mark.proof
def test_pages_are_back_within_five_seconds_of_the_healing(
    people: People, server: Server, line: Line, laid: Laid
) -> None:
    pages = [comes(people, line, laid, number).page for number in range(TABS)]
    delays = []
    for cut in range(CUTS):
        line.cuts()
        sleep(5 + 4 * cut)
        line.heals()
        healed = time() * 1000
        for page in pages:
            page.wait_for_function("healed => openedAt.at(-1) > healed", arg=healed, timeout=20_000)
        delays += [
            page.evaluate("healed => openedAt.find((at) => at > healed) - healed", healed) / 1000 for page in pages
        ]
    assert sorted(delays)[int(0.95 * len(delays))] < 5
    says(server, laid, "everybody here again?")
    for page in pages:
        wait_for_all(page, 1)
