"""The pages of demands and quotes: no barrier in any language, also on the smallest phone; a quote from both sides."""

import json

import pytest
from playwright.sync_api import expect

from tests.e2e.accessibility import LANGUAGES, beyond
from tests.e2e.axe import violations
from tests.e2e.browser_windows import People, Person
from tests.servers.serve import Server, Servers
from tests.sizes import full

_MAKE = """
import json
from fairplatform.fairs.models import RecruitingUnit
from tests.factories import (
    make_buyer, make_demand, make_exhibitor, make_fair, make_product, make_quote, make_role, make_staff, three,
)
from tests.realtime.client import session_of
fair = make_fair()
unit = RecruitingUnit.objects.create(fair=fair, name=three("Lahore Chamber"), country="PK")
buyer, seller, others = make_buyer(fair), make_exhibitor(fair), [make_exhibitor(fair) for _ in range(2)]
buyer.unit = unit
buyer.save()
make_product(seller)
people = {
    "buyer": make_staff(buyer), "seller": make_staff(seller), "organiser": make_role(fair, "organiser"),
    "delegate": make_role(fair, "delegated", unit=unit),
}
terms = {"target_price": 13500, "currency": "USD", "incoterm": "CFR", "place": "karachi", "certificates": ["CE", "GS"]}
demand = make_demand(buyer, needs_origin=True, deadline="2099-05-20", **terms)
agency = make_demand(buyer, kind="agency", hs_code="8204")
agency.text = {"en": "Sole agency for hand tools"}
agency.save()
waiting = make_demand(buyer, "Padlocks", state="waiting", entered_by="Ali Khan, Lahore Chamber", hs_code="8301")
closed = make_demand(buyer, "Pumps", state="closed", closed_reason="Bought elsewhere", hs_code="8413")
for other, offer in zip(others, ({"price": 13000}, {"price": 14000, "incoterm": "CFR"})):
    make_quote(demand, other, make_staff(other), payment="30% T/T", gives_origin=True, **offer)
pages = {"demand": demand.pk, "waiting": waiting.pk, "closed": closed.pk}
sessions = {name: session_of(person) for name, person in people.items()}
print(json.dumps({"slug": fair.slug, "pages": pages, "sessions": sessions}))
"""
PAGES = {
    "buyer": (
        "",
        "new/",
        "{demand}/",
        "{demand}/edit/",
        "{demand}/pictures/",
        "{demand}/pictures/",
        "{demand}/answers/",
        "{waiting}/confirm/",
        "{closed}/",
    ),
    "seller": (
        "wanted/",
        "wanted/?show=all",
        "wanted/?heading=8413",
        "{demand}/",
        "{demand}/quote/",
        "{closed}/quote/",
    ),
    "organiser": ("taken/", "taken/new/", "gaps/", "{demand}/"),
    "delegate": ("taken/", "{waiting}/"),
}


@pytest.fixture(scope="module")
def server(serve_module: Servers) -> Server:
    return serve_module("--no-clock", "--no-tasks")


@pytest.fixture(scope="module")
def made(server: Server) -> dict[str, dict[str, str]]:
    """The fair's slug as `slug`, keys of demands as `pages`, and sessions by person."""
    found: dict[str, dict[str, str]] = json.loads(server.manage("shell", "--no-imports", "-c", _MAKE).splitlines()[-1])
    return found


def come_in(people: People, server: Server, made: dict[str, dict[str, str]], name: str) -> Person:
    person = people(name, server.url)
    person.context.add_cookies([{"name": "sessionid", "value": made["sessions"][name], "url": server.url}])
    return person


def test_pages_are_for_everybody(people: People, server: Server, made: dict[str, dict[str, str]]) -> None:
    """In `make test` without what the words do not change: in Urdu the widths, in one of the others everything."""
    found = {}
    for name, addresses in PAGES.items():
        person = come_in(people, server, made, name)
        for number, address in enumerate(addresses):
            whole = full(LANGUAGES, small=(LANGUAGES[number % 2],))
            for language in (*whole, *full((), small=("ur",))):
                person.context.add_cookies([{"name": "django_language", "value": language, "url": server.url}])
                page = person.goes(f"/fairs/{made['slug']}/demands/{address.format(**made['pages'])}")
                if lines := (violations(page) if language in whole else []) + beyond(page):
                    found[f"{name} {address} {language}"] = lines
    assert found == {}


def test_a_quote_is_sent_and_read_beside_others(
    people: People, server: Server, made: dict[str, dict[str, str]]
) -> None:
    seller, buyer = (come_in(people, server, made, name) for name in ("seller", "buyer"))
    address = f"/fairs/{made['slug']}/demands/{made['pages']['demand']}/"
    seller.expects("409")
    page = seller.goes(address)
    page.get_by_role("link", name="Send a quote").click()
    page.get_by_label("Product of your booth").select_option(index=1)
    page.get_by_label("Unit price").fill("1.25")
    page.get_by_role("button", name="Send the quote").click()
    expect(page.get_by_text("delivery term of the product have been filled in.")).to_be_visible()
    page.get_by_role("button", name="Send the quote").click()
    expect(page.get_by_text("Your quote has been sent. The buyer has been notified.")).to_be_visible()
    answers = buyer.goes(f"{address}answers/")
    expect(answers.locator(".answer")).to_have_count(3)
    expect(answers.locator("[data-cheapest]")).to_have_count(1)
    expect(answers.get_by_text("FOB against CFR")).to_have_count(2)


def test_what_is_asked_after_depends_on_the_kind(
    people: People, server: Server, made: dict[str, dict[str, str]]
) -> None:
    page = come_in(people, server, made, "buyer").goes(f"/fairs/{made['slug']}/demands/new/")
    asked = [page.get_by_label(label) for label in ("Target price", "Certificates (optional)", "Quotes due by")]
    shown = []
    for kind in ("Training", "Agency", "Buying and selling goods"):
        page.get_by_label(kind, exact=True).check()
        shown.append([field.is_visible() for field in asked])
    assert shown == [[False, False, True], [False, True, True], [True, True, True]]
