"""A fair that is open, and one of its organisers with a browser."""

import pytest
from django.test import Client

from fairplatform.fairs.models import Fair
from tests.factories import make_fair, make_role
from tests.office.links.handing_out import signed_in


@pytest.fixture
def fair() -> Fair:
    return make_fair()


@pytest.fixture
def organiser(fair: Fair) -> Client:
    return signed_in(make_role(fair, "organiser"))
