"""What is typed into the forms of shifts is kept until the server has saved it, as in the other forms of the office."""

import re
from datetime import date, time
from typing import Any

import pytest

from fairplatform.fairs.models import Fair, FairDay
from tests.booth_office.conftest import BoothOffice, position_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def days(fair: Fair) -> list[FairDay]:
    hours = {"starts": time(10), "ends": time(16)}
    return [FairDay.objects.create(fair=fair, number=n, date=date(2020, 5, 13 + n), **hours) for n in (1, 2)]


def kept(page: Any) -> list[tuple[bool, str]]:
    """Of each form that is kept whether it has come back, and where it is sent to."""
    found = re.findall(r'<fair-kept-form( refused)?>.*?<form[^>]* action="([^"]*)"', page.text, re.DOTALL)
    return [(bool(refused), address) for refused, address in found]


def saved(page: Any) -> list[str]:
    return re.findall(r'data-saved="([^"]*)"', page.text)


def test_both_forms_are_kept_until_they_are_saved(clerk: BoothOffice, days: list[FairDay]) -> None:
    adding, copying = (clerk.address(route) for route in ("shift_add", "shift_copy"))
    assert kept(clerk.get("staff")) == [(False, adding), (False, copying)]
    assert kept(clerk.post("shift_add")) == [(True, adding), (False, copying)]
    assert kept(clerk.post("shift_copy")) == [(False, adding), (True, copying)]
    shift = {"staff": position_of(clerk.person).pk, "day": days[0].pk, "starts": "13:00", "ends": "17:00"}
    answer = clerk.post("shift_add", **{f"shift-{name}": value for name, value in shift.items()})
    assert saved(clerk.client.get(answer["Location"])) == [adding]
    answer = clerk.post("shift_copy", **{"copy-of": days[0].pk, "copy-to": [days[1].pk]})
    assert saved(clerk.client.get(answer["Location"])) == [copying]
