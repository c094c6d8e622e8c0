"""The first visit of somebody whose browser has nothing yet, at 1 Mbit/s and 150 ms: bytes, and how soon it is there.

The pages say how heavy they are; the front page is bounded.
"""

import shutil

from playwright.sync_api import Browser, sync_playwright

from bench.processes import our_servers
from bench.table import Row, at_most, show
from tests.e2e.conftest import FLAGS
from tests.e2e.test_first_visit import FRONT, HEAVIEST, LOCALES, SLOWEST, WEAK, Wire
from tests.servers.serve import Servers

OTHERS = {"halls/5/": "hall", "booths/yongkang-bubujin-tools/": "booth"}


def visit(browser: Browser, url: str, language: str) -> tuple[float, float, float]:
    """KB over the wire, and the seconds until the first words and until all is loaded."""
    context = browser.new_context(locale=LOCALES[language])
    page = context.new_page()
    wire = Wire(page, **WEAK)
    page.goto(url, wait_until="networkidle")
    first, loaded = page.evaluate(
        """[performance.getEntriesByName("first-contentful-paint")[0].startTime,
            performance.getEntriesByType("navigation")[0].loadEventEnd]"""
    )
    context.close()
    return wire.weight / 1000, first / 1000, loaded / 1000


def measure(servers: Servers) -> list[Row]:
    server = servers("--no-clock", "--no-tasks", demo=True)
    rows = []
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS, headless=True)
        visit(browser, server.url + FRONT, "en")  # the server's own first
        for language in LOCALES:
            weight, first, loaded = visit(browser, server.url + FRONT, language)
            rows.append(at_most(f"first visit of the front page, {language}", weight, "KB", HEAVIEST / 1000))
            rows.append(at_most(f"first words at 1 Mbit/s and 150 ms, {language}", first, "s", SLOWEST / 1000))
            rows.append(at_most(f"loaded, {language}", loaded, "s"))
        for path, name in OTHERS.items():
            rows.append(
                at_most(f"first visit of a {name}'s page, ur", visit(browser, server.url + FRONT + path, "ur")[0], "KB")
            )
        browser.close()
    servers.stop()
    return rows


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
