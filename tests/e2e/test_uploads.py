"""Pictures and documents are sent from the booth office: several at once, through a cut, by keyboard, by paste."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser_windows import CUT, People
from tests.files.made import PDF, SVG, noise, picture
from tests.servers.serve import Server

ANY_PART, AFTER_THE_FIRST = re.compile("[?]offset="), re.compile("[?]offset=[1-9]")
_MAKE = """
from tests.factories import make_exhibitor, make_fair, make_product, make_staff
from tests.realtime.client import session_of
exhibitor = make_exhibitor(make_fair())
print(exhibitor.fair.slug, make_product(exhibitor).pk, session_of(make_staff(exhibitor)))
"""
_PASTE = """async (place) => {
  const canvas = document.createElement("canvas");
  const blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const carried = new DataTransfer();
  carried.items.add(new File([blob], "image.png", {type: "image/png"}));
  const event = new ClipboardEvent("paste", {clipboardData: carried, bubbles: true, cancelable: true});
  document.querySelector(place).dispatchEvent(event);
}"""


@pytest.fixture(scope="module")
def made(plain_server: Server) -> list[str]:
    """A fair's slug, a product shown in it, and the session of its exhibitor."""
    return plain_server.manage("shell", "--no-imports", "-c", _MAKE).split()[-3:]


@pytest.fixture
def page(plain_server: Server, people: People, made: list[str]) -> Page:
    seller = people("seller", plain_server.url)
    seller.expects(CUT)
    seller.expects("409")
    seller.context.add_cookies([{"name": "sessionid", "value": made[2], "url": plain_server.url}])
    return seller.goes("/fairs/{}/office/products/{}/files/".format(*made[:2]))


def section(page: Page, place: str) -> Locator:
    return page.locator(f"section:has(#list-{place})")


def choose(page: Page, place: str, *files: Path) -> None:
    section(page, place).locator("input[type=file]").set_input_files(files)


def test_files_are_sent_in_parts_and_titled_and_ordered(page: Page, tmp_path: Path) -> None:
    for name, content in {
        "a.png": noise((900, 700), "PNG"),
        "b.jpg": picture((800, 500), "JPEG"),
        "c.png": SVG,
    }.items():
        (tmp_path / name).write_bytes(content)
    gallery = section(page, "gallery")
    choose(page, "gallery", *(tmp_path / name for name in ("a.png", "b.jpg", "c.png")))
    # Each on its own: the one that is refused says so, and the others are there.
    expect(gallery.locator(".attachment")).to_have_count(2)
    expect(gallery.locator(".upload__row")).to_have_count(1)
    expect(gallery.locator(".upload__refused")).to_have_text(
        "This file type is not accepted. Upload one of these: JPEG, PNG, WebP."
    )
    gallery.get_by_role("button", name="Close: c.png").press("Enter")
    expect(gallery.locator(".upload__row")).to_have_count(0)
    assert gallery.locator("img").evaluate_all("each => each.every(one => one.complete && one.naturalWidth > 0)")
    last = gallery.locator(".attachment").last
    name = last.locator(".attachment__name").inner_text()
    last.get_by_label("English").fill("From above")
    last.get_by_role("button", name="Save the title").press("Enter")
    expect(gallery.get_by_role("img", name="From above")).to_be_visible()
    gallery.locator(".attachment").last.get_by_role("button", name="Move up").press("Enter")
    expect(gallery.locator(".attachment").first.get_by_label("English")).to_have_value("From above")
    assert name in ("a.webp", "b.webp")


def test_an_upload_goes_on_after_a_cut_and_after_a_reload(page: Page, tmp_path: Path) -> None:
    path, documents = tmp_path / "prices.pdf", section(page, "document")
    path.write_bytes(PDF * 500)
    page.route(AFTER_THE_FIRST, lambda route: route.abort())
    choose(page, "document", path)
    expect(documents.locator(".upload__row")).to_contain_text("No connection. It continues by itself.")
    page.unroute_all()
    page.reload()
    expect(documents.locator(".place__unfinished")).to_contain_text("Unfinished: prices.pdf.")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if "offset=" in request.url else None)
    choose(page, "document", path)
    expect(documents.locator(".attachment")).to_contain_text("prices.pdf")
    expect(documents.locator(".place__unfinished")).to_have_count(0)
    assert "offset=0" not in sent[0]


def test_a_cancelled_upload_leaves_nothing_and_a_picture_can_be_pasted(page: Page, tmp_path: Path) -> None:
    path, gallery = tmp_path / "large.png", section(page, "gallery")
    path.write_bytes(noise((900, 700), "PNG"))
    page.route(ANY_PART, lambda route: route.abort())
    choose(page, "gallery", path)
    before = gallery.locator(".attachment").count()
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/cancel/")):
        gallery.get_by_role("button", name="Cancel: large.png").click()
    expect(gallery.locator(".upload__row")).to_have_count(0)
    page.unroute_all()
    page.evaluate(_PASTE, "section:has(#list-gallery) fair-upload")
    expect(gallery.locator(".attachment")).to_have_count(before + 1)
    page.reload()
    expect(gallery.locator(".place__unfinished")).to_have_count(0)
