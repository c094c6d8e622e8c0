"""The list of page kinds that are looked at in a browser is whole."""

from django.urls import resolve

from fairplatform.accounts import allauth_urls
from tests.e2e.page_kinds import OFFICE_ROWS, PAGE_KINDS, ROUTES_WITHOUT_PAGE, DemoPages
from tests.matrix.routes import named_routes


def test_every_route_with_a_page_of_its_own_is_looked_at() -> None:
    routes = {name for name, _ in named_routes()} | {str(pattern.name) for pattern in allauth_urls.urlpatterns}
    assert {kind.route for kind in PAGE_KINDS} | ROUTES_WITHOUT_PAGE == routes
    assert {kind.route for kind in PAGE_KINDS} & ROUTES_WITHOUT_PAGE == set()


def test_every_kind_names_the_route_it_is_on() -> None:
    demo_pages = DemoPages(
        {
            **dict.fromkeys(("later", "running", "one_side", "differing", "agreed"), "meetings/1/"),
            **{rows: f"organise/{rows.removeprefix('working_')}/1/" for rows in OFFICE_ROWS},
            **dict.fromkeys(("ask", "pending"), "companies/1/request/"),
            "firm": "organise/companies/1/", "merge": "organise/companies/1/merge/2/", "member": "organise/people/1/",
            "merge_people": "organise/people/1/merge/2/",
            "ledger_entry": "organise/ledger/1/", "paper": "agreements/1/", "agreements": "companies/1/agreements/",
            "brief": "report/briefs/2020-05-14/",
            "round": "organise/matching/rounds/1/", "entry": "organise/matching/ticks/1/", "ticks": "ticks/1/",
            "wish": "companies/1/wish/", "pairs": "organise/matching/pairs/1/", "wishes": "organise/matching/wishes/1/",
            "favourite_booth": "favourites/booths/1/",
            "unit": "organise/import/unit/1/", "unit_companies": "organise/unit/1/",
            "product": "products/1/", "conversation": "messages/1/", "inquiry": "office/?inquiry=1",
            "outcome_link": "confirm/secret/",
            "colleague": "office/staff/1/", "secret": "secret", "roster": "roster/1/",
                "firm_schedule": "companies/1/schedule/", "unit_schedule": "units/1/schedule/",
        },
        {},
    )  # fmt: skip
    found = [resolve(demo_pages.path_of(kind).partition("?")[0]).view_name for kind in PAGE_KINDS]
    assert found == [kind.route for kind in PAGE_KINDS]
