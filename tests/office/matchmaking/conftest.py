"""A draft with six slots, an exhibitor and a buyer who suit each other."""

import pytest

from fairplatform.fairs.models import Fair, Participation
from tests.factories import (
    make_buyer,
    make_demand,
    make_exhibitor,
    make_fair,
    make_product,
    make_slots,
)


@pytest.fixture
def fair() -> Fair:
    """A draft with six slots, in which each company should have a meeting."""
    fair = make_fair(state="draft", min_meetings=1)
    make_slots(fair)
    return fair


@pytest.fixture
def seller(fair: Fair) -> Participation:
    seller = make_exhibitor(fair)
    make_product(seller)
    return seller


@pytest.fixture
def buyer(fair: Fair) -> Participation:
    buyer = make_buyer(fair)
    make_demand(buyer)
    return buyer
