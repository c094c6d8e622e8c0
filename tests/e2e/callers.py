"""People in a call, each in a browser window: what they press, and what they receive."""

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, expect

from tests.e2e.browser_windows import PATIENCE, WIDE, People, Person
from tests.running_meetings import RunningMeeting
from tests.servers.serve import Server

_RECEIVED = """async () => {
  const sums = { frames: 0, energy: 0, bytes: 0 };
  for (const pair of document.querySelector("fair-call").call.peers.pairs.values()) {
    (await pair.pc.getStats()).forEach((report) => {
      if (report.type === "inbound-rtp") {
        sums.frames += report.framesDecoded ?? 0;
        sums.energy += report.totalAudioEnergy ?? 0;
        sums.bytes += report.kind === "audio" ? report.bytesReceived : 0;
      }
    });
  }
  return sums;
}"""

_IS_BACK = """(own) => {
  const { room } = document.querySelector("fair-call").call;
  return room.isConnected && !room.isStale && room.connection !== own;
}"""


@dataclass
class Caller:
    """The page of one person in a call."""

    page: Page

    def enters(self, act: str = "enter") -> None:
        self.page.click(f'.call__lobby [data-action="{act}"]')

    def presses(self, act: str) -> None:
        self.page.click(f'.call__bar [data-action="{act}"]')

    def is_in_state(self, state: str, *, seconds: float = PATIENCE) -> None:
        expect(self.page.locator("fair-call")).to_have_attribute("data-state", state, timeout=seconds * 1000)

    def received(self) -> dict[str, float]:
        """Decoded frames, audio energy and bytes of audio, summed over all present peer connections."""
        return dict(self.page.evaluate(_RECEIVED))

    def receives(self, what: str, *, seconds: float = PATIENCE) -> None:
        """Waits until one of these sums is greater than now."""
        before = self.received()[what]
        for _ in range(int(seconds * 5)):
            self.page.wait_for_timeout(200)
            if self.received()[what] > before:
                return
        raise AssertionError(f"no more {what} than {before}")

    def connection(self) -> str:
        """The id under which the page is in the room."""
        return str(self.evaluates("call.room.connection"))

    def joins_again(self, after: str, *, seconds: float = PATIENCE) -> None:
        """Waits until the page has joined again: its connection id is no longer `after`."""
        self.page.wait_for_function(_IS_BACK, arg=after, timeout=seconds * 1000)

    def pair_ids(self) -> list[str]:
        """The ids of the present peer connections: equal ids mean that a call went on without a new connection."""
        return list(self.evaluates("[...call.peers.pairs.values()].map((pair) => pair.id)"))

    def overflow(self) -> int:
        """By how many pixels the page is wider than its viewport. A phone's own window would grow with the page."""
        assert self.page.viewport_size is not None
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        return int(wide - self.page.viewport_size["width"])

    def evaluates(self, expression: str) -> Any:
        return self.page.evaluate(
            f"() => {{ const {{ call }} = document.querySelector('fair-call'); return {expression}; }}"
        )


def hear_of_each_other(one: Caller, other: Caller) -> None:
    """Each mutes and unmutes, and the other's page shows it: it has also received whatever the server sent before."""
    for speaker, listener in ((one, other), (other, one)):
        muted = listener.page.locator(".call__partner .call__muted")
        for is_muted in (True, False):
            speaker.presses("microphone")
            expect(muted).to_be_visible(visible=is_muted)


class Callers:
    """Opens the lobby of a meeting for its people."""

    def __init__(self, people: People, server: Server, running: RunningMeeting) -> None:
        self.people = people
        self.server = server
        self.running = running

    def __call__(self, name: str, **window: Any) -> Caller:
        return Caller(self.invites(name, **window).goes(self.running.path))

    def invites(self, name: str, **window: Any) -> Person:
        """Somebody signed in, with an empty window."""
        person = self.people(name, self.server.url, **{"size": WIDE, **window})
        session = {"name": "sessionid", "value": self.running.sessions[name], "url": self.server.url}
        language = {"name": "django_language", "value": window.get("language", "en"), "url": self.server.url}
        person.context.add_cookies([session, language])
        return person

    def both(self, **window: Any) -> tuple[Caller, Caller]:
        """Exhibitor and buyer, connected; `window` is for the buyer."""
        pair = self("exhibitor"), self("buyer", **window)
        for caller in pair:
            caller.enters()
        for caller in pair:
            caller.is_in_state("connected")
        return pair
