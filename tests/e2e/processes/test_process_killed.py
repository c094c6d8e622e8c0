"""One of two web processes is killed or replaced during conversations and calls."""

import json
import re
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.browser_windows import People
from tests.e2e.callers import Caller, Callers, hear_of_each_other
from tests.e2e.test_main_flow import CHEN, FAIR, USMAN, enter_as
from tests.servers.full_stack import FullStack
from tests.servers.serve import Server

# What browsers log of a connection that is cut on purpose.
CUT = "WebSocket connection"
# Records every later state of the call, and its present peer connections.
_WATCH = """() => {
  const element = document.querySelector("fair-call");
  window.states = [];
  new MutationObserver(() => states.push(element.dataset.state)).observe(element, { attributeFilter: ["data-state"] });
  window.connections = [...element.call.peers.pairs.values()].map((pair) => pair.pc);
}"""
_SAME_CONNECTIONS = """() => {
  const now = [...document.querySelector("fair-call").call.peers.pairs.values()].map((pair) => pair.pc);
  return now.length === connections.length && now.every((connection, place) => connection === connections[place]);
}"""


def in_conversation(people: People, fair: Server) -> tuple[Page, Page]:
    """Exhibitor and buyer in the same conversation, each on a process of their own."""
    exhibitor, buyer = people("exhibitor", fair.url, time_zone="Asia/Shanghai"), people("buyer", fair.url)
    for person in (exhibitor, buyer):
        person.expects(CUT)
    seller_page, page = enter_as(exhibitor, CHEN), enter_as(buyer, USMAN)
    for window, other in ((page, CHEN), (seller_page, USMAN)):
        window.goto(fair.url + FAIR + "messages/")
        window.get_by_role("link", name=re.compile(other)).first.click()
        expect(window.get_by_role("log")).to_be_visible()
        expect(window.locator("fair-connection-status")).to_be_hidden()
    return seller_page, page


def write(page: Page, text: str) -> None:
    box = page.locator("fair-chat textarea")
    box.fill(text)
    box.press("Enter")


def write_both(seller_page: Page, page: Page, bodies: list[str]) -> None:
    """Every fourth message is the exhibitor's."""
    for number, body in enumerate(bodies):
        write(page if number % 4 else seller_page, body)


def shows_once_in_order(page: Page, bodies: list[str]) -> None:
    """Waits for the last of these messages; then each of them is shown once, in this order."""
    expect(page.get_by_role("log")).to_contain_text(bodies[-1])
    shown = page.locator("fair-chat .chat__body").all_inner_texts()
    assert [body for body in shown if body in set(bodies)] == bodies


@pytest.mark.proof
def test_people_of_a_killed_process_reconnect_and_miss_no_message(people: People, stack: FullStack) -> None:
    seller_page, page = in_conversation(people, stack.front)
    stack.web[0].kill()
    bodies = [f"While you were cut off {number}" for number in range(5)]
    for body in bodies:
        write(page, body)
    write(seller_page, "What I wrote while it was cut")
    shows_once_in_order(seller_page, bodies)
    expect(page.get_by_role("log")).to_contain_text("What I wrote while it was cut")
    expect(seller_page.locator("fair-connection-status")).to_be_hidden()
    for window in (page, seller_page):
        window.reload()
        expect(window.get_by_role("log")).to_be_visible()
        shown = Counter(window.locator("fair-chat .chat__body").all_inner_texts())
        assert [shown[body] for body in (*bodies, "What I wrote while it was cut")] == [1] * 6


def test_a_call_goes_on_when_the_process_of_one_side_is_killed(callers: Callers, stack: FullStack) -> None:
    exhibitor, buyer = callers.both()
    for person in callers.people.present:
        person.expects(CUT)
    watch(exhibitor, buyer)
    connection = exhibitor.connection()
    stack.web[0].kill()
    for caller in (exhibitor, buyer):
        caller.receives("frames", seconds=3)
    exhibitor.joins_again(connection, seconds=15)
    went_on(exhibitor, buyer)
    assert exhibitor.evaluates("document.querySelector('fair-connection-status').hidden") is True


