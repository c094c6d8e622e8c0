"""What the API says of fairs, halls, booths and products, and to whom."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from booths.models import Display, Product
from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Fair, FairDay, Hall, Participation
from fairplatform.policy import Role
from tests.factories import make_buyer, make_exhibitor, make_fair, make_product, make_role, make_staff, three

pytestmark = [pytest.mark.django_db, pytest.mark.either]
HERE = "http://127.0.0.1:8000"


def said(text: str) -> dict[str, str]:
    return {"en": text, "zh": f"{text}（中）", "ur": f"{text} (ار)"}


NOTHING_SAID = {"en": None, "zh": None, "ur": None}
NOTHING_SHOWN: dict[str, Any] = {"gallery": [], "documents": []}


@pytest.fixture
def fair() -> Fair:
    return make_fair()


def read(path: str, status: int = 200, client: Client | None = None) -> Any:
    response = (client or Client()).get(f"/api/v1/{path}")
    assert response.status_code == status, response.content
    return response.json()


def company_as_read(company: Company) -> dict[str, Any]:
    return {
        "name": said(company.name["en"]),
        "tagline": NOTHING_SAID,
        "kind": "both",
        "country": "CN",
        "city": {"en": "Yongkang", "zh": "永康", "ur": "یونگ کانگ"},
        "verified": False,
        "demo": False,
    }


def booth_as_read(exhibitor: Participation) -> dict[str, Any]:
    slug = exhibitor.booth.slug
    return {
        "slug": slug,
        "number": exhibitor.booth.number,
        "hall": 1,
        "company": company_as_read(exhibitor.company),
        "logo": None,
        "url": f"{HERE}/fairs/{exhibitor.fair.slug}/booths/{slug}/",
    }


def product_as_read(product: Product, exhibitor: Participation) -> dict[str, Any]:
    return {
        "key": str(product.pk),
        "article": None,
        "name": said("Pliers"),
        "description": NOTHING_SAID,
        "hs": "820320",
        "heading": "8203",
        "booth": exhibitor.booth.slug,
        "company": said(exhibitor.company.name["en"]),
        "price": {"low": "1.10", "high": "2.40", "currency": "USD", "unit": "pcs"},
        "minimum_order": {"amount": 3000, "unit": "pcs"},
        "pieces_per_carton": None,
        "incoterm": "FOB",
        "place": {"en": "Ningbo", "zh": "宁波", "ur": "ننگ بو"},
        "lead_days": 30,
        "certificates": ["CE"],
        "picture": None,
        "url": f"{HERE}/fairs/{exhibitor.fair.slug}/products/{product.pk}/",
    }


def test_a_fair_with_its_days(fair: Fair) -> None:
    FairDay.objects.create(fair=fair, number=1, date=date(2030, 5, 14))
    Fair.objects.filter(pk=fair.pk).update(state="closed", station={"ur": "لاہور"})
    expected = {
        "slug": fair.slug,
        "name": said(fair.name["en"]),
        "station": NOTHING_SAID | {"ur": "لاہور"},
        "theme": NOTHING_SAID,
        "state": "closed",
        "host_country": "CN",
        "station_country": "PK",
        "host_zone": "Asia/Shanghai",
        "station_zone": "Asia/Karachi",
        "days": [{"number": 1, "date": "2030-05-14"}],
        "url": f"{HERE}/fairs/{fair.slug}/",
    }
    assert read(f"fairs/{fair.slug}") == expected
    assert read("fairs") == {"results": [expected], "total": 1}


def test_halls_with_the_number_of_their_booths(fair: Fair) -> None:
    make_exhibitor(fair)
    Participation.objects.filter(pk=make_exhibitor(fair).pk).update(state="submitted")
    Hall.objects.create(fair=fair, number=2, name={"zh-hans": "泵"}, headings=[])
    url = f"{HERE}/fairs/{fair.slug}/halls"
    assert read(f"fairs/{fair.slug}/halls") == {
        "results": [
            {"number": 1, "name": said("Hand tools"), "headings": ["8203"], "exhibitors": 1, "url": f"{url}/1/"},
            {"number": 2, "name": NOTHING_SAID | {"zh": "泵"}, "headings": [], "exhibitors": 0, "url": f"{url}/2/"},
        ],
        "total": 2,
    }


def test_booths_of_the_fair_and_of_one_hall(fair: Fair) -> None:
    one, other = make_exhibitor(fair), make_exhibitor(fair)
    other.booth.hall = Hall.objects.create(fair=fair, number=2, name=three("Pumps"))
    other.booth.save()
    make_exhibitor(make_fair())
    path = f"fairs/{fair.slug}/booths"
    both = [booth_as_read(one), booth_as_read(other) | {"hall": 2}]
    assert read(path) == {"results": both, "total": 2}
    assert read(f"{path}?hall=2") == {"results": both[1:], "total": 1}
    assert read(f"{path}?hall=3") == {"results": [], "total": 0}


def test_one_booth_with_what_its_company_tells(fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    Company.objects.filter(pk=exhibitor.company_id).update(
        story=three("Since long"), founded=1987, employees=40, verified_at=timezone.now(), city="daska",
        city_name={"ur": "ڈسکہ"}, legal_name="Not shown",
    )  # fmt: skip
    company = company_as_read(exhibitor.company) | {"verified": True, "city": NOTHING_SAID | {"ur": "ڈسکہ"}}
    detail = {"story": said("Since long"), "address": NOTHING_SAID, "founded": 1987, "employees": 40}
    expected = booth_as_read(exhibitor) | {"company": company} | detail | {"banner": None} | NOTHING_SHOWN
    assert read(f"fairs/{fair.slug}/booths/{exhibitor.booth.slug}") == expected


def test_products_of_the_fair_of_a_booth_and_of_an_hs_code(fair: Fair) -> None:
    exhibitor, other = make_exhibitor(fair), make_exhibitor(fair)
    pliers, locks = make_product(exhibitor), make_product(other, hs6="830140")
    rows = [product_as_read(pliers, exhibitor), product_as_read(locks, other) | {"hs": "830140", "heading": "8301"}]
    path = f"fairs/{fair.slug}/products"
    assert read(path) == {"results": rows, "total": 2}
    assert read(f"{path}?booth={other.booth.slug}") == {"results": rows[1:], "total": 1}
    assert read(f"{path}?hs=82") == {"results": rows[:1], "total": 1}
    assert read(f"{path}?hs=8301&booth={exhibitor.booth.slug}") == {"results": [], "total": 0}
    assert read(f"{path}/{pliers.pk}") == rows[0] | NOTHING_SHOWN


def test_a_product_that_says_little(fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    product = make_product(
        exhibitor, hs6="8203", price_low=None, price_high=None, moq=None, moq_unit="", incoterm="", place="",
        lead_days=None, certificates=[],
    )  # fmt: skip
    expected = {"hs": None, "price": None, "minimum_order": None, "incoterm": None, "lead_days": None}
    empty: dict[str, Any] = {"certificates": [], "place": NOTHING_SAID}
    assert read(f"fairs/{fair.slug}/products")["results"] == [product_as_read(product, exhibitor) | expected | empty]


def test_prices_are_written_out_and_a_place_is_as_it_was_written(fair: Fair) -> None:
    exhibitor = make_exhibitor(fair)
    product = make_product(exhibitor, price_low=125, price_high=12_000_000, currency="PKR", place="Port of Gwadar")
    found = read(f"fairs/{fair.slug}/products/{product.pk}")
    assert found["price"] == {"low": "0.0125", "high": "1200.00", "currency": "PKR", "unit": "pcs"}
    assert found["place"] == NOTHING_SAID | {"en": "Port of Gwadar"}


def test_lists_come_in_parts(fair: Fair) -> None:
    exhibitors = [make_exhibitor(fair) for _ in range(5)]
    path = f"fairs/{fair.slug}/booths"
    assert read(f"{path}?limit=2&offset=1") == {"results": [booth_as_read(one) for one in exhibitors[1:3]], "total": 5}
    assert read(f"{path}?offset=5") == {"results": [], "total": 5}
    assert len(read(f"{path}?limit=100")["results"]) == 5


def hidden_things() -> list[str]:
    """Addresses of what a visitor may not see."""
    draft, fair = make_fair(state="draft"), make_fair()
    drafted, waiting, seller = make_exhibitor(draft), make_exhibitor(fair), make_exhibitor(fair)
    Participation.objects.filter(pk=waiting.pk).update(state="waiting")
    product, taken_away = make_product(waiting), make_product(seller)
    Display.objects.filter(product=taken_away).delete()
    elsewhere = make_exhibitor(make_fair())
    return [
        *(f"fairs/{draft.slug}{path}" for path in ("", "/halls", "/booths", "/products")),
        f"fairs/{draft.slug}/booths/{drafted.booth.slug}",
        f"fairs/{draft.slug}/products/{make_product(drafted).pk}",
        f"fairs/{fair.slug}/booths/{waiting.booth.slug}",
        f"fairs/{fair.slug}/products/{product.pk}",
        f"fairs/{fair.slug}/products/{taken_away.pk}",
        f"fairs/{fair.slug}/booths/{elsewhere.booth.slug}",
        f"fairs/{fair.slug}/products/{make_product(elsewhere).pk}",
        f"fairs/{fair.slug}/products/99999999999999999999999999",
        "fairs/nowhere",
    ]


def test_what_a_visitor_may_not_see_is_not_found_by_anybody(fair: Fair) -> None:
    """Not by its own people either, whose session changes nothing here."""
    paths = hidden_things()
    people = [make_staff(row) for row in Participation.objects.exclude(fair=fair)]
    people += [make_role(each, Role.ORGANISER) for each in Fair.objects.exclude(pk=fair.pk)]
    clients = [Client() for _ in range(len(people) + 1)]
    for client, person in zip(clients, people, strict=False):
        client.force_login(person)
    assert {client.get(f"/api/v1/{path}").status_code for client in clients for path in paths} == {404}


def test_lists_leave_out_what_a_visitor_may_not_see(fair: Fair) -> None:
    exhibitor, waiting = make_exhibitor(fair), make_exhibitor(fair)
    product = make_product(exhibitor)
    make_product(waiting)
    Participation.objects.filter(pk=waiting.pk).update(state="submitted")
    make_fair(state="draft")
    make_buyer(fair)
    client = Client()
    client.force_login(make_staff(waiting))
    path = f"fairs/{fair.slug}"
    assert read(f"{path}/booths", client=client) == {"results": [booth_as_read(exhibitor)], "total": 1}
    assert read(f"{path}/products", client=client) == {"results": [product_as_read(product, exhibitor)], "total": 1}
    assert [row["slug"] for row in read("fairs", client=client)["results"]] == [fair.slug]


@pytest.mark.parametrize(
    ("path", "queries"), [("", 3), ("/halls", 4), ("/booths", 5), ("/products", 4)]
)  # content version, fair, rows, total; of booths the logos of their companies
def test_the_number_of_queries_does_not_grow(
    fair: Fair, path: str, queries: int, django_assert_num_queries: Any
) -> None:
    for number in range(2, 5):
        Hall.objects.create(fair=fair, number=number, name=three("Hall"))
        make_product(make_exhibitor(fair))
    with django_assert_num_queries(queries):
        read(f"fairs/{fair.slug}{path}")
