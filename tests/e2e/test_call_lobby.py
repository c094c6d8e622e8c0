"""The lobby of a call: devices that fail, times at which it is closed, and who may enter."""

from itertools import product

import pytest
from playwright.sync_api import expect

from tests.e2e.browser_windows import BROWSER_LANGUAGES, NARROW, WIDE
from tests.e2e.call_fixtures import call_server, callers, running_meetings
from tests.e2e.callers import Caller, Callers
from tests.running_meetings import make_running_meetings
from tests.sizes import full

pytestmark = pytest.mark.engines

SIZES = {"wide": WIDE, "narrow": NARROW}
__all__ = ["call_server", "callers", "running_meetings"]

# Makes the devices of these kinds fail in this way.
FAILING = """
const devices = navigator.mediaDevices ?? {};
const open = devices.getUserMedia?.bind(devices);
devices.getUserMedia = (wish) =>
  KINDS.some((kind) => wish[kind]) ? Promise.reject(new DOMException("", "NAME")) : open(wish);
"""

FAILURES = [
    ('["video"]', "NotFoundError", ["No camera found. Connect one, or continue with audio only."]),
    (
        '["video"]',
        "NotReadableError",
        ["The camera is being used by another program. Close that program and try again."],
    ),
    (
        '["video", "audio"]',
        "NotAllowedError",
        ["The camera is blocked. Allow it in your browser.", "The microphone is blocked. Allow it in your browser."],
    ),
]


def before_lobby(callers: Callers, name: str, *, kinds: str, failing: str) -> Caller:
    """Somebody in the lobby whose devices of these kinds fail."""
    person = callers.invites(name)
    person.context.add_init_script(FAILING.replace("KINDS", kinds).replace("NAME", failing))
    return Caller(person.goes(callers.running.path))


@pytest.mark.parametrize(("kinds", "failing", "sentences"), full(FAILURES, small=FAILURES[-1:]))
def test_a_failing_device_is_explained(callers: Callers, kinds: str, failing: str, sentences: list[str]) -> None:
    caller = before_lobby(callers, "buyer", kinds=kinds, failing=failing)
    expect(caller.page.locator('.check[data-state="failed"]')).to_have_text(sentences)
    expect(caller.page.get_by_role("button", name="Join", exact=True)).to_be_enabled()


def test_people_without_a_camera_send_sound(callers: Callers) -> None:
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
def test_people_without_any_device_can_read_and_write(callers: Callers) -> None:
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
def test_a_call_can_be_entered_from_ten_minutes_before_its_start(callers: Callers) -> None:
    [callers.running] = make_running_meetings(callers.server, -12)
    caller = callers("buyer")
    expect(caller.page.locator(".call__when")).to_contain_text("ten minutes before the meeting")
    expect(caller.page.get_by_role("button", name="Join", exact=True)).to_be_disabled()


@pytest.mark.proof
def test_a_call_cannot_be_entered_after_its_end(callers: Callers) -> None:
    [callers.running] = make_running_meetings(callers.server, 26)
    caller = callers("buyer")
    expect(caller.page.locator(".call__when")).to_have_text("This meeting has ended.")
    expect(caller.page.get_by_role("button", name="Join", exact=True)).to_be_disabled()


def test_the_call_ends_with_the_meeting(callers: Callers) -> None:
    [callers.running] = make_running_meetings(callers.server, full(24.4, small=24.6))
    exhibitor, buyer = callers.both()
    expect(buyer.page.locator("fair-call")).to_have_attribute("data-last-minute", "")
    for caller in (exhibitor, buyer):
        caller.is_in_state("ended", seconds=60)
        expect(caller.page.get_by_role("heading", name="The meeting has ended")).to_be_visible()
        expect(caller.page.locator(".call__ended").get_by_role("link", name="Record the outcome")).to_be_visible()


@pytest.mark.proof
def test_a_stranger_gets_404(callers: Callers) -> None:
    person = callers.invites("stranger")
    person.expects("404")
    answer = person.page.goto(callers.server.url + callers.running.path)
    assert answer is not None
    assert answer.status == 404


@pytest.mark.proof
def test_an_organiser_is_announced(callers: Callers) -> None:
    exhibitor, organiser = callers("exhibitor"), callers("organiser")
    exhibitor.enters()
    expect(organiser.page.get_by_text("You will join as an organiser")).to_be_visible()
    organiser.enters()
    expect(exhibitor.page.locator(".call__message")).to_contain_text("has joined as an organiser")


@pytest.mark.parametrize(("language", "size"), full(list(product(BROWSER_LANGUAGES, SIZES)), small=[("ur", "narrow")]))
def test_lobby_and_call_fit_in_every_language(callers: Callers, language: str, size: str) -> None:
    buyer = callers("buyer", language=language, size=SIZES[size])
    assert buyer.overflow() == 0
    buyer.enters()
    buyer.is_in_state("alone")
    assert buyer.overflow() == 0
    for act in ("microphone", "camera", "screen", "leave"):
        box = buyer.page.locator(f'.call__bar [data-action="{act}"]').bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 48
