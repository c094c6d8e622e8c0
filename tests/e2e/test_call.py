"""A call of two companies in two browser windows, with fake cameras and microphones."""

from time import monotonic

import pytest
from playwright.sync_api import expect

from tests.e2e.browser_windows import CUT, NARROW, PATIENCE
from tests.e2e.call_fixtures import call_server, callers, running_meetings
from tests.e2e.callers import Callers, hear_of_each_other
from tests.sizes import full

pytestmark = pytest.mark.engines

__all__ = ["call_server", "callers", "running_meetings"]

WHOLE = """() => {
  const pairs = [...document.querySelector("fair-call").call.peers.pairs.values()];
  const scales = pairs.map((pair) => pair.pc.getSenders()[1].getParameters().encodings[0].scaleResolutionDownBy);
  return scales.length === 1 && scales[0] === 1;
}"""
JOINED = "has joined"  # what is announced of somebody new
SEEN = '.call__partner:not([data-waiting])[data-picture="on"]'
NOT_SEEN = '.call__partner:not([data-waiting])[data-picture="off"]'


# Collects the notices shown over the call from now on.
LISTENING = """new MutationObserver(() => words.push(document.querySelector(".call__message").textContent))
  .observe(document.querySelector(".call__message"), { childList: true }), void (window.words = [])"""


def test_both_see_and_hear_each_other_and_the_same_remaining_time(callers: Callers) -> None:
    exhibitor, buyer = callers.both()
    for caller in (exhibitor, buyer):
        caller.receives("frames")
        caller.receives("energy")
        expect(caller.page.locator(SEEN)).to_have_count(1)
        # The first picture is scaled to a half; soon it has its full size.
        caller.page.wait_for_function(WHOLE)
    began = monotonic()
    clocks = [caller.page.locator(".call__time").inner_text() for caller in (exhibitor, buyer)]
    seconds = [int(text[:2]) * 60 + int(text[3:]) for text in clocks]
    assert abs(seconds[0] - seconds[1]) <= 1 + monotonic() - began
    assert 15 * 60 < seconds[0] < 22 * 60


@pytest.mark.proof
def test_muting_and_switching_off_the_camera_are_shown_to_the_other(callers: Callers) -> None:
    exhibitor, buyer = callers.both()
    expect(buyer.page.locator(SEEN)).to_have_count(1)
    exhibitor.presses("microphone")
    expect(buyer.page.get_by_text("Microphone off")).to_be_visible()
    exhibitor.presses("camera")
    expect(buyer.page.locator(NOT_SEEN)).to_have_count(1)
    exhibitor.presses("camera")
    exhibitor.presses("microphone")
    expect(buyer.page.locator(SEEN)).to_have_count(1)
    expect(buyer.page.get_by_text("Microphone off")).to_be_hidden()
    buyer.receives("frames")


# In Chromium only: a headless Firefox has neither a screen to share nor a fake one.
@pytest.mark.proof
def test_a_shared_screen_replaces_the_camera(callers: Callers) -> None:
    exhibitor, buyer = callers.both()
    exhibitor.presses("screen")
    expect(buyer.page.locator('.call__partner[data-screen="true"]')).to_have_count(1)
    expect(exhibitor.page.locator(".call__self")).to_have_attribute("data-source", "screen")
    buyer.receives("frames")
    exhibitor.presses("screen")
    expect(buyer.page.locator('.call__partner[data-screen="true"]')).to_have_count(0)
    buyer.receives("frames")


def test_a_reloaded_page_returns_to_the_call_by_itself(callers: Callers) -> None:
    exhibitor, buyer = callers.both()
    buyer.page.reload()
    for caller in (buyer, exhibitor):
        caller.is_in_state("connected", seconds=full(8, small=PATIENCE))
    for caller in (buyer, exhibitor):
        caller.receives("frames")
        expect(caller.page.locator(SEEN)).to_have_count(1)


def test_a_second_tab_takes_over_and_the_first_offers_to_take_back(callers: Callers) -> None:
    exhibitor, buyer = callers.both()
    second = callers.people.present[1].context.new_page()
    second.goto(buyer.page.url)
    expect(second.get_by_text("You have already joined on another page. Switch to this one?")).to_be_visible()
    second.click('.call__lobby [data-action="enter"]')
    expect(second.locator("fair-call")).to_have_attribute("data-state", "connected")
    buyer.is_in_state("ended")
    buyer.page.get_by_role("button", name="Switch to this page").click()
    buyer.is_in_state("connected")
    expect(second.locator("fair-call")).to_have_attribute("data-state", "ended")
    exhibitor.is_in_state("connected")
    exhibitor.receives("frames")


def test_the_interpreter_is_heard_by_name_with_a_volume_balance(callers: Callers) -> None:
    exhibitor, buyer = callers.both(size=NARROW)
    interpreter = callers("interpreter", size=NARROW)
    interpreter.enters()
    for caller in (exhibitor, buyer):
        expect(caller.page.locator(".call__message")).to_contain_text(JOINED)
    interpreter.is_in_state("connected")
    expect(interpreter.page.locator(SEEN)).to_have_count(2)
    for caller in (exhibitor, buyer):
        expect(caller.page.locator(".call__interpreter bdi")).to_have_count(1)
        expect(caller.page.locator(".call__balance")).to_be_visible()
        expect(caller.page.locator(SEEN)).to_have_count(1)
        # The fake microphones beep, and whoever speaks is highlighted.
        expect(caller.page.locator('.call__partner[data-speaking="true"] .call__light')).to_be_visible()
        caller.page.get_by_label("Audio: original or interpretation").fill("2")
        players = ".call__partner video, .call__interpreter audio"
        volumes = caller.page.locator(players).evaluate_all("(players) => players.map((one) => one.volume)")
        assert volumes == [0.12, 1]
    assert interpreter.evaluates("call.media.state") == {"mic": True, "camera": False, "screen": False}


def test_a_call_goes_on_while_the_server_restarts(callers: Callers) -> None:
    exhibitor, buyer = callers.both()
    pair_ids = [caller.pair_ids() for caller in (exhibitor, buyer)]
    connections = [caller.connection() for caller in (exhibitor, buyer)]
    for person in callers.people.present:
        person.expects(CUT)
    for caller in (exhibitor, buyer):
        caller.evaluates(LISTENING)
    callers.server.kill()
    exhibitor.receives("frames")
    expect(buyer.page.get_by_text("Platform connection lost. The call continues.")).to_be_visible()
    callers.server.start()
    for caller, connection in zip((exhibitor, buyer), connections, strict=True):
        caller.joins_again(connection)
    hear_of_each_other(exhibitor, buyer)
    for caller in (exhibitor, buyer):
        caller.is_in_state("connected")
        caller.receives("frames")
    assert [caller.pair_ids() for caller in (exhibitor, buyer)] == pair_ids
    # Nobody was away, so nobody is announced.
    for caller in (exhibitor, buyer):
        assert [word for word in caller.page.evaluate("words") if JOINED in word] == []


@pytest.mark.proof
def test_leaving_is_shown_to_the_other_and_leads_to_the_outcome(callers: Callers) -> None:
    exhibitor, buyer = callers.both()
    buyer.presses("leave")
    buyer.is_in_state("ended")
    expect(buyer.page.locator(".call__ended").get_by_role("link", name="Record the outcome")).to_be_visible()
    expect(exhibitor.page.locator(".call__message")).to_contain_text("has left")
    exhibitor.is_in_state("alone")
    buyer.page.get_by_role("button", name="Rejoin").click()
    for caller in (buyer, exhibitor):
        caller.is_in_state("connected")
