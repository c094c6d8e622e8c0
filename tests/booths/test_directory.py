"""The directory of exhibitors and products: its filters, what removes them, its orders, and what nothing matches."""

import re
from typing import Any
from unittest.mock import patch

import pytest
from asgiref.sync import sync_to_async
from django.core.cache import caches
from django.test import AsyncClient
from django.test import Client as Browser

from booths.forms import BoothFilter
from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Fair, Hall, Participation
from tests.factories import make_exhibitor, make_fair, make_product, make_staff, three
from tests.realtime.client import Client, session_of

pytestmark = [pytest.mark.django_db, pytest.mark.either]


@pytest.fixture
def fair() -> Fair:
    return make_fair()


def exhibitor(fair: Fair, name: str | dict[str, str], **fields: Any) -> Participation:
    made = make_exhibitor(fair)
    words = three(name) if isinstance(name, str) else name
    Company.objects.filter(pk=made.company_id).update(name=words, **fields)
    made.company.refresh_from_db()
    return made


def found(browser: Browser, fair: Fair, language: str = "en", **query: str) -> list[str]:
    """The names of the exhibitors that the directory shows, in its order."""
    browser.cookies["django_language"] = language
    page = browser.get(f"/fairs/{fair.slug}/halls/", query)
    return [booth.participation.company.name["en"] for booth in page.context["page"]]


def products(browser: Browser, fair: Fair, **query: str) -> list[str]:
    page = browser.get(f"/fairs/{fair.slug}/products/", query)
    return [display.product.name["en"] for display in page.context["page"]]


def values_of(page: str, name: str) -> list[str]:
    """The values of a select."""
    [select] = re.findall(rf'<select name="{name}".*?</select>', page, re.DOTALL)
    return re.findall(r'<option value="([^"]*)"', select)


def test_a_code_of_two_four_or_six_digits_narrows_both_lists(client: Browser, fair: Fair) -> None:
    tools, locks = exhibitor(fair, "Tools"), exhibitor(fair, "Locks")
    for name, hs6 in (("Pliers", "820320"), ("Saw", "820210")):
        make_product(tools, name, hs6=hs6)
    make_product(locks, "Padlock", hs6="830110")
    assert [products(client, fair, heading=code) for code in ("82", "8202", "820210", "8301")] == [
        ["Pliers", "Saw"], ["Saw"], ["Saw"], ["Padlock"],
    ]  # fmt: skip
    assert [found(client, fair, heading=code) for code in ("82", "830110")] == [["Tools"], ["Locks"]]


def test_only_codes_of_shown_goods_are_offered_and_subheadings_of_the_chosen_heading(
    client: Browser, fair: Fair
) -> None:
    tools = exhibitor(fair, "Tools")
    for hs6 in ("820310", "820320", "820210"):
        make_product(tools, hs6=hs6)
    page = client.get(f"/fairs/{fair.slug}/products/").text
    assert values_of(page, "heading") == ["", "82", "8202", "8203"]
    page = client.get(f"/fairs/{fair.slug}/products/?heading=820320").text
    assert values_of(page, "heading") == ["", "82", "8202", "8203", "820310", "820320"]


def test_country_hall_and_city_narrow_exhibitors_without_products(client: Browser, fair: Fair) -> None:
    exhibitor(fair, "Here", city="ningbo")
    there = exhibitor(fair, "There", country="PK", city="sialkot")
    second = Hall.objects.create(fair=fair, number=2, name=three("Pumps"))
    there.booth.hall = second
    there.booth.save()
    page = client.get(f"/fairs/{fair.slug}/halls/").text
    assert values_of(page, "country") == ["", "CN", "PK"]
    assert values_of(page, "city") == ["", "ningbo", "sialkot"]
    assert [found(client, fair, **query) for query in ({"country": "PK"}, {"hall": "2"}, {"city": "ningbo"})] == [
        ["There"], ["There"], ["Here"],
    ]  # fmt: skip


def test_prices_are_compared_in_one_currency_alone(client: Browser, fair: Fair) -> None:
    seller = exhibitor(fair, "Tools")
    make_product(seller, "Dollars", currency="USD", price_low=20_000, price_high=20_000)
    make_product(seller, "Yuan", currency="CNY", price_low=20_000, price_high=20_000)
    make_product(seller, "On request", currency="CNY", price_low=None, price_high=None)
    assert products(client, fair, price_to="3") == ["Dollars"]
    assert products(client, fair, price_to="3", currency="CNY") == ["Yuan"]
    assert products(client, fair, currency="CNY") == ["Yuan"]
    page = client.get(f"/fairs/{fair.slug}/products/", {"price_to": "3"}).text
    assert ('<option value="USD" selected' in page, 'name="price_to" value="3"' in page) == (True, True)
    assert chips(page) == [("Maximum price: USD 3", "")]


def chips(page: str) -> list[tuple[str, str]]:
    """What each chip says, and the query that it leaves."""
    found = re.findall(
        r'<a class="chip" href="[^"?]*\??([^"]*)".*?<span aria-hidden="true">(.*?)</span>', page, re.DOTALL
    )
    return [(words, query) for query, words in found]


