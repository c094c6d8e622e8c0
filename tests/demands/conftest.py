"""A fair at half past noon with a buyer and an exhibitor, and somebody of each."""

from collections.abc import Iterator

import pytest
import time_machine

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Participation
from tests.factories import NOW, make_buyer, make_exhibitor, make_fair, make_staff


@pytest.fixture(autouse=True)
def _at_the_fair() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def fair() -> Fair:
    return make_fair()


@pytest.fixture
def buyer(fair: Fair) -> Participation:
    return make_buyer(fair)


@pytest.fixture
def person(buyer: Participation) -> User:
    """Manages the buyer."""
    return make_staff(buyer)


@pytest.fixture
def seller(fair: Fair) -> Participation:
    return make_exhibitor(fair)


@pytest.fixture
def clerk(seller: Participation) -> User:
    """Manages the exhibitor."""
    return make_staff(seller)
