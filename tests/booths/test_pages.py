"""The public pages of halls, booths and products: search, filters, three languages, a fixed number of queries."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from booths.showing import GOODS_PER_PAGE
from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Fair, Participation
from fairplatform.i18n.text import HTML_LANG, LANGUAGES
from tests.factories import make_buyer, make_exhibitor, make_fair, make_product, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.either]


@pytest.fixture
def fair() -> Fair:
    return make_fair()


def names(page: Any) -> list[str]:
    """The English names of the products a list shows, in its order."""
    return [display.product.name["en"] for display in page.context["page"]]


def companies(page: Any) -> list[Participation]:
    return [booth.participation for booth in page.context["page"]]


def find(client: Client, fair: Fair, **query: str) -> list[str]:
    return names(client.get(f"/fairs/{fair.slug}/products/", query))


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_shown_in_three_languages(client: Client, fair: Fair, language: str) -> None:
    exhibitor = make_exhibitor(fair)
    product = make_product(exhibitor)
    client.cookies["django_language"] = language
    for path in ("halls/", "halls/1/", "products/", f"products/{product.pk}/", f"booths/{exhibitor.booth.slug}/"):
        page = client.get(f"/fairs/{fair.slug}/{path}")
        assert (path, page.status_code) == (path, 200)
        assert f'<html lang="{HTML_LANG[language]}" dir="{"rtl" if language == "ur" else "ltr"}"' in page.text


@pytest.mark.parametrize("path", ["halls/", "halls/1/", "products/"])
def test_lists_take_the_same_number_of_queries_for_few_and_for_many_rows(
    client: Client, fair: Fair, path: str, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        make_product(make_exhibitor(fair))
    with django_assert_num_queries(100, exact=False) as few:
        client.get(f"/fairs/{fair.slug}/{path}")
    for _ in range(57):
        make_product(make_exhibitor(fair))
    with django_assert_num_queries(len(few)):
        client.get(f"/fairs/{fair.slug}/{path}")


@pytest.mark.parametrize("path", ["halls/", "halls/1/", "products/"])
def test_a_cached_list_takes_only_the_readers_own_queries(
    client: Client, fair: Fair, path: str, django_assert_num_queries: Any
) -> None:
    client.force_login(make_staff(make_buyer(fair)))
    for booths in (3, 57):
        for _ in range(booths):
            make_product(make_exhibitor(fair))
        client.get(f"/fairs/{fair.slug}/{path}")
        with django_assert_num_queries(6):  # content version, session, person, memberships, messages, notices
            client.get(f"/fairs/{fair.slug}/{path}")


def test_products_are_found_by_name_in_three_languages(client: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    make_product(exhibitor, {"en": "CNC lathe", "zh-hans": "数控机床", "ur": "سی این سی خراد"}, hs6="845811")
    make_product(exhibitor, {"en": "Claw hammer", "zh-hans": "羊角锤", "ur": "ہتھوڑی کیل نکالنے والی"})
    for query in ("机床", "LATHE", "خراد", "cnc lathe", "8458", "8458.11", "84581100", "8458110090"):
        assert (query, find(client, fair, q=query)) == (query, ["CNC lathe"])
    # The keyboard's Arabic kaf, yeh and heh instead of Urdu's own.
    assert find(client, fair, q="كيل هتھوڑي") == ["Claw hammer"]
    assert find(client, fair, q="挖掘机") == []


def test_products_are_found_by_what_the_trade_calls_their_heading(client: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    make_product(exhibitor, "Brass 50 mm", hs6="830110")
    make_product(exhibitor, "Claw hammer", hs6="820520")
    for query in ("padlock", "挂锁", "تالا", "padlock brass", "挂锁 50"):
        assert (query, find(client, fair, q=query)) == (query, ["Brass 50 mm"])
        assert (query, companies(client.get(f"/fairs/{fair.slug}/halls/", {"q": query}))) == (query, [exhibitor])
    assert find(client, fair, q="padlock hammer") == []


def test_products_are_found_by_company(client: Client, fair: Fair) -> None:
    first, second = make_exhibitor(fair), make_exhibitor(fair)
    make_product(first, "Pliers")
    make_product(second, "Hammer")
    assert find(client, fair, q=second.company.name["en"]) == ["Hammer"]


def test_filters_narrow_products(client: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    make_product(exhibitor, "Pliers", moq=3000, incoterm="FOB", certificates=["CE", "GS"], lead_days=30)
    make_product(
        exhibitor, "Saw", hs6="820210", moq=500, incoterm="CFR", place="karachi", certificates=["ISO 9001"],
        price_low=50_000, price_high=90_000, lead_days=20,
    )  # fmt: skip
    assert find(client, fair, heading="8202") == ["Saw"]
    assert find(client, fair, certificate="GS") == ["Pliers"]
    assert find(client, fair, incoterm="CFR") == ["Saw"]
    assert find(client, fair, moq="۵۰۰") == ["Saw"]
    assert find(client, fair, price_to="3") == ["Pliers"]
    assert find(client, fair, price_from="3") == ["Saw"]
    assert find(client, fair, city="yongkang") == ["Pliers", "Saw"]
    assert find(client, fair, sort="hs") == ["Saw", "Pliers"]
    assert find(client, fair, hall="1", sort="price") == ["Pliers", "Saw"]
    assert find(client, fair, sort="lead") == ["Saw", "Pliers"]
    assert find(client, fair, q="saw", certificate="GS") == []


@pytest.mark.parametrize(
    "query",
    [
        {"hall": "99"},
        {"hall": "'; --"},
        {"heading": "x"},
        {"moq": "many"},
        {"moq": "NaN"},
        {"moq": "-5"},
        {"moq": "9" * 25},
        {"price_from": "1,2.3"},
        {"price_from": "5", "price_to": "1"},
        {"sort": "random"},
        {"incoterm": "XXX"},
        {"certificate": '"'},
        {"q": "\x00%_\\'"},
        {"q": "x" * 1000},
    ],
)
def test_invalid_filters_show_an_error_and_narrow_nothing(client: Client, fair: Fair, query: dict[str, str]) -> None:
    make_product(make_exhibitor(fair), "Pliers")
    page = client.get(f"/fairs/{fair.slug}/products/", query)
    assert (page.status_code, names(page)) == (200, ["Pliers"])
    assert sum(map(len, page.context["form"].errors.values())) == 1
    assert 'role="alert"' in page.text


@pytest.mark.parametrize("number", ["-1", "0", "xyz", "2"])
def test_a_page_that_does_not_exist_is_another_one(client: Client, fair: Fair, number: str) -> None:
    make_product(make_exhibitor(fair), "Pliers")
    page = client.get(f"/fairs/{fair.slug}/products/", {"page": number})
    assert (page.status_code, names(page), page.context["form"].errors) == (200, ["Pliers"], {})


def test_pages_of_24(client: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    for number in range(25):
        make_product(exhibitor, f"Pliers {number:02}")
    url = f"/fairs/{fair.slug}/products/"
    first = client.get(url, {"q": "pliers"})
    assert names(first) == [f"Pliers {number:02}" for number in range(24)]
    assert "?q=pliers&amp;page=2" in first.text
    assert names(client.get(url, {"q": "pliers", "page": "2"})) == ["Pliers 24"]
    assert names(client.get(url, {"q": "pliers", "page": "99"})) == ["Pliers 24"]


@pytest.mark.parametrize(("language", "name"), [("en", "Dubai"), ("zh-hans", "迪拜"), ("ur", "Dubai")])
def test_the_city_filter_names_a_city_outside_the_list(client: Client, fair: Fair, language: str, name: str) -> None:
    # One company wrote its city in English, another in Chinese.
    for city_name in ({"en": "Dubai"}, {"zh-hans": "迪拜"}):
        exhibitor = make_exhibitor(fair)
        exhibitor.company.city, exhibitor.company.city_name = "dubai", city_name
        exhibitor.company.save()
        make_product(exhibitor, "Pliers")
    client.cookies["django_language"] = language
    for url in (f"/fairs/{fair.slug}/products/", f"/fairs/{fair.slug}/halls/1/"):
        assert f'<option value="dubai">{name}</option>' in client.get(url).text


def test_booths_are_found_by_company_city_and_goods(client: Client, fair: Fair) -> None:
    first, second = make_exhibitor(fair), make_exhibitor(fair)
    first.company.city = "ningbo"
    first.company.save()
    first.booth.save()
    make_product(first, "Pliers")
    make_product(second, "Hammer", certificates=["GS"])
    url = f"/fairs/{fair.slug}/halls/1/"
    assert companies(client.get(url)) == [first, second]
    assert companies(client.get(url, {"city": "ningbo"})) == [first]
    assert companies(client.get(url, {"q": "hammer"})) == [second]
    assert companies(client.get(url, {"q": "Ningbo"})) == [first]
    assert companies(client.get(url, {"certificate": "GS"})) == [second]
    assert companies(client.get(url, {"kind": "both"})) == [first, second]
    Company.objects.filter(pk=second.company_id).update(kind="trader")
    assert companies(client.get(url, {"kind": "trader"})) == [second]


def test_a_hall_without_booths_says_so(client: Client, fair: Fair) -> None:
    page = client.get(f"/fairs/{fair.slug}/halls/1/")
    assert (page.status_code, 'class="empty"' in page.text) == (200, True)


def test_pages_of_drafts_and_unapproved_exhibitors_are_404(client: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    product = make_product(exhibitor)
    elsewhere = make_fair()
    draft = make_fair(state="draft")
    exhibitor.state = "submitted"
    exhibitor.save()
    for path in (
        f"{fair.slug}/booths/{exhibitor.booth.slug}/",
        f"{fair.slug}/products/{product.pk}/",
        f"{elsewhere.slug}/products/{product.pk}/",
        f"{elsewhere.slug}/booths/{exhibitor.booth.slug}/",
        f"{fair.slug}/halls/2/",
        f"{draft.slug}/halls/1/",
        f"{draft.slug}/products/",
    ):
        assert (path, client.get(f"/fairs/{path}").status_code) == (path, 404)
    assert find(client, fair) == []
    assert companies(client.get(f"/fairs/{fair.slug}/halls/1/")) == []


def test_a_product_of_another_fair_is_found_there_only(client: Client, fair: Fair) -> None:
    product = make_product(make_exhibitor(fair))
    other = make_fair()
    assert client.get(f"/fairs/{fair.slug}/products/{product.pk}/").status_code == 200
    assert client.get(f"/fairs/{other.slug}/products/{product.pk}/").status_code == 404


def test_missing_translations_are_marked_for_readers_and_listed_for_the_company(client: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    make_product(exhibitor, {"en": "Spanner", "zh-hans": "扳手"})
    url = f"/fairs/{fair.slug}/booths/{exhibitor.booth.slug}/"
    client.cookies["django_language"] = "ur"
    page = client.get(url)
    assert '<bdi lang="en" dir="ltr" title=' in page.text
    client.force_login(make_staff(exhibitor))
    client.cookies["django_language"] = "en"
    marks = [re.findall(r'chip--wants">\s*(.*?)\s*<', text) for text in (page.text, client.get(url).text)]
    # Those of the product's name, and of the story that nobody has written.
    assert marks == [[], ["Urdu text missing", "English text missing", "Chinese text missing", "Urdu text missing"]]


def test_what_people_wrote_is_escaped(client: Client, fair: Fair) -> None:
    product = make_product(make_exhibitor(fair), {"en": "<script>alert(1)</script>"})
    for path in ("products/", f"products/{product.pk}/", "products/?q=<script>alert(1)</script>"):
        assert "<script>alert" not in client.get(f"/fairs/{fair.slug}/{path}").text


def test_search_columns_follow_the_row(fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    product = make_product(exhibitor, "Pliers")
    assert "plier" in product.search
    product.name = {"en": "Tongs"}
    product.save()
    product.refresh_from_db()
    assert ("tong" in product.search, "plier" in product.search) == (True, False)
    with translation.override("zh-hans"):
        city = translation.gettext("Yongkang")
    assert city.casefold() in exhibitor.booth.search


def test_a_booth_with_many_products_shows_them_by_pages(client: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    made = [make_product(exhibitor).pk for _ in range(GOODS_PER_PAGE + 1)]
    address = exhibitor.booth.get_absolute_url()
    pages = [client.get(address, query) for query in ({}, {"page": "2"}, {"page": "no"}, {"page": "99"})]
    shown = [[display.product_id for display in page.context["displays"]] for page in pages]
    assert shown == [made[:-1], made[-1:], made[:-1], made[-1:]]
    assert ['href="?page=2"' in pages[0].text, 'href="?page=1"' in pages[1].text] == [True, True]
    assert [page.text.count('id="live"') for page in pages] == [1] * 4


def test_a_booth_on_one_page_has_no_pager(client: Client, fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    make_product(exhibitor)
    assert 'class="pager"' not in client.get(exhibitor.booth.get_absolute_url()).text
