"""The filters that are about one product, which exhibitors are found by as products are."""

import re

import pytest
from django.test import Client

from booths.forms import TERMS
from fairplatform.fairs.models import Fair, Hall
from fairplatform.workbook.kinds import Incoterm
from tests.factories import make_exhibitor, make_fair, make_product, three

from .test_directory import chips, exhibitor, found, products, values_of

pytestmark = [pytest.mark.django_db, pytest.mark.either]


@pytest.fixture
def fair() -> Fair:
    return make_fair()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"moq": "100"}, ["Locks"]),
        ({"moq": "3000"}, ["Tools", "Locks"]),
        ({"price_to": "5"}, ["Tools"]),
        ({"price_from": "6", "currency": "USD"}, ["Locks"]),
        ({"price_to": "20", "currency": "CNY"}, ["Tools"]),
        ({"currency": "CNY"}, ["Tools"]),
        ({"incoterm": "DPU"}, ["Locks"]),
        # Each has a product for one of the two, neither has one for both.
        ({"moq": "100", "price_to": "5"}, []),
        ({"moq": "100", "heading": "8203"}, []),
        ({"moq": "100", "heading": "8301", "incoterm": "DPU", "certificate": "CE"}, ["Locks"]),
        ({"q": "tools", "moq": "3000"}, ["Tools"]),
    ],
)
def test_an_exhibitor_is_found_by_a_product_that_fits_all(
    client: Client, fair: Fair, query: dict[str, str], names: list[str]
) -> None:
    tools, locks = exhibitor(fair, "Tools"), exhibitor(fair, "Locks")
    make_product(tools, moq=3_000)
    make_product(tools, moq=3_000, currency="CNY", price_low=100_000, price_high=100_000)
    dear = {"price_low": 70_000, "price_high": 90_000}
    make_product(locks, hs6="830110", moq=100, incoterm="DPU", certificates=["CE (EN 12209)"], **dear)
    assert found(client, fair, **query) == names


def test_figures_are_ordered_within_one_currency_and_unit(client: Client, fair: Fair) -> None:
    maker = make_exhibitor(fair)
    for name, price, moq, fields in (
        ("A dozen", 50_000, 10, {"price_unit": "dozen", "moq_unit": "dozen"}),
        ("No price", None, None, {"moq_unit": ""}),
        ("Yuan", 20_000, 5, {"currency": "CNY", "price_unit": "pcs"}),
        ("Dear", 90_000, 3_000, {}),
        ("Cheap", 10_000, 4_000, {}),
    ):
        make_product(maker, name, price_low=price, price_high=price, moq=moq, **fields)
    assert products(client, fair, sort="price") == ["Cheap", "Dear", "A dozen", "Yuan", "No price"]
    assert products(client, fair, sort="moq") == ["Yuan", "Dear", "Cheap", "A dozen", "No price"]


def test_a_unit_narrows_prices_and_minimum_orders(client: Client, fair: Fair) -> None:
    maker = make_exhibitor(fair)
    for name, unit, minimum in (("Piece", "pcs", "pcs"), ("Carton", "pcs", "carton"), ("Dozen", "dozen", "dozen")):
        make_product(maker, name, price_unit=unit, moq_unit=minimum, moq=10)
    found = [products(client, fair, unit="pcs", **more) for more in ({}, {"price_to": "9"}, {"moq": "99"})]
    assert found == [["Piece", "Carton"], ["Piece", "Carton"], ["Piece"]]
    page = client.get(f"/fairs/{fair.slug}/products/").text
    assert values_of(page, "unit") == ["", "pcs", "dozen", "carton"]


def test_an_exhibitor_of_one_hall_is_found_by_price_too(client: Client, fair: Fair) -> None:
    make_product(exhibitor(fair, "Tools"), price_low=20_000, price_high=20_000)
    for price, names in (("1", []), ("3", ["Tools"])):
        page = client.get(f"/fairs/{fair.slug}/halls/1/?price_to={price}")
        assert [str(booth.participation.company.name) for booth in page.context["page"]] == names
    assert chips(page.text) == [("Maximum price: USD 3", "")]


def test_a_certificate_is_found_by_its_name_whatever_follows_in_brackets(client: Client, fair: Fair) -> None:
    maker = make_exhibitor(fair)
    stated = {
        "Plain": ["GS", "CE"], "For pressure": ["CE (PED)"], "Close": ["CE(LVD)"], "Chinese": ["CE（EN 1154）"],
        "Lower": ["ce"], "Other": ["CE-M", "TCE"], "Own": ["强制认证（电动工具）"],
    }  # fmt: skip
    for name, certificates in stated.items():
        make_product(maker, name, certificates=certificates)
    assert products(client, fair, certificate="CE") == ["Plain", "For pressure", "Close", "Chinese", "Lower"]
    assert products(client, fair, certificate="强制认证") == ["Own"]
    page = client.get(f"/fairs/{fair.slug}/products/").text
    assert values_of(page, "certificate") == ["", "CE", "CE-M", "GS", "TCE", "强制认证"]


def test_the_terms_to_choose_from_are_those_that_products_can_have() -> None:
    assert [term for term, _name in TERMS] == list(Incoterm().values)


def test_a_product_is_found_in_the_hall_that_its_exhibitor_chose(client: Client, fair: Fair) -> None:
    maker = exhibitor(fair, "Tools")
    other = Hall.objects.create(fair=fair, number=2, name=three("Locks"), pattern=2)
    make_product(maker)
    lock = make_product(maker, "Padlock")
    lock.displays.update(hall=other)
    assert [products(client, fair, hall=number) for number in ("1", "2")] == [["Pliers"], ["Padlock"]]
    page = client.get(f"/fairs/{fair.slug}/products/{lock.pk}/").text
    assert re.findall(r'href="[^"]*\?hall=(\d+)"><bdi[^>]*>([^<]*)<', page) == [("2", "Locks")]


def test_the_sector_is_the_hall(client: Client, fair: Fair) -> None:
    make_product(exhibitor(fair, "Tools"))
    for path in ("halls", "products"):
        assert chips(client.get(f"/fairs/{fair.slug}/{path}/?hall=1").text) == [("Sector (hall): Hand tools", "")]
