"""The first visit with an empty browser cache, at 1 Mbit/s and 150 ms: bytes, and time until it is shown and loaded.

The front page has bounds; of other pages the bytes are reported.
"""

import shutil

from playwright.sync_api import Browser, sync_playwright

from bench.processes import our_servers
from bench.table import Row, at_most, show
from tests.e2e.conftest import FLAGS
from tests.e2e.test_first_visit import FRONT, HEAVIEST, LOCALES, SLOWEST, WEAK, Transfers
from tests.servers.serve import Servers

OTHERS = {"halls/5/": "hall", "booths/yongkang-bubujin-tools/": "booth"}


def visit(browser: Browser, url: str, language: str) -> tuple[float, float, float]:
    """KB transferred, and seconds until the first contentful paint and until everything is loaded."""
    context = browser.new_context(locale=LOCALES[language])
    page = context.new_page()
    transfers = Transfers(page, **WEAK)
    page.goto(url, wait_until="networkidle")
    first, loaded = page.evaluate(
        """[performance.getEntriesByName("first-contentful-paint")[0].startTime,
            performance.getEntriesByType("navigation")[0].loadEventEnd]"""
    )
    context.close()
    return transfers.weight / 1000, first / 1000, loaded / 1000


def measure(servers: Servers) -> list[Row]:
    server = servers("--no-clock", "--no-tasks", demo=True)
    rows = []
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS, headless=True)
        visit(browser, server.url + FRONT, "en")  # warms the server up
        for language in LOCALES:
            weight, first, loaded = visit(browser, server.url + FRONT, language)
            rows.append(at_most(f"first visit of the front page, {language}", weight, "KB", HEAVIEST / 1000))
            rows.append(at_most(f"first words at 1 Mbit/s and 150 ms, {language}", first, "s", SLOWEST / 1000))
            rows.append(at_most(f"loaded, {language}", loaded, "s"))
        for page, name in OTHERS.items():
            weight, *_ = visit(browser, server.url + FRONT + page, "ur")
            rows.append(at_most(f"first visit of a {name}'s page, ur", weight, "KB"))
        browser.close()
    servers.stop()
    return rows


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
