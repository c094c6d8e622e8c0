"""The room in each of its states by axe-core: before, alone, in the call, beside the open panel, and after it."""

from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.e2e.axe import violations
from tests.e2e.callers import Caller, Callers
from tests.e2e.people import NARROW, WIDE
from tests.e2e.rooms import callers, room_server, running_meetings

__all__ = ["callers", "room_server", "running_meetings"]

LANGUAGES = ("en", "zh-hans", "ur")


def states(callers: Callers, **window: object) -> Iterator[tuple[str, Caller]]:
    """The buyer's page, state after state, while the exhibitor comes."""
    buyer = callers("buyer", **window)
    # Until the room is known to be open the button is pale, for nobody may press it.
    expect(buyer.page.locator('.call__lobby [data-act="enter"]')).to_be_enabled()
    yield "lobby", buyer
    buyer.enters()
    buyer.is_in_state("alone")
    yield "alone", buyer
    exhibitor = callers("exhibitor")
    exhibitor.enters()
    buyer.is_in_state("connected")
    yield "connected", buyer
    for panel in ("outcome", "chat", "brief"):
        buyer.page.evaluate("name => document.querySelector('fair-call').panel.open(name)", panel)
        yield f"panel {panel}", buyer
    buyer.page.evaluate("document.querySelector('fair-call').panel.close()")
    buyer.presses("leave")
    buyer.is_in_state("ended")
    yield "ended", buyer


def wrongs(callers: Callers, **window: object) -> dict[str, list[str]]:
    found = {state: violations(caller.page) for state, caller in states(callers, **window)}
    return {state: lines for state, lines in found.items() if lines}


def test_nobody_is_kept_out_of_a_call(callers: Callers) -> None:
    assert wrongs(callers, size=NARROW) == {}


@pytest.mark.proof
@pytest.mark.parametrize(("language", "size"), list(product(LANGUAGES, (WIDE, NARROW))), ids=str)
def test_nobody_is_kept_out_of_a_call_in_any_language_and_size(
    callers: Callers, language: str, size: ViewportSize
) -> None:
    assert wrongs(callers, language=language, size=size) == {}
