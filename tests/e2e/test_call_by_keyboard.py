"""A call by the keyboard alone: entering, agreeing on an outcome in the panel, leaving; on a phone with its sheet."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.browser_windows import NARROW
from tests.e2e.call_fixtures import call_server, callers, running_meetings
from tests.e2e.callers import Caller, Callers
from tests.e2e.keyboard import IS_UNOBSCURED, press, reach

__all__ = ["call_server", "callers", "running_meetings"]

FEW = 4  # presses of Tab between two neighbours
# A page whose peer connections never connect: they may use a relay only, and there is none. It also counts its wake
# locks.
CUT_OFF = """
const Native = RTCPeerConnection;
window.RTCPeerConnection = class extends Native {
  constructor(configuration) {
    super({ ...configuration, iceServers: [], iceTransportPolicy: "relay" });
  }
  setConfiguration() {}
  getConfiguration() {
    return {};
  }
};
window.asked = [];
const request = async (kind) => {
  asked.push(kind);
  return Object.assign(new EventTarget(), { released: false, release() { this.released = true; } });
};
Object.assign(navigator.wakeLock ?? {}, { request }); // the empty page before has none
"""


# Pixels between the edges of the picture and the name plate on it, and between the plate's and its text.
PLATE = """() => {
  const picture = document.querySelector('.call__partner[data-picture="on"]');
  const [whole, plate, words] = [picture, ...picture.querySelectorAll(".call__voice, .call__name")].map(
    (one) => one.getBoundingClientRect());
  return [plate.left - whole.left, whole.bottom - plate.bottom, plate.right - words.right].map(Math.round);
}"""
# Of the header: the space above and below its title (tenths of the font size), the gap to the rule, the ring's colour.
HEAD = """() => {
  const [title, status] = [".call__title", ".call__line"].map((name) => document.querySelector(name));
  const { paddingBlockStart, paddingBlockEnd, fontSize, outlineStyle, outlineColor, color } = getComputedStyle(title);
  const size = parseFloat(fontSize);
  const room = [paddingBlockStart, paddingBlockEnd].map((one) => Math.round((10 * parseFloat(one)) / size));
  const gap = status.getBoundingClientRect().top - title.getBoundingClientRect().bottom;
  return [...room, Math.round(gap), outlineStyle !== "none", outlineColor === color];
}"""
# Of the panel beside the call, or of the sheet: its empty parts from top to bottom, and what of the page is beside it.
EMPTY = """() => {
  const seen = (name) => [...document.querySelectorAll(name)].filter((one) => one.checkVisibility());
  const names = [".call__panel", ".call__panel-head", ".call__panel-body, .call__chat", ".call__bar"];
  const [[panel], ...parts] = names.map((name) => seen(name).map((one) => one.getBoundingClientRect()));
  const inside = parts.flat();
  const gaps = inside.map((one, place) => one.top - (place ? inside[place - 1].bottom : panel.top));
  return [...gaps, innerWidth - panel.width].map(Math.round);
}"""


def enters_call(caller: Caller) -> None:
    expect(caller.page.locator('.call__lobby [data-action="enter"]')).to_be_enabled()
    reach(caller.page, caller.page.locator('.call__lobby [data-action="enter"]'))
    press(caller.page, "Enter")


def states(page: Page, amount: str) -> None:
    """Fills in the form that has the focus, and submits it."""
    press(page, "Shift+Tab", "Tab")
    expect(page.locator("#id_kind")).to_be_focused()
    page.keyboard.type("Trial")
    reach(page, page.locator("#id_amount"))
    page.keyboard.type(amount)
    reach(page, page.get_by_role("button", name="Submit this outcome"))
    press(page, "Enter")


def closes_notices(page: Page) -> None:
    close = page.locator("fair-notices button")
    expect(close).to_be_visible()
    reach(page, close)
    press(page, "Enter")
    expect(close).to_have_count(0)


@pytest.mark.engines
def test_both_agree_on_an_outcome_by_keyboard_without_leaving_the_call(callers: Callers) -> None:
    exhibitor, buyer = callers("exhibitor"), callers("buyer")
    callers.people.present[1].expects("409")
    for caller in (exhibitor, buyer):
        enters_call(caller)
        expect(caller.page.locator("h1")).to_be_focused()
    buyer.is_in_state("connected")
    pair_ids = buyer.pair_ids()
    page = buyer.page
    assert page.evaluate(EMPTY)[:-1] == [0, 0, 0, 0]
    reach(page, page.get_by_role("tab", name="Brief"))
    press(page, "ArrowRight")
    expect(page.get_by_role("tab", name="Outcome")).to_be_focused()
    reach(page, page.locator("#id_kind"), at_most=FEW)
    assert page.evaluate(EMPTY)[:-1] == [0, 0, 0]
    # An error is shown at its field, which has the focus, and nothing typed is lost.
    states(page, "1e5")
    expect(page.locator("#id_amount")).to_be_focused()
    expect(page.locator("#id_amount_error")).to_be_visible()
    assert [page.locator(name).input_value() for name in ("#id_kind", "#id_amount")] == ["trial_order", "1e5"]
    press(page, "Control+a")
    # What was understood of the amount comes above the field that has the focus by then, which stays in view.
    held: list[Route] = []
    page.route("**/outcome/", lambda route: held.append(route))
    page.keyboard.type("31,500")
    reach(page, page.locator("#id_quantity"))
    for reading in held:
        reading.continue_()
    expect(page.locator("#amount-read")).to_contain_text("31,500")
    page.unroute_all(behavior="ignoreErrors")
    assert page.evaluate(IS_UNOBSCURED)
    reach(page, page.get_by_role("button", name="Submit this outcome"))
    press(page, "Enter")
    expect(page.locator("#outcome")).to_have_attribute("data-state", "waiting")
    expect(page.locator("#outcome")).to_be_focused()
    # The other side gets a notice; closing it by keyboard leaves the focus in the page.
    other = exhibitor.page
    closes_notices(other)
    assert other.evaluate("document.activeElement !== document.body")
    # They read it in their own call; it changes while the button has the focus, which stays there.
    reach(other, other.get_by_role("tab", name="Brief"), key="Shift+Tab")
    press(other, "ArrowRight")
    confirm = other.get_by_role("button", name="Confirm this version")
    reach(other, confirm)
    reach(page, page.get_by_role("link", name="Correct it"))
    press(page, "Enter")
    expect(page.locator("#id_kind")).to_be_focused()
    reach(page, page.locator("#id_amount"))
    press(page, "Control+a")
    page.keyboard.type("30,150")
    reach(page, page.get_by_role("button", name="Submit this outcome"))
    press(page, "Enter")
    expect(other.locator("#outcome")).to_contain_text("30,150")
    other.bring_to_front()
    expect(confirm).to_be_focused()
    expect(confirm).to_have_attribute("aria-disabled", "true")
    expect(confirm).not_to_have_attribute("aria-disabled", "true")
    press(other, "Enter")
    for window in (page, other):
        expect(window.locator("#outcome")).to_have_attribute("data-state", "agreed")
        expect(window.locator("main")).to_have_count(1)
    expect(other.locator("#outcome")).to_be_focused()
    # The result is scrolled to its beginning.
    expect(other.locator(".outcome__sealed")).to_be_in_viewport()
    # The call has gone on all the while; after it the outcome is shown beside its end.
    buyer.is_in_state("connected")
    assert buyer.pair_ids() == pair_ids
    closes_notices(page)
    reach(page, page.locator('.call__bar [data-action="leave"]'), key="Shift+Tab")
    press(page, "Enter")
    expect(page.get_by_role("heading", name="You have left the meeting")).to_be_focused()
    expect(page.locator("#outcome")).to_be_visible()
    ended = page.locator(".call__ended").get_by_role("link")
    expect(ended).to_have_text(["View the outcome", "Back to my schedule"])
    expect(page.locator("[data-unread]")).to_be_hidden()
    reach(page, page.get_by_role("button", name="Rejoin"), at_most=FEW)
    press(page, "Enter")
    expect(page.locator("h1")).to_be_focused()
    buyer.is_in_state("connected")


@pytest.mark.engines
def test_the_sheet_of_a_phone_is_entered_and_left_by_keyboard(callers: Callers) -> None:
    organiser = callers("organiser")
    organiser.enters()
    organiser.is_in_state("alone")
    buyer = callers("buyer", size=NARROW)
    page = buyer.page
    expect(page.locator(".call__devices")).to_be_visible()
    enter = page.locator('.call__lobby [data-action="enter"]')
    # Whatever gets the focus in the lobby is visible, although the button to enter is fixed at the bottom.
    reach(page, enter)
    press(page, "Enter")
    # Whoever enters later is told that an organiser is there, and reads their role beside the picture.
    expect(page.locator(".call__message")).to_contain_text("is in the room as an organiser")
    buyer.is_in_state("connected")
    plate = page.locator('.call__partner[data-picture="on"] .call__voice')
    expect(plate.locator(".call__role")).to_have_text("Organiser")
    assert page.evaluate(PLATE) == [12, 12, 12]
    assert page.evaluate(HEAD) == [2, 2, 4, True, True]
    # The notice of a device that was unplugged can be closed, and the focus goes on in the bar.
    buyer.evaluates("call.media.tracks.audio.dispatchEvent(new Event('ended'))")
    reach(page, page.locator('.call__trouble [data-action="dismiss"]'))
    press(page, "Enter")
    expect(page.locator('.call__bar [data-action="microphone"]')).to_be_focused()
    chat = page.locator('.call__bar [data-action="panel"]')
    reach(page, chat)
    press(page, "Enter")
    expect(page.get_by_role("tab", name="Chat")).to_be_focused()
    assert page.evaluate(EMPTY) == [0, 0, 0, 0]
    reach(page, page.locator(".call__chat textarea"), at_most=FEW)
    press(page, "Escape")
    expect(page.locator(".call__panel")).to_be_hidden()
    expect(chat).to_be_focused()
    reach(page, page.locator('.call__bar [data-action="leave"]'), at_most=FEW)
    press(page, "Enter")
    expect(page.get_by_role("heading", name="You have left the meeting")).to_be_focused()
    reach(page, page.get_by_role("link", name="Record the outcome"), at_most=FEW)
    press(page, "Enter")
    expect(page.get_by_role("tab", name="Outcome")).to_be_focused()
    expect(page.locator("#id_kind")).to_be_visible()
    press(page, "Escape")
    expect(page.get_by_role("link", name="Record the outcome")).to_be_focused()


@pytest.mark.engines
def test_an_unreachable_partner_is_named_and_the_screen_stays_on(callers: Callers) -> None:
    exhibitor, person = callers("exhibitor"), callers.invites("buyer")
    person.expects("ICE failed")
    person.context.add_init_script(CUT_OFF)
    person.page.clock.install()
    buyer = Caller(person.goes(callers.running.path))
    exhibitor.enters()
    buyer.enters()
    buyer.is_in_state("joining")
    word = buyer.page.locator(".call__message")
    buyer.page.wait_for_function("() => document.querySelector('fair-call').call.room.connection")
    expect(word).to_have_text("Connecting")
    buyer.page.clock.fast_forward(21_000)
    expect(word).to_contain_text("Use the chat or the telephone")
    # A browser releases the wake lock of a hidden page; the page requests it again when it is visible.
    assert buyer.page.evaluate("asked") == ["screen"]
    buyer.evaluates("call.wakeLock.sentinel.release()")
    buyer.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    buyer.page.wait_for_function("() => asked.length === 2")
    buyer.presses("leave")
    assert buyer.evaluates("[call.wakeLock.isWanted, call.wakeLock.sentinel]") == [False, None]