def test_each_filter_in_use_is_a_chip_that_removes_it_alone(client: Browser, fair: Fair) -> None:
    make_product(exhibitor(fair, "Tools"), "Pliers")
    page = client.get(f"/fairs/{fair.slug}/products/?q=pliers&city=yongkang&mine=on&sort=price").text
    assert chips(page) == [
        ("Search: <bdi>pliers</bdi>", "city=yongkang&amp;mine=on&amp;sort=price"),
        ("City: Yongkang", "q=pliers&amp;mine=on&amp;sort=price"),
        ("Staff speak my language", "q=pliers&amp;city=yongkang&amp;sort=price"),
    ]


def test_where_nothing_matches_the_filters_that_hide_something_are_named(client: Browser, fair: Fair) -> None:
    make_product(exhibitor(fair, "Tools"), "Pliers")
    exhibitor(fair, "Locks", city="ningbo")
    page = client.get(f"/fairs/{fair.slug}/halls/?city=ningbo&heading=8203").text
    advice = re.findall(r'<a href="[^"?]*\?([^"]*)">Remove filter “(\w+)', page)
    assert advice == [("city=ningbo", "HS"), ("heading=8203", "City")]


def test_orders_of_exhibitors(client: Browser, fair: Fair) -> None:
    # In pinyin Anhui, Beijing, Zhejiang: not the order of their code points.
    exhibitor(fair, {"en": "Gamma", "zh-hans": "浙江", "ur": "پ"})
    exhibitor(fair, {"en": "alpha", "zh-hans": "北京", "ur": "ا"})
    exhibitor(fair, {"en": "Beta", "zh-hans": "安徽", "ur": "ب"})
    assert found(client, fair) == ["Gamma", "alpha", "Beta"]
    assert found(client, fair, sort="newest") == ["Beta", "alpha", "Gamma"]
    assert found(client, fair, sort="name") == ["alpha", "Beta", "Gamma"]
    assert found(client, fair, "zh-hans", sort="name") == ["Beta", "alpha", "Gamma"]


def test_a_search_shows_the_best_match_first_unless_the_number_is_asked_for(client: Browser, fair: Fair) -> None:
    make_product(exhibitor(fair, "Tools"), "Hammer")
    named = exhibitor(fair, "Hammer works")
    named.booth.save()
    assert found(client, fair, q="hammer") == ["Hammer works", "Tools"]
    assert found(client, fair, q="hammer", sort="number") == ["Tools", "Hammer works"]


@pytest.mark.parametrize(("language", "spoken"), [("zh-hans", "zh"), ("zh-hans", "zh-hans"), ("ur", "ur")])
def test_exhibitors_whose_staff_speak_the_readers_language(
    client: Browser, fair: Fair, language: str, spoken: str
) -> None:
    make_staff(exhibitor(fair, "Speaks"), speaks=["en", spoken])
    make_staff(exhibitor(fair, "Does not"), speaks=["fr"])
    make_staff(exhibitor(fair, "Has left"), speaks=[spoken], is_active=False)
    assert found(client, fair, language, mine="on") == ["Speaks"]


def test_what_depends_on_the_reader_or_on_now_is_never_cached(client: Browser, fair: Fair) -> None:
    make_product(exhibitor(fair, "Tools"))
    pages = [f"/fairs/{fair.slug}/{path}" for path in ("halls/", "halls/1/", "products/")]
    for page in pages:
        client.get(page, {"city": "yongkang"})
    with patch.object(caches["content"], "set", wraps=caches["content"].set) as stored:
        for page in pages:
            for query in ({"mine": "on"}, {"online": "on"}, {"online": "on", "city": "yongkang"}):
                client.get(page, query)
    assert stored.call_args_list == []


@pytest.mark.django_db(transaction=True)
async def test_exhibitors_whose_own_staff_are_at_the_booth(async_client: AsyncClient) -> None:
    fair = await sync_to_async(make_fair)()
    attended, visited, _empty = [await sync_to_async(make_exhibitor)(fair) for _ in range(3)]
    seller, guest = await sync_to_async(make_staff)(attended), await sync_to_async(make_staff)(attended)
    sockets = []
    for person, booth in ((seller, attended.booth), (guest, visited.booth)):
        sockets.append(await Client.open(await sync_to_async(session_of)(person)))
        assert (await sockets[-1].send("join", topic=booth.topic))["type"] == "ok"
    page = await async_client.get(f"/fairs/{fair.slug}/halls/?online=on")
    assert [booth.participation for booth in page.context["page"]] == [attended]
    for socket in sockets:
        await socket.close()
    page = await async_client.get(f"/fairs/{fair.slug}/halls/?online=on")
    assert [booth.participation for booth in page.context["page"]] == []


@pytest.mark.parametrize("path", ["halls/", "products/"])
def test_filtered_lists_take_the_same_number_of_queries_for_few_and_for_many_rows(
    client: Browser, fair: Fair, path: str, django_assert_num_queries: Any
) -> None:
    query = {"heading": "82", "country": "CN", "mine": "on", "sort": "name" if path == "halls/" else "hs"}
    counts = []
    for number in (3, 40):
        for _ in range(number):
            seller = make_exhibitor(fair)
            make_staff(seller, speaks=["en"])
            make_product(seller)
        with django_assert_num_queries(100, exact=False) as asked:
            client.get(f"/fairs/{fair.slug}/{path}", query)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_sort_that_is_offered_only_in_a_search_stays_valid_without(client: Browser, fair: Fair) -> None:
    page = client.get(f"/fairs/{fair.slug}/halls/", {"sort": "number"})
    form = page.context["form"]
    assert isinstance(form, BoothFilter)
    assert (form.errors, form.values) == ({}, {"sort": "number"})
