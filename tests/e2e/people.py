"""People in front of a page: a window each, and what goes wrong in it.

A test fails when a page says an error on its console, throws, or asks another host for anything; what a test provokes
on purpose it names with `expects`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, ViewportSize

from tests.servers.programs import REPOSITORY

SCREENSHOTS = REPOSITORY / "var/e2e"
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 390, "height": 844}
# Several browsers with pictures and their servers share this machine: what comes, may come late.
PATIENCE = 30.0  # seconds
# What the consoles of both engines say of a line that is cut on purpose.
CUT = r"WebSocket|The connection to ws|establish a connection|net::ERR|Failed to load"
BROWSER_LANGUAGES = {"en": "en-GB", "zh-hans": "zh-CN", "ur": "ur-PK"}


@dataclass
class Person:
    """Somebody with a window of their own: cookies, language, size."""

    name: str
    url: str
    context: BrowserContext
    page: Page
    wrongs: list[str] = field(default_factory=list)
    expected: list[re.Pattern[str]] = field(default_factory=list)

    def expects(self, pattern: str) -> None:
        """What the console may say in this test, because the test provokes it."""
        self.expected.append(re.compile(pattern))

    def goes(self, path: str) -> Page:
        """Open a page of the server and return it."""
        self.page.goto(self.url + path)
        return self.page

    def watch(self, page: Page) -> None:
        """Collect what goes wrong in a page; also for a second tab of the same person."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self._note(f"threw {error}"))
        page.on("request", self._see)

    def unexpected(self) -> list[str]:
        return [wrong for wrong in self.wrongs if not any(pattern.search(wrong) for pattern in self.expected)]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"said {message.text} at {message.location.get('url', '')}")

    def _see(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != urlsplit(self.url).netloc:
            self._note(f"asked {request.url}")

    def _note(self, wrong: str) -> None:
        self.wrongs.append(f"{self.name}'s page {wrong}")


class People:
    """Gives each person of a test a window: `people("buyer", server.url, language="ur", size=NARROW)`."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.present: list[Person] = []

    def __call__(
        self,
        name: str,
        url: str,
        *,
        language: str = "en",
        size: ViewportSize = WIDE,
        permissions: Sequence[str] = ("camera", "microphone", "clipboard-read", "clipboard-write"),
        time_zone: str = "Asia/Karachi",
    ) -> Person:
        # Firefox is no telephone, only as narrow as one, and its fake devices ask nobody.
        of_chromium = {"has_touch": size == NARROW, "is_mobile": size == NARROW, "permissions": list(permissions)}
        context = self.browser.new_context(
            locale=BROWSER_LANGUAGES[language],
            viewport=size,
            timezone_id=time_zone,
            reduced_motion="reduce",
            **(of_chromium if self.browser.browser_type.name == "chromium" else {}),
        )
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        person = Person(name, url, context, page)
        context.on("page", person.watch)
        person.watch(page)
        self.present.append(person)
        return person

    def wrongs(self) -> list[str]:
        return [wrong for person in self.present for wrong in person.unexpected()]

    def photograph(self, test: str) -> None:
        """Keep what everybody sees now."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w-]+", "-", test)
        for person in self.present:
            for number, page in enumerate(person.context.pages):
                page.screenshot(path=SCREENSHOTS / f"{name}-{person.name}-{number}.png")

    def leave(self) -> None:
        """Close everybody's window."""
        while self.present:
            self.present.pop().context.close()
