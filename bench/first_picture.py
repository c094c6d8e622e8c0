"""How long from "Join" to the first picture of the partner, beside two bare WebRTC pages in the same browser.

Both have their socket open and their camera running before the button is pressed. Rounds alternate, so that other load
on the machine affects both. The median counts.
"""

import asyncio
import json
import shutil
import statistics
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page, async_playwright
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from bench.processes import our_servers
from bench.table import Row, as_cheap_as, show
from tests.e2e.conftest import FLAGS
from tests.servers.programs import free_port
from tests.servers.serve import Server, Servers

ROUNDS = 12
GOAL = 1.3
MAKE_MEETINGS = """
import json
from dataclasses import asdict
from tests.running_meetings import make_running_meetings_here
print(json.dumps([asdict(meeting) for meeting in make_running_meetings_here(*[3] * MEETINGS)]))
"""
BARE = Path(__file__).with_name("bare.html").read_bytes()
DURATION = """() => performance.getEntriesByName("call:picture")[0]?.startTime
              - performance.getEntriesByName("call:enter")[0]?.startTime"""


class Bare:
    """Serves the bare page, and relays each message of one page to the other."""

    def __init__(self) -> None:
        self.connections: list[ServerConnection] = []

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[str]:
        port = free_port()
        async with serve(self.relay, "127.0.0.1", port, process_request=self.page):
            yield f"http://127.0.0.1:{port}"

    def page(self, _: ServerConnection, request: Request) -> Response | None:
        if "Upgrade" in request.headers:
            return None
        headers = Headers({"Content-Type": "text/html", "Content-Length": str(len(BARE))})
        return Response(HTTPStatus.OK, "OK", headers, BARE)

    async def relay(self, connection: ServerConnection) -> None:
        async for message in connection:
            if '"join"' in str(message):
                await self.join(connection)
            else:
                await asyncio.gather(*(other.send(message) for other in self.connections if other is not connection))
        self.connections.clear()

    async def join(self, connection: ServerConnection) -> None:
        self.connections.append(connection)
        if len(self.connections) == 2:
            await connection.send('{"call": true}')


async def open_page(browser: Browser, origin: str, path: str = "", session: str = "") -> Page:
    context = await browser.new_context(permissions=["camera", "microphone"], viewport={"width": 1280, "height": 800})
    if session:
        await context.add_cookies([{"name": "sessionid", "value": session, "url": origin}])
    page = await context.new_page()
    await page.goto(origin + path)
    return page


async def press(first: Page, second: Page, button: str, settled: str) -> float:
    """Presses the button on both; returns how many milliseconds the second one waited for the first one's picture."""
    await first.click(button)
    await first.wait_for_timeout(700)
    await second.click(button)
    for page in (first, second):
        await page.wait_for_function(settled)
    durations = float(await second.evaluate(DURATION))
    for page in (first, second):
        await page.context.close()
    return durations


SETTLED = "() => performance.getEntriesByName('call:picture').length"


async def bare(browser: Browser, url: str) -> float:
    first, second = [await open_page(browser, url) for _ in range(2)]
    for page in (first, second):
        await page.wait_for_function("() => document.title === 'ready'")
    return await press(first, second, "button", SETTLED)


async def ours(browser: Browser, server: Server, running: dict[str, Any]) -> float:
    path = f"/fairs/{running['fair']}/meetings/{running['meeting']}/room/"
    sessions = running["sessions"]["exhibitor"], running["sessions"]["buyer"]
    first, second = [await open_page(browser, server.url, path, session) for session in sessions]
    for page in (first, second):
        await page.wait_for_selector('[data-check="video"][data-state="good"]')
        await page.wait_for_selector('[data-action="enter"]:not([disabled])')
    return await press(first, second, '.call__lobby [data-action="enter"]', SETTLED)


async def timed(server: Server, meetings: list[dict[str, Any]]) -> dict[str, list[float]]:
    durations: dict[str, list[float]] = {"bare": [], "ours": []}
    async with async_playwright() as playwright, Bare().serving() as url:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS, headless=True)
        for running in meetings:
            durations["bare"].append(await bare(browser, url))
            durations["ours"].append(await ours(browser, server, running))
        await browser.close()
    return durations


def measure(servers: Servers) -> list[Row]:
    server = servers("--no-clock", "--no-tasks")
    try:
        printed = server.manage("shell", "--no-imports", "-c", MAKE_MEETINGS.replace("MEETINGS", str(ROUNDS + 1)))
        meetings = json.loads(printed.splitlines()[-1])
        durations = asyncio.run(timed(server, meetings))
    finally:
        servers.stop()
    # The first round only warms the browser up.
    bare, ours = (statistics.median(durations[name][1:]) for name in ("bare", "ours"))
    return [as_cheap_as("Enter to the first picture", ours, "ms", "two bare pages", bare, GOAL)]


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
