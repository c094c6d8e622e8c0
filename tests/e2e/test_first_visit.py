"""The first visit of the front page on a slow connection: how many bytes it takes, and how soon it can be used."""

from itertools import product

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser_windows import NARROW, WIDE
from tests.servers.serve import Server
from tests.sizes import full

FRONT = "/fairs/pk2020/"
HEAVIEST = 150_000  # bytes transferred, headers included
SLOWEST = 3_000  # milliseconds to the first words at 1 Mbit/s and 150 ms
BUSY = 20_000  # the same while other tests have the machine
WEAK = {"offline": False, "latency": 150, "downloadThroughput": 125_000, "uploadThroughput": 125_000}
WORDS = {"en": "Find business partners", "zh-hans": "寻找合作伙伴", "ur": "کاروباری پارٹنر تلاش کریں"}
SIZES = {"wide": WIDE, "narrow": NARROW}
LOCALES = {"en": "en", "zh-hans": "zh-CN", "ur": "ur"}


class Transfers:
    """What a page with an empty cache has loaded: (URL, bytes), and the responses that failed."""

    def __init__(self, page: Page, **conditions: float) -> None:
        self.came: list[tuple[str, int]] = []
        self.statuses: dict[str, int] = {}
        self.addresses: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        if conditions:
            session.send("Network.emulateNetworkConditions", dict(conditions))

    def _answered(self, event: dict) -> None:
        self.addresses[event["requestId"]] = event["response"]["url"]
        self.statuses[event["response"]["url"]] = event["response"]["status"]

    def _finished(self, event: dict) -> None:
        address = self.addresses.get(event["requestId"], "")
        self.came.append((address, int(event["encodedDataLength"])))

    @property
    def weight(self) -> int:
        return sum(size for _, size in self.came)


@pytest.mark.parametrize(("language", "size"), full(list(product(LOCALES, SIZES)), small=[("ur", "narrow")]))
def test_the_first_visit_is_small_and_soon_usable(
    demo_server: Server, browser: Browser, language: str, size: str
) -> None:
    demo_server.status(FRONT)  # warms the server up: a visitor's first visit is not the server's
    context = browser.new_context(locale=LOCALES[language], viewport=SIZES[size])
    page = context.new_page()
    transfers = Transfers(page, **WEAK)
    page.goto(demo_server.url + FRONT, wait_until="networkidle")
    act = page.get_by_role("link", name=WORDS[language]).locator("visible=true")
    expect(act).to_be_in_viewport()
    first = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert transfers.weight <= HEAVIEST, sorted(transfers.came, key=lambda one: -one[1])[:8]
    assert first <= full(SLOWEST, small=BUSY)
    assert set(transfers.statuses.values()) == {200}
    # Each file once, and only those the page itself names: no chain of imports to wait for.
    addresses = [address for address, _ in transfers.came]
    assert sorted(addresses) == sorted(set(addresses))
    named = page.evaluate(
        """[...document.querySelectorAll("script[src], link[rel=modulepreload]")].map((e) => e.src || e.href)"""
    )
    assert [address for address in addresses if address.endswith(".js") and address not in named] == []
    act.click()
    expect(page.locator("h1")).to_be_visible()
    assert page.url == demo_server.url + FRONT + "halls/"
    context.close()
