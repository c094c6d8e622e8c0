"""Before the call: devices that fail, doors that are closed, and coming in all the same."""

from itertools import product

import pytest
from playwright.sync_api import expect

from tests.e2e.callers import Caller, Callers
from tests.e2e.people import BROWSER_LANGUAGES, NARROW, WIDE
from tests.e2e.rooms import callers, room_server, running_meetings
from tests.running_meetings import make_running_meetings
from tests.sizes import full

pytestmark = pytest.mark.engines

SIZES = {"wide": WIDE, "narrow": NARROW}
__all__ = ["callers", "room_server", "running_meetings"]

# What a browser does when a device of this kind fails in this way; the empty page before has no devices at all.
FAILING = """
const devices = navigator.mediaDevices ?? {};
const open = devices.getUserMedia?.bind(devices);
devices.getUserMedia = (wish) =>
  KINDS.some((kind) => wish[kind]) ? Promise.reject(new DOMException("", "NAME")) : open(wish);
"""

FAILURES = [
    ('["video"]', "NotFoundError", ["No camera was found. Connect one, or continue with sound only."]),
    ('["video"]', "NotReadableError", ["Camera is used by another program. Close it and try again."]),
    (
        '["video", "audio"]',
        "NotAllowedError",
        ["Camera is blocked; allow it in the browser.", "Microphone is blocked; allow it in the browser."],
    ),
]


def before_lobby(callers: Callers, name: str, *, kinds: str, failing: str) -> Caller:
    """Somebody whose devices of these kinds fail, before the lobby."""
    person = callers.invites(name)
    person.context.add_init_script(FAILING.replace("KINDS", kinds).replace("NAME", failing))
    return Caller(person.goes(callers.running.path))


@pytest.mark.parametrize(("kinds", "failing", "sentences"), full(FAILURES, small=FAILURES[-1:]))
def test_a_failing_device_is_said_in_words(callers: Callers, kinds: str, failing: str, sentences: list[str]) -> None:
    caller = before_lobby(callers, "buyer", kinds=kinds, failing=failing)
    expect(caller.page.locator('.check[data-state="failed"]')).to_have_text(sentences)
    expect(caller.page.get_by_role("button", name="Enter", exact=True)).to_be_enabled()


def test_without_a_camera_one_is_heard(callers: Callers) -> None:
    exhibitor = callers("exhibitor")
    exhibitor.enters()
    buyer = before_lobby(callers, "buyer", kinds='["video"]', failing="NotFoundError")
    expect(buyer.page.locator('.check[data-state="failed"]')).to_have_count(1)
    buyer.enters("enter-sound")
    exhibitor.is_in_state("connected")
    exhibitor.receives("energy")
    expect(exhibitor.page.locator('.call__partner:not([data-waiting])[data-picture="off"]')).to_have_count(1)
    buyer.receives("frames")


@pytest.mark.proof
def test_without_any_device_one_reads_and_writes(callers: Callers) -> None:
    exhibitor = callers("exhibitor")
    exhibitor.enters()
    buyer = before_lobby(callers, "buyer", kinds='["video", "audio"]', failing="NotAllowedError")
    buyer.enters("enter-text")
    buyer.is_in_state("connected")
    buyer.receives("frames")
    buyer.page.locator(".call__chat textarea").fill("I can see you and read.")
    buyer.page.keyboard.press("Enter")
    expect(exhibitor.page.locator(".call__chat").get_by_text("I can see you and read.")).to_be_visible()


@pytest.mark.proof
def test_the_door_opens_ten_minutes_before(callers: Callers) -> None:
    [callers.running] = make_running_meetings(callers.server, -12)
    caller = callers("buyer")
    expect(caller.page.locator(".call__when")).to_contain_text("ten minutes before the meeting")
    expect(caller.page.get_by_role("button", name="Enter", exact=True)).to_be_disabled()


@pytest.mark.proof
def test_the_door_is_closed_when_the_meeting_is_over(callers: Callers) -> None:
    [callers.running] = make_running_meetings(callers.server, 26)
    caller = callers("buyer")
    expect(caller.page.locator(".call__when")).to_have_text("This meeting is over.")
    expect(caller.page.get_by_role("button", name="Enter", exact=True)).to_be_disabled()


def test_the_call_ends_with_the_meeting(callers: Callers) -> None:
    [callers.running] = make_running_meetings(callers.server, full(24.4, small=24.6))
    exhibitor, buyer = callers.both()
    expect(buyer.page.locator("fair-call")).to_have_attribute("data-last-minute", "")
    for caller in (exhibitor, buyer):
        caller.is_in_state("ended", seconds=60)
        expect(caller.page.get_by_role("heading", name="The meeting has ended")).to_be_visible()
        expect(caller.page.locator(".call__ended").get_by_role("link", name="State the outcome")).to_be_visible()


@pytest.mark.proof
def test_a_stranger_finds_no_room(callers: Callers) -> None:
    person = callers.invites("stranger")
    person.expects("404")
    answer = person.page.goto(callers.server.url + callers.running.path)
    assert answer is not None
    assert answer.status == 404


@pytest.mark.proof
def test_an_organiser_is_announced(callers: Callers) -> None:
    exhibitor, organiser = callers("exhibitor"), callers("organiser")
    exhibitor.enters()
    expect(organiser.page.get_by_text("You enter as organiser")).to_be_visible()
    organiser.enters()
    expect(exhibitor.page.locator(".call__word")).to_contain_text("has entered as organiser")


@pytest.mark.parametrize(("language", "size"), full(list(product(BROWSER_LANGUAGES, SIZES)), small=[("ur", "narrow")]))
def test_lobby_and_call_fit_in_every_language(callers: Callers, language: str, size: str) -> None:
    buyer = callers("buyer", language=language, size=SIZES[size])
    assert buyer.overflow() == 0
    buyer.enters()
    buyer.is_in_state("alone")
    assert buyer.overflow() == 0
    for act in ("microphone", "camera", "screen", "leave"):
        box = buyer.page.locator(f'.call__bar [data-act="{act}"]').bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 48
