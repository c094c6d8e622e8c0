"""Real Chromium for the tests, and their pictures when they fail (in var/e2e)."""

import shutil
from collections.abc import Generator, Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e.people import PATIENCE, People

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
    # Two windows on one machine find each other by their addresses; there is no multicast DNS to hide behind.
    "--disable-features=WebRtcHideLocalIpsWithMdns",
    "--autoplay-policy=no-user-gesture-required",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    expect.set_options(timeout=PATIENCE * 1000)
    path = next(found for found in map(shutil.which, BROWSERS) if found)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS, headless=True)
        yield chromium
        chromium.close()


@pytest.fixture
def people(browser: Browser) -> Iterator[People]:
    """The people of one test; their windows close at its end."""
    present = People(browser)
    yield present
    present.leave()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """A test that ran through still fails by what its pages said; a failed one leaves its pictures."""
    present = pyfuncitem.funcargs.get("people")
    try:
        result = yield
        assert not isinstance(present, People) or present.wrongs() == []
    except BaseException:
        if isinstance(present, People):
            present.photograph(pyfuncitem.name)
        raise
    return result
