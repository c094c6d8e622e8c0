"""The call's page in each state by axe-core: lobby, alone, connected, with the panel open, and after the call."""

from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.e2e.axe import violations
from tests.e2e.browser_windows import NARROW, WIDE
from tests.e2e.call_fixtures import call_server, callers, running_meetings
from tests.e2e.callers import Caller, Callers

__all__ = ["call_server", "callers", "running_meetings"]

LANGUAGES = ("en", "zh-hans", "ur")


def states(callers: Callers, **window: object) -> Iterator[tuple[str, Caller]]:
    """The buyer's page in one state after the other, while the exhibitor enters."""
    buyer = callers("buyer", **window)
    # Until the page knows that the call may be entered, the button is disabled and pale.
    expect(buyer.page.locator('.call__lobby [data-action="enter"]')).to_be_enabled()
    yield "lobby", buyer
    buyer.enters()
    buyer.is_in_state("alone")
    yield "alone", buyer
    exhibitor = callers("exhibitor")
    exhibitor.enters()
    buyer.is_in_state("connected")
    yield "connected", buyer
    for panel in ("outcome", "chat", "brief"):
        buyer.page.evaluate("name => document.querySelector('fair-call').call.panel.open(name)", panel)
        yield f"panel {panel}", buyer
    buyer.page.evaluate("document.querySelector('fair-call').call.panel.close()")
    buyer.presses("leave")
    buyer.is_in_state("ended")
    yield "ended", buyer


def problems(callers: Callers, **window: object) -> dict[str, list[str]]:
    found = {state: violations(caller.page) for state, caller in states(callers, **window)}
    return {state: lines for state, lines in found.items() if lines}


def test_every_state_of_a_call_is_accessible(callers: Callers) -> None:
    assert problems(callers, size=NARROW) == {}


@pytest.mark.proof
@pytest.mark.parametrize(("language", "size"), list(product(LANGUAGES, (WIDE, NARROW))), ids=str)
def test_every_state_of_a_call_is_accessible_in_every_language_and_size(
    callers: Callers, language: str, size: ViewportSize
) -> None:
    assert problems(callers, language=language, size=size) == {}
