"""The end-to-end tests fail by errors of a page: this shows that such errors are noticed."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.e2e.browser_windows import NARROW, People

pytestmark = pytest.mark.engines

PAGES = {
    "/good": "<p id=said></p><script>said.textContent = navigator.language + ' ' + innerWidth</script>",
    "/angry": "<script>console.error('out of paper')</script>",
    "/broken": "<script>throw new Error('fell over')</script>",
    "/abroad": "<img src='http://127.0.0.2:65000/pixel.png'>",
    "/camera": "<p id=said></p><script>navigator.mediaDevices.getUserMedia({video: true, audio: true})"
    ".then((stream) => { said.textContent = stream.getTracks().map((each) => each.kind).sort().join(' '); });</script>",
}


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = PAGES.get(self.path, "").encode()
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(
            b"<!doctype html><meta name=viewport content='width=device-width'><link rel=icon href=data:,>" + body
        )

    def log_message(self, *words: object) -> None:
        """Logs nothing."""


@pytest.fixture(scope="module")
def pages() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_window_has_a_language_and_a_size(people: People, pages: str) -> None:
    buyer = people("buyer", pages, language="ur", size=NARROW)
    assert buyer.goes("/good").inner_text("#said") == "ur-PK 390"
    assert people.errors() == []


def test_a_window_has_a_camera_and_a_microphone(people: People, pages: str) -> None:
    page = people("buyer", pages).goes("/camera")
    page.wait_for_function("said.textContent !== ''")
    assert page.inner_text("#said") == "audio video"


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("/angry", "buyer's page said out of paper at {url}/angry"),
        ("/broken", "buyer's page threw fell over"),
        ("/abroad", "buyer's page asked http://127.0.0.2:65000/pixel.png"),
    ],
)
def test_an_error_of_a_page_is_noticed(people: People, pages: str, path: str, wrong: str) -> None:
    buyer = people("buyer", pages)
    buyer.goes(path).wait_for_load_state("networkidle")
    assert people.errors()[0] == wrong.format(url=pages)
    buyer.expects(".")
    assert people.errors() == []


def test_an_error_of_a_second_tab_is_noticed(people: People, pages: str) -> None:
    buyer = people("buyer", pages)
    buyer.goes("/good")
    second = buyer.context.new_page()
    second.goto(f"{pages}/angry")
    assert people.errors() == [f"buyer's page said out of paper at {pages}/angry"]
    buyer.expects("out of paper")
