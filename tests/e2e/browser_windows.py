"""Browser windows for the people of a test, and the errors of their pages.

A test fails when a page logs an error, throws one, or requests anything from another host. Errors that a test provokes
on purpose are named with `expects`.
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
# Generous: several browsers with video and their servers share the machine.
PATIENCE = 60.0  # seconds
# What both engines log of a connection that is cut on purpose.
CUT = r"WebSocket|The connection to ws|establish a connection|net::ERR|Failed to load"
BROWSER_LANGUAGES = {"en": "en-GB", "zh-hans": "zh-CN", "ur": "ur-PK"}


@dataclass
class Person:
    """Somebody with a window of their own, with its own cookies, language and size."""

    name: str
    url: str
    context: BrowserContext
    page: Page
    errors: list[str] = field(default_factory=list)
    expected: list[re.Pattern[str]] = field(default_factory=list)

    def expects(self, pattern: str) -> None:
        """Allows errors that match this regular expression, because the test provokes them."""
        self.expected.append(re.compile(pattern))

    def goes(self, path: str) -> Page:
        """Opens a page of the server and returns it."""
        self.page.goto(self.url + path)
        return self.page

    def watch(self, page: Page) -> None:
        """Collects the errors of a page; called for each tab of the window."""
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self._add(f"threw {error}"))
        page.on("request", self._on_request)

    def unexpected_errors(self) -> list[str]:
        return [error for error in self.errors if not any(pattern.search(error) for pattern in self.expected)]

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._add(f"said {message.text} at {message.location.get('url', '')}")

    def _on_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.netloc != urlsplit(self.url).netloc:
            self._add(f"asked {request.url}")

    def _add(self, error: str) -> None:
        self.errors.append(f"{self.name}'s page {error}")


class People:
    """Opens a window for each person of a test: `people("buyer", server.url, language="ur", size=NARROW)`."""

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
        # Playwright's Firefox cannot emulate a phone, only its width, and its fake devices need no permission.
        chromium_only = {"has_touch": size == NARROW, "is_mobile": size == NARROW, "permissions": list(permissions)}
        context = self.browser.new_context(
            locale=BROWSER_LANGUAGES[language],
            viewport=size,
            timezone_id=time_zone,
            reduced_motion="reduce",
            **(chromium_only if self.browser.browser_type.name == "chromium" else {}),
        )
        context.set_default_timeout(PATIENCE * 1000)
        page = context.new_page()
        person = Person(name, url, context, page)
        context.on("page", person.watch)
        person.watch(page)
        self.present.append(person)
        return person

    def errors(self) -> list[str]:
        return [error for person in self.present for error in person.unexpected_errors()]

    def take_screenshots(self, test: str) -> None:
        """Saves a picture of every open page."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w-]+", "-", test)
        for person in self.present:
            for number, page in enumerate(person.context.pages):
                page.screenshot(path=SCREENSHOTS / f"{name}-{person.name}-{number}.png")

    def close(self) -> None:
        """Closes all windows."""
        while self.present:
            self.present.pop().context.close()
