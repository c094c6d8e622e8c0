"""Migrations of booths, on the rows of an existing fair."""

import pytest
from django.core.management import call_command

from booths.models import Booth, Demand, Product
from booths.queries import ANYBODY
from booths.searching import search
from fairplatform.fairs.models import Participation
from tests.factories import make_buyer, make_demand, make_exhibitor, make_fair, make_product

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either("booths.full_text")]


def test_stated_codes_have_digits_only_and_all_rows_are_indexed_again() -> None:
    exhibitor = make_exhibitor(make_fair())
    make_product(exhibitor, "Hook")
    buyer = make_buyer(exhibitor.fair)
    make_demand(buyer)
    models = (Booth, Demand, Product)
    indexed = [list(model.objects.values_list("search_title", "search")) for model in models]
    call_command("migrate", "booths", "0013", verbosity=0)
    Participation.objects.filter(pk=buyer.pk).update(wants=["82.03", "8203 20", "8203", "8301"])
    for model in models:
        model.objects.update(search_title="", search="")
    call_command("migrate", verbosity=0)
    assert [list(model.objects.values_list("search_title", "search")) for model in models] == indexed
    buyer.refresh_from_db()
    assert buyer.wants == ["8203", "820320", "8301"]
    assert [row.kind for row in search(exhibitor.fair, ANYBODY, "hook").rows] == ["product", "booth"]
