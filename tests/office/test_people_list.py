"""The list of a fair's people: searched in any script, narrowed by what they are in the fair."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import PersonalLink, User
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit, Registration
from fairplatform.office.people import queries
from fairplatform.office.people.filters import PersonFilter
from tests.factories import NOW, make_buyer, make_exhibitor, make_fair, make_role, make_staff, three

pytestmark = pytest.mark.django_db


def listed(fair: Fair, **values: str) -> set[User]:
    organiser = fair.roles.filter(role="organiser").earliest("pk").user
    form = PersonFilter(values, fair)  # type: ignore[arg-type]  # a plain dictionary does for single values
    assert form.errors == {}
    return set(queries.narrow(fair, organiser, queries.sorted_people(fair, organiser), form.values))


def test_people_are_searched_and_narrowed() -> None:
    fair = make_fair()
    organiser = make_role(fair, "organiser")
    unit = RecruitingUnit.objects.create(fair=fair, key="jinhua", name=three("Jinhua"), country="CN")
    exhibitor = make_exhibitor(fair)
    Participation.objects.filter(pk=exhibitor.pk).update(unit=unit)
    seller = make_staff(exhibitor, name={"zh-hans": "李娜", "ur": "لی نا"}, language="zh-hans", phone="+8613857990001")
    Registration.objects.create(fair=fair, user=seller, key="li-na", accepted_at=NOW)
    PersonalLink.objects.create(
        user=seller, digest="1" * 64, code_digest="2" * 64, expires_at=NOW + timedelta(days=90_000)
    )
    interpreter = make_role(fair, "interpreter")
    mute = make_staff(exhibitor, is_manager=False, email=None)
    make_staff(make_buyer(make_fair()))
    everybody = {seller, mute, interpreter, organiser}
    expected = {
        ("q", "李"): {seller},
        ("q", "لي نا"): {seller},
        ("q", "138579"): {seller},
        ("q", "li-na"): {seller},
        ("q", str(interpreter.email)): {interpreter},
        ("company", str(exhibitor.company.name)): {seller, mute},
        ("unit", str(unit.pk)): {seller, mute},
        ("role", "manager"): {seller},
        ("role", "staff"): {mute},
        ("role", "interpreter"): {interpreter},
        ("language", "zh-hans"): {seller},
        ("access", "without"): everybody - {seller},
        ("access", "none"): {mute},
        ("access", "unopened"): {seller},
        ("access", "invited"): set(),
    }
    assert {key: listed(fair, **{key[0]: key[1]}) for key in expected} == expected
    assert listed(fair) == everybody


def test_list_reads_the_same_number_of_queries_for_many_people(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    fair = make_fair()
    client.force_login(make_role(fair, "organiser"))
    for _n in range(24):
        make_staff(make_exhibitor(fair))
    with django_assert_max_num_queries(20):
        client.get(reverse("office:people", args=[fair.slug]))
