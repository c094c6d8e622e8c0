"""The list of a fair's companies: found in any script, narrowed by filters that the address keeps."""

import pytest
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import CompanyIdentifier
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit
from fairplatform.office.companies import queries
from fairplatform.office.companies.filters import CompanyFilter
from tests.factories import make_buyer, make_exhibitor, make_fair, make_participation, make_role, make_staff, three

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair() -> Fair:
    return make_fair()


def listed(fair: Fair, **values: str) -> list[Participation]:
    form = CompanyFilter(values, fair)  # type: ignore[arg-type]  # a plain dictionary does for single values
    assert form.errors == {}
    return list(queries.narrow(queries.companies(fair), form.values))


def named(participation: Participation, **names: str) -> Participation:
    participation.company.name = names
    participation.company.save()
    return participation


def test_companies_are_found_by_name_number_and_contact(fair: Fair) -> None:
    tools = named(make_exhibitor(fair), **{"en": "Hongda Tools", "zh-hans": "永康宏达工具", "ur": "ہونگڈا ٹولز"})
    CompanyIdentifier.objects.create(company=tools.company, scheme="registration", value="91330784MA2E9ABC1X")
    tools.contact_name, tools.contact_mobile = {"zh-hans": "李娜"}, "+86 138 5799 0001"
    tools.save()
    person = make_staff(tools, email="li.na@hongda.example")
    other = make_buyer(fair)
    queries_ = [
        "hongda tools",
        "宏达",
        "宏達",
        "هونگڈا",
        "ھونگڈا",
        "ma2e9abc1x",
        "李娜",
        "13857990001",
        "li.na@hongda",
        str(person.name),
    ]
    assert {query: listed(fair, q=query) for query in queries_} == {query: [tools] for query in queries_}
    assert listed(fair, q="nobody has this") == []
    assert listed(fair, q="Company") == [other]


def test_every_filter_narrows_the_list(fair: Fair) -> None:
    unit = RecruitingUnit.objects.create(fair=fair, name=three("Jinhua"), country="CN", key="jinhua")
    seller = named(make_exhibitor(fair), en="A", **{"zh-hans": "甲"})
    seller.unit = unit
    seller.save()
    buyer = make_buyer(fair)
    make_staff(buyer)
    waiting = make_participation(fair, sells=True, country="AE", city="dubai")
    Participation.objects.filter(pk=waiting.pk).update(state="waiting", hall=None)
    make_exhibitor(make_fair())
    expected = {
        ("part", "sells"): {seller, waiting},
        ("part", "buys"): {buyer},
        ("state", "waiting"): {waiting},
        ("unit", str(unit.pk)): {seller},
        ("hall", "1"): {seller},
        ("country", "PK"): {buyer},
        ("without", "people"): {seller, waiting},
        ("without", "languages"): {buyer},
        ("without", "hall"): {waiting},
        ("without", "ur"): {seller},
        ("without", "en"): set(),
        ("sort", "state"): {seller, buyer, waiting},
    }
    assert {key: set(listed(fair, **{key[0]: key[1]})) for key in expected} == expected


def test_list_is_sorted_by_the_name_shown(fair: Fair) -> None:
    last, first = named(make_buyer(fair), en="Zebra"), named(make_buyer(fair), ur="ا", en="Alpha")
    assert listed(fair) == [first, last]
    assert listed(fair, sort="new") == [first, last]
    middle = named(make_buyer(fair), **{"zh-hans": "中"})  # without an English name, by the next one
    assert listed(fair) == [first, last, middle]


def test_page_keeps_the_filters_and_says_what_is_missing(client: Client, fair: Fair) -> None:
    for _n in range(25):
        named(make_buyer(fair), en="Brothers & Sons")
    client.force_login(make_role(fair, "organiser"))
    page = client.get(reverse("office:companies", args=[fair.slug]), {"part": "buys", "q": "sons"})
    text = page.content.decode()
    assert [page.context["page"].paginator.count, "?q=sons&amp;part=buys&amp;page=2" in text] == [25, True]
    assert text.count("No name: Urdu") == 24


def test_list_reads_the_same_number_of_queries_for_many_companies(
    client: Client, fair: Fair, django_assert_max_num_queries: object
) -> None:
    client.force_login(make_role(fair, "organiser"))
    for _n in range(24):
        make_exhibitor(fair)
    with django_assert_max_num_queries(22):  # type: ignore[operator]
        client.get(reverse("office:companies", args=[fair.slug]))
