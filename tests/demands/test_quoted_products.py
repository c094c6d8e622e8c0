"""A quote of a product of the booth has the product's own terms, which are shown before they are sent."""

from typing import Any

import pytest

from booths.models import Demand, Product, QuoteVersion
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Participation
from tests.demands.pages import browser, errors, shown, url
from tests.factories import make_demand, make_product

pytestmark = pytest.mark.django_db
FILLED = "The HS code, lead time and delivery term of the product have been filled in."


@pytest.fixture
def demand(buyer: Participation) -> Demand:
    return make_demand(buyer, hs_code="820320", incoterm="CFR", place="karachi")


@pytest.fixture
def product(seller: Participation) -> Product:
    return make_product(seller, "Spanners", hs6="820411", lead_days=45, incoterm="FOB", place="shanghai")


def proposed(product: Product, **fields: Any) -> dict[str, Any]:
    """What the form has before anything but the product and the price is chosen."""
    terms = {"hs_code": "8203.20", "incoterm": "CFR", "place": "Karachi", "quantity": "5000", "unit": "pcs"}
    return shown(**{**terms, "product": product.pk, "figure": "1.20", "currency": "USD", **fields})


def sent_again(answer: Any) -> dict[str, Any]:
    """The form as it came back, sent as it is."""
    form = answer.context["form"]
    fields = {name: form[name].value() for name in form.fields if name != "gives_origin"}
    return shown(**{name: getattr(value, "text", value) for name, value in fields.items() if value is not None})


def test_its_terms_take_the_place_of_what_was_proposed(
    fair: Fair, demand: Demand, product: Product, clerk: User
) -> None:
    client, address = browser(clerk), url("quote", fair, demand.pk)
    answer = client.post(address, proposed(product))
    filled, other = errors(answer)["__all__"]
    assert filled.startswith(FILLED)
    assert other.startswith("HS 8204.11 is not under the heading of the demand, HS 8203.20.")
    assert not QuoteVersion.objects.exists()
    assert client.post(address, sent_again(answer)).status_code == 302
    version = QuoteVersion.objects.get()
    names = ("product", "hs_code", "lead_days", "incoterm", "place", "quantity", "price")
    assert [getattr(version, name) for name in names] == [product, "820411", 45, "FOB", "shanghai", 5000, 12_000]


def test_what_was_typed_stays(fair: Fair, demand: Demand, product: Product, clerk: User) -> None:
    client, address = browser(clerk), url("quote", fair, demand.pk)
    answer = client.post(address, proposed(product, hs_code="8203.2000", lead_days="7", incoterm="CIF"))
    assert answer.status_code == 302
    version = QuoteVersion.objects.get()
    assert [getattr(version, name) for name in ("hs_code", "lead_days", "incoterm", "place")] == [
        "82032000", 7, "CIF", "karachi",
    ]  # fmt: skip


def test_another_product_brings_its_own(
    fair: Fair, seller: Participation, demand: Demand, product: Product, clerk: User
) -> None:
    client, address = browser(clerk), url("quote", fair, demand.pk)
    client.post(address, sent_again(client.post(address, proposed(product))))
    pliers = make_product(seller, "Pliers", hs6="820320", lead_days=20, incoterm="FOB", place="shanghai")
    answer = client.post(address, {**sent_again(client.get(address)), "product": pliers.pk})
    [sentence] = errors(answer)["__all__"]
    assert sentence.startswith(FILLED)
    client.post(address, sent_again(answer))
    assert list(QuoteVersion.objects.values_list("product", "hs_code", "lead_days")) == [
        (product.pk, "820411", 45), (pliers.pk, "820320", 20),
    ]  # fmt: skip


def test_goods_of_another_heading_are_asked_back(fair: Fair, demand: Demand, clerk: User) -> None:
    client, address = browser(clerk), url("quote", fair, demand.pk)
    fields = shown(words="Locks", hs_code="8301.10", figure="1.20", unit="pcs", currency="USD")
    answer = client.post(address, fields)
    [sentence] = errors(answer)["__all__"]
    assert sentence.startswith("HS 8301.10 is not under the heading of the demand, HS 8203.20.")
    assert client.post(address, sent_again(answer)).status_code == 302
