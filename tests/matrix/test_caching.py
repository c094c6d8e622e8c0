"""The Cache-Control header of every route, for every role."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from fairplatform.accounts import allauth_urls
from tests.factories import make_person
from tests.matrix.api_routes import API_DATA, API_WITH_TOKEN
from tests.matrix.everybody import Everybody
from tests.matrix.routes import ROUTES

PAGE = "private, no-cache"
PUBLIC = "public, max-age=3600"
NEVER = "max-age=0, no-cache, no-store, must-revalidate, private"
ASKING = ("anonymous", "visitor", "seller", "buyer", "interpreter", "organiser", "deactivated")
# Everything that is not a page; every other route is one, also where it refuses.
OTHERS = {
    "robots": PUBLIC,
    "favicon": PUBLIC,
    "language:sentences": "public, max-age=300",
    "accounts:enter": NEVER,
    "meetings:outcome_link": NEVER,
    "meetings:calendar_feed": NEVER,
}
# What the API says is the same for everybody; a proxy asks each time whether it still is.
OTHERS |= dict.fromkeys(API_DATA, "public, no-cache") | dict.fromkeys(API_WITH_TOKEN, "no-store")
# Pages with links and codes, or with everybody's contact data.
SECRET = {
    "office:links_issued", "office:meeting_messages", "office:export", "office:list_mend", "report:download",
    "report:brief_file",
    "office:outcomes_links_issued",
    "office:outcomes", "office:outcomes_calls", "office:answers", "office:change", "office:papers", "office:outage",
    "office:tokens", "office:unit_companies", "office:unit_links_issued",
    "booth_office:staff_issued", "booth_office:staff_sheet", "booth_office:import_mend",
}  # fmt: skip
OTHERS |= dict.fromkeys(SECRET, NEVER)


def cache_control(everybody: Everybody, address: str) -> dict[str, str]:
    """By who asks."""
    found = {}
    for name in ASKING:
        with transaction.atomic():
            answer = everybody.request(name, "GET", address, {})
            answer = everybody.request(name, "POST", address, {}) if answer.status_code == 405 else answer
            transaction.set_rollback(True)
        found[name] = answer.headers.get("Cache-Control", "nothing")
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("route", sorted(set(ROUTES) - {"files:file", "files:picture"}))
def test_a_page_is_cached_by_its_reader_alone_and_revalidated(everybody: Everybody, route: str) -> None:
    cache.clear()  # there are more routes than forms that somebody may send within a minute
    address = reverse(route, args=ROUTES[route].arguments(everybody.world))
    expected = dict.fromkeys(ASKING, OTHERS.get(route, PAGE))
    if route in SECRET:
        # A refusal has nothing secret.
        outsider = "organiser" if route.startswith("booth_office:") else "seller"
        expected |= dict.fromkeys(("visitor", outsider, "buyer", "interpreter"), PAGE)
    assert cache_control(everybody, address) == expected


@pytest.mark.django_db
def test_a_public_file_may_be_cached_by_anybody_who_asks_each_time(everybody: Everybody) -> None:
    address = reverse("files:file", args=ROUTES["files:file"].arguments(everybody.world))
    expected = dict.fromkeys(ASKING, PAGE) | dict.fromkeys(("anonymous", "deactivated"), "public, no-cache")
    assert cache_control(everybody, address) == expected


@pytest.mark.django_db
def test_a_public_picture_is_kept_for_a_year_by_browsers_and_for_an_hour_by_proxies(everybody: Everybody) -> None:
    address = reverse("files:picture", args=ROUTES["files:picture"].arguments(everybody.world))
    lasting = "public, max-age=31536000, s-maxage=3600, immutable"
    assert cache_control(everybody, address) == dict.fromkeys(ASKING, lasting)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/nowhere/", "/fairs/nowhere/", "/files/999/"])
def test_a_404_is_not_cached(everybody: Everybody, path: str) -> None:
    assert cache_control(everybody, path) == dict.fromkeys(ASKING, PAGE)


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", allauth_urls.urlpatterns, ids=lambda pattern: pattern.name)
def test_account_pages_are_not_cached_by_proxies(pattern, client: Client) -> None:
    arguments = ["1", "no-such-key"] if pattern.pattern.regex.groups else []
    answer = client.get(reverse(pattern.name, args=arguments))
    has_password = pattern.name in {"account_login", "account_signup"}
    assert answer["Cache-Control"] == (NEVER if has_password else PAGE)


@pytest.mark.django_db
def test_signing_out_clears_the_cache_of_the_browser(client: Client) -> None:
    client.force_login(make_person())
    assert "Clear-Site-Data" not in client.get("/accounts/logout/").headers
    answer = client.post("/accounts/logout/")
    assert (answer.status_code, answer["Clear-Site-Data"]) == (302, '"cache"')
