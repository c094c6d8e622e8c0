"""Prices that can be stored and are hardly meant are asked back once, before a product is published."""

import re

import pytest

from booths.models import Product
from tests.booth_office.booth_office import BoothOffice, errors
from tests.factories import make_exhibitor, make_fair

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        (
            {"price_low": "999,999,999,999", "price_high": ""},
            "Check the price and the quantity: at USD 999,999,999,999",
        ),
        ({"price_low": "0.01", "price_high": "900"}, "Check the prices: the highest, 900, is more than 100 times"),
        ({"price_low": "50000", "price_high": "60000"}, "Check the price and the quantity: at USD 60,000 per unit,"),
    ],
)
def test_what_is_hardly_meant_is_asked_back_once(fields: dict[str, str], asked: str) -> None:
    office = BoothOffice(make_exhibitor(make_fair()))
    page = office.add(**fields, act="show")
    [sentence] = errors(page)["__all__"]
    assert (sentence.startswith(asked), Product.objects.count()) == (True, 0)
    figures = re.findall(r'name="asked" value="([^"]*)"', page.text)[0]
    assert office.add(**{**fields, "price_high": "9000000"}, asked=figures, act="show").status_code == 409
    assert office.add(**fields, asked=figures, act="show").status_code == 302
    assert office.shown() == [Product.objects.get()]
