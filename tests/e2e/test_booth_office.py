"""Two people of an exhibitor at one product: each is told of the other, nothing typed is lost, HS codes by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser_windows import CUT, People
from tests.servers.serve import Server

_MAKE = """
from tests.factories import make_exhibitor, make_fair, make_product, make_staff
from tests.realtime.client import session_of
fair = make_fair(state="draft")
exhibitor = make_exhibitor(fair)
products = [make_product(exhibitor, article=f"P-{number}").pk for number in range(3)]
people = [session_of(make_staff(exhibitor, name={"en": name})) for name in ("Li Na", "Wang Wei")]
print(fair.slug, *people, *products)
"""


@pytest.fixture(scope="module")
def made(plain_server: Server) -> list[str]:
    """A draft's slug, the sessions of two people of an exhibitor, and a product for each test."""
    return plain_server.manage("shell", "--no-imports", "-c", _MAKE).split()[-6:]


def opened(plain_server: Server, people: People, made: list[str], number: int, product: int) -> Page:
    person = people(f"colleague {number}", plain_server.url)
    person.expects(CUT)
    person.expects("409")
    person.expects("404")  # of a product that somebody has removed
    person.expects("htmx:")  # a preview that was being fetched when the line was cut
    person.context.add_cookies([{"name": "sessionid", "value": made[1 + number], "url": plain_server.url}])
    return person.goes(f"/fairs/{made[0]}/office/products/{made[3 + product]}/")


def test_two_people_at_one_product(plain_server: Server, people: People, made: list[str]) -> None:
    one, other = (opened(plain_server, people, made, number, 0) for number in (0, 1))
    one.locator("[name=name_en]").fill("Silver pliers")
    expect(one.locator("[data-state=saved]")).to_be_visible()
    expect(one.locator("#preview-page h1")).to_have_text("Silver pliers")
    # Each sees the other, and what the other has typed.
    expect(one.locator("[data-others]")).to_contain_text("Wang Wei")
    expect(other.locator("[data-others]")).to_contain_text("Li Na")
    expect(other.locator("[name=name_en]")).to_have_value("Silver pliers")
    other.locator("[name=description_en]").fill("Of one piece")
    expect(one.locator("[name=description_en]")).to_have_value("Of one piece")
    expect(one.locator("#preview-page")).to_contain_text("Of one piece")
    # The same field, over a line that is cut and comes back.
    one.context.set_offline(True)
    one.locator("[name=moq]").fill("500")
    expect(one.locator("[data-state=failed]")).to_be_visible()
    with other.expect_response("**/typed/"):
        other.locator("[name=moq]").fill("600")
    one.context.set_offline(False)
    conflict = one.locator(".draft-conflict")
    expect(conflict).to_contain_text("Wang Wei has changed this in the meantime:")
    conflict.locator("[data-action=mine]").click()
    expect(one.locator("[data-state=saved]")).to_be_visible()
    # On pages where nothing is typed together they are told of each other too.
    for page in ("products/new/", "files/", "staff/"):
        for person in (one, other):
            person.goto(f"{plain_server.url}/fairs/{made[0]}/office/{page}")
        expect(one.locator("[data-others]")).to_contain_text("Wang Wei")
    for person in (one, other):
        person.goto(f"{plain_server.url}/fairs/{made[0]}/office/products/{made[3]}/")
    for name, value in (("name_en", "Silver pliers"), ("moq", "500"), ("description_en", "Of one piece")):
        expect(other.locator(f"[name={name}]")).to_have_value(value)
    expect(other.locator("[data-kept]")).to_be_hidden()


def test_what_could_not_be_sent_is_sent_after_a_reload(plain_server: Server, people: People, made: list[str]) -> None:
    page = opened(plain_server, people, made, 0, 1)
    page.route("**/typed/", lambda route: route.abort())
    page.locator("[name=lead_days]").fill("45")
    expect(page.locator("[data-state=failed]")).to_be_visible()
    page.unroute("**/typed/")
    page.reload()
    expect(page.locator("[name=lead_days]")).to_have_value("45")
    expect(page.locator("[data-state=saved]")).to_be_visible()
    page.reload()
    expect(page.locator("[data-kept]")).to_be_hidden()
    expect(page.locator("[name=lead_days]")).to_have_value("45")
    # What the server refuses is said in its words, once, and not sent again.
    gone = f"from booths.models import Product; Product.objects.filter(pk={made[4]}).delete()"
    plain_server.manage("shell", "--no-imports", "-c", gone)
    page.locator("[name=lead_days]").fill("46")
    expect(page.locator("[data-state=refused]")).to_have_text(
        "This item does not exist, or you do not have access to it."
    )
    expect(page.locator("[data-state=failed]")).to_be_hidden()


def test_an_hs_code_is_chosen_by_keyboard(plain_server: Server, people: People, made: list[str]) -> None:
    page = opened(plain_server, people, made, 0, 2)
    box = page.get_by_role("combobox", name="HS code")
    box.fill("padlock")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(7)
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(page.get_by_role("listbox").get_by_role("option", selected=True)).to_contain_text("8301.10")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value("8301.10")
    expect(page.locator(".hs-picker__title")).to_contain_text("adlocks")
    page.locator("main form .button--action").click()
    expect(page.locator(".notice").filter(has_text="Published.")).to_be_visible()
    expect(page.locator("[name=hs]")).to_have_value("8301.10")
