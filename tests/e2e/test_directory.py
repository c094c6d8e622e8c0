"""The directory in a browser: stars, chips, a plan that is alive, and on a phone the filters as a sheet."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser_windows import NARROW, People
from tests.servers.serve import Server

_MAKE = """
from tests.factories import make_buyer, make_exhibitor, make_fair, make_product, make_staff
from tests.realtime.client import session_of
fair = make_fair()
for number in range(3):
    exhibitor = make_exhibitor(fair)
    make_product(exhibitor, "Pliers")
seller = make_staff(exhibitor, name={"en": "Director Wang Jianguo"})
print(fair.slug, exhibitor.booth.slug, session_of(make_staff(make_buyer(fair))), session_of(seller))
"""


@pytest.fixture(scope="module")
def made(plain_server: Server) -> list[str]:
    """A fair's slug, that of its third booth, and the sessions of a buyer and of that booth's staff."""
    return plain_server.manage("shell", "--no-imports", "-c", _MAKE).split()[-4:]


def opened(plain_server: Server, people: People, name: str, session: str, address: str) -> Page:
    person = people(name, plain_server.url)
    person.expects("ERR_FAILED")
    person.context.add_cookies([{"name": "sessionid", "value": session, "url": plain_server.url}])
    return person.goes(address)


def test_stars_chips_and_the_live_plan(plain_server: Server, people: People, made: list[str]) -> None:
    fair, booth, buyer, seller = made
    page = opened(plain_server, people, "buyer", buyer, f"/fairs/{fair}/halls/1/")
    star = page.locator("#list .star").nth(1)
    expect(star).to_have_attribute("aria-pressed", "false")  # until the page's script has come, a link to a form
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(star).to_have_attribute("aria-pressed", "true")
    # What the server has not taken is put back, and said.
    page.route("**/favourites/booths/**", lambda route: route.abort())
    star.press(" ")
    expect(page.locator(".stars-status")).to_be_visible()
    expect(star).to_have_attribute("aria-pressed", "true")
    # The list comes anew, with the stars of now; the chip brings it back.
    page.select_option("#id_city", "yongkang")
    expect(page).to_have_url(re.compile(r"\?city=yongkang$"))
    expect(star).to_have_attribute("aria-pressed", "true")
    page.select_option("#id_country", "CN")
    expect(page.locator(".filter-chips .chip")).to_have_count(2)
    page.locator(".filter-chips .chip").first.press("Enter")
    expect(page.locator(".filter-chips .chip")).to_have_count(1)
    expect(page.locator(".filter-chips .chip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".filter-chips")).to_have_count(0)
    expect(page.locator(".lists__count")).to_be_focused()
    alive = page.locator('.plan__booth[data-present="1"]')
    expect(alive).to_have_count(0)
    staff = opened(plain_server, people, "seller", seller, f"/fairs/{fair}/booths/{booth}/")
    expect(alive).to_have_attribute("href", f"/fairs/{fair}/booths/{booth}/")
    expect(alive.locator(".plan__staff")).to_have_text("Director Wang Jianguo")
    expect(page.locator("tr[data-present='1'] [data-live-words]")).to_have_text("staff online: Director Wang Jianguo")
    staff.goto("about:blank")
    expect(alive).to_have_count(0)


def test_what_has_just_come_answers_at_once(plain_server: Server, people: People, made: list[str]) -> None:
    page = opened(plain_server, people, "buyer", made[2], f"/fairs/{made[0]}/halls/1/?city=yongkang&country=CN")
    page.evaluate(
        """() => {
            window.isStillHere = true;
            const press = () => document.querySelector(".filter-chips a").click();
            document.addEventListener("htmx:afterSwap", () => setTimeout(press), { once: true });
        }"""
    )
    page.locator(".filter-chips .chip").first.click()
    expect(page.locator(".filter-chips")).to_have_count(0)
    assert page.evaluate("() => window.isStillHere")


def test_the_sheet_of_filters_stays_open_where_it_was_scrolled_to(
    plain_server: Server, people: People, made: list[str]
) -> None:
    page = opened(plain_server, people, "buyer", made[2], f"/fairs/{made[0]}/products/")
    page.set_viewport_size(NARROW)
    fields = page.locator(".filters__fields")
    expect(fields).to_be_hidden()
    page.locator(".filters__show").click()
    fields.evaluate("fields => fields.scrollTo(0, 100)")
    page.select_option("#id_city", "yongkang")
    expect(page.locator(".filter-chips .chip")).to_have_count(1)
    expect(fields).to_be_visible()
    expect(fields.locator(".actions .button:visible")).to_have_text(["Show results"])
    page.wait_for_function("() => document.querySelector('.filters__fields').scrollTop === 100")
    page.locator(".filters__close").click()
    expect(fields).to_be_hidden()
