"""A draft without anything in it, and one of its organisers with a browser."""

from typing import Any

import pytest
from django.test import Client

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, RecruitingUnit
from tests.factories import make_fair, make_role, three
from tests.office.office import Office


@pytest.fixture
def fair() -> Fair:
    fair = make_fair(state="draft", name={"en": "Hardware fair"})
    fair.halls.all().delete()
    return fair


@pytest.fixture
def unit(fair: Fair) -> RecruitingUnit:
    return RecruitingUnit.objects.create(fair=fair, key="county", name=three("County bureau"), country="CN")


@pytest.fixture
def organiser(fair: Fair) -> User:
    return make_role(fair, "organiser")


@pytest.fixture
def office(fair: Fair, client: Client) -> Office:
    return Office(client, fair)


@pytest.fixture
def settings_fields() -> dict[str, Any]:
    """What the form of the fair itself sends, complete."""
    return {
        "name_en": "Hardware fair", "series": "", "host_country": "CN", "host_zone": "Asia/Shanghai",
        "station_country": "PK", "station_zone": "Asia/Karachi", "languages": ["zh", "ur"], "slot_minutes": "25",
        "change_minutes": "5", "rooms": "", "min_meetings": "", "max_meetings": "", "ceremony_at": "",
    }  # fmt: skip
