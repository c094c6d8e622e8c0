"""Real browsers, Chromium or the one named by ENGINE, and screenshots of failed tests (in var/e2e)."""

import os
import shutil
from collections.abc import Generator, Iterator

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.e2e.browser_windows import PATIENCE, People

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Eight pictures a second: thirty of several calls at once leave no time to the servers they call by.
    "--use-fake-device-for-media-stream=fps=8",
    "--use-fake-ui-for-media-stream",
    # Two windows on one machine need each other's addresses: there is no multicast DNS that could resolve hidden ones.
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--autoplay-policy=no-user-gesture-required",
]
FIREFOXES = ("firefox-esr", "firefox")
# The same for Firefox: fake devices without permission prompts, and addresses that are not hidden.
PREFERENCES: dict[str, str | float | bool] = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
    "media.autoplay.default": 0,
    # Playwright sets this for Chromium only.
    "ui.prefersReducedMotion": 1,
}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for the whole run."""
    path = next(filter(None, map(shutil.which, BROWSERS)))
    with playwright.chromium.launch(executable_path=path, args=FLAGS, headless=True) as started:
        yield started


@pytest.fixture(scope="session")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    """One Firefox for the whole run: Debian's own, by WebDriver BiDi."""
    path = next(filter(None, map(shutil.which, FIREFOXES)))
    with playwright.firefox.launch(
        channel="moz-firefox", executable_path=path, firefox_user_prefs=PREFERENCES, headless=True
    ) as started:
        yield started


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Browser:
    """The browser of this run."""
    started: Browser = request.getfixturevalue(os.environ.get("ENGINE", "chromium"))
    return started


@pytest.fixture
def people(browser: Browser) -> Iterator[People]:
    """The people of one test; their windows are closed at its end."""
    present = People(browser)
    yield present
    present.close()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Fails a test whose pages had unexpected errors, and saves screenshots of a failed one."""
    present = pyfuncitem.funcargs.get("people")
    try:
        result = yield
        assert not isinstance(present, People) or present.errors() == []
    except BaseException:
        if isinstance(present, People):
            present.take_screenshots(pyfuncitem.name)
        raise
    return result