@pytest.mark.proof
def test_replacing_one_process_after_the_other_loses_nothing(
    people: People, callers: Callers, stack: FullStack
) -> None:
    exhibitor, buyer = callers.both()
    watch(exhibitor, buyer)
    seller_page, page = in_conversation(people, stack.front)
    for person in people.present:
        person.expects(CUT)
    bodies = [f"Message {number} of many" for number in range(40)]
    with readers(stack.front) as answers:
        for process, first in zip(stack.web, (0, 20), strict=True):
            write_both(seller_page, page, bodies[first : first + 10])
            for window in (page, seller_page):
                expect(window.get_by_role("log")).to_contain_text(bodies[first + 9], timeout=30_000)
            process.signal(signal.SIGTERM)
            write_both(seller_page, page, bodies[first + 10 : first + 20])
            assert process.program.process is not None
            assert process.program.process.wait(20) == 0
            process.start()
    for window in (page, seller_page):
        expect(window.locator("fair-connection-status")).to_be_hidden(timeout=30_000)
        for body in bodies:
            expect(window.get_by_role("log")).to_contain_text(body)
        shown = window.locator("fair-chat .chat__body").all_inner_texts()
        assert [body for body in shown if body in set(bodies)] == in_order_of_the_server(window, bodies)
    went_on(exhibitor, buyer)
    assert set(answers) == {200}


def in_order_of_the_server(page: Page, bodies: list[str]) -> list[str]:
    """The messages in the order of a freshly loaded page; each is there once."""
    page.reload()
    expect(page.get_by_role("log")).to_be_visible()
    shown = [body for body in page.locator("fair-chat .chat__body").all_inner_texts() if body in set(bodies)]
    assert sorted(shown) == sorted(bodies)
    return shown


def watch(*callers: Caller) -> None:
    for caller in callers:
        caller.page.evaluate(_WATCH)


def went_on(exhibitor: Caller, buyer: Caller) -> None:
    """The two reach each other directly and through the server.

    The peer connections are the same, and neither page was ever in another state than connected.
    """
    hear_of_each_other(exhibitor, buyer)
    for caller in (exhibitor, buyer):
        caller.receives("frames")
        assert caller.page.evaluate(_SAME_CONNECTIONS) is True
        assert caller.page.evaluate("() => states.filter((state) => state !== 'connected')") == []


@contextmanager
def readers(server: Server) -> Iterator[list[int | None]]:
    """Loads one page after the other in the background; the list has their status codes."""
    answers: list[int | None] = []
    enough = threading.Event()

    def read() -> None:
        while not enough.wait(0.1):
            answers.append(server.status("/fairs/pk2020/halls/"))

    thread = threading.Thread(target=read)
    thread.start()
    yield answers
    enough.set()
    thread.join()


def fails_to_come_back(page: Page, how: str) -> list[str]:
    """Makes the page's first attempt to enter again fail: the answer is `lost`, or the server has `failed`."""
    done: list[str] = []

    def connected(ws: WebSocketRoute) -> None:
        server = ws.connect_to_server()
        asked: list[int] = []

        def from_page(text: str | bytes) -> None:
            frame = json.loads(text)
            if done or frame["type"] != "enter" or "resumes" not in frame:
                server.send(text)
            elif how == "lost":
                asked.append(frame["ref"])
                server.send(text)
            else:
                done.append(how)
                ws.send(json.dumps({"type": "refused", "ref": frame["ref"], "code": how, "detail": "Not now"}))

        def from_server(text: str | bytes) -> None:
            if asked and json.loads(text).get("ref") in asked:
                done.append(how)
                ws.close()
            else:
                ws.send(text)

        ws.on_message(from_page)
        server.on_message(from_server)

    page.route_web_socket("**/ws/", connected)
    return done


@pytest.mark.proof
@pytest.mark.parametrize("how", ["lost", "failed"])
def test_a_call_goes_on_when_the_first_attempt_to_enter_again_fails(
    callers: Callers, stack: FullStack, how: str
) -> None:
    seller = callers.invites("exhibitor")
    done = fails_to_come_back(seller.page, how)
    exhibitor, buyer = Caller(seller.goes(callers.running.path)), callers("buyer")
    for caller in (exhibitor, buyer):
        caller.enters()
    for caller in (exhibitor, buyer):
        caller.is_in_state("connected")
    for person in callers.people.present:
        person.expects(CUT)
    watch(exhibitor, buyer)
    connection = exhibitor.connection()
    for event in ("offline", "online"):
        exhibitor.page.evaluate("(event) => dispatchEvent(new Event(event))", event)
    exhibitor.joins_again(connection, seconds=20)
    assert done == [how]
    went_on(exhibitor, buyer)
