"""Two managers who act on each other at once: one of them succeeds, and the company keeps a manager."""

from collections.abc import Callable

import pytest
from django.http import QueryDict

from fairplatform.accounts.models import Staff, User
from fairplatform.booth_office.staff.actions import change_colleague, end_work
from fairplatform.fairs.models import Participation
from tests.factories import actor, make_exhibitor, make_fair, make_staff
from tests.racing import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.either("fairplatform.booth_office.staff.actions"),
]
ROUNDS = 5


def demotes(exhibitor: Participation, one: User, other: User) -> Callable[[], object]:
    position = Staff.objects.get(user=other)
    fields = QueryDict(mutable=True)
    fields.update({
        "person-name_en": "One", "person-country": "CN", "person-language": "en", "position-position": "",
    })  # fmt: skip
    by, slug = actor(one), exhibitor.fair.slug
    return lambda: change_colleague(by, fair=slug, staff=position.pk, data=fields)


def ends(exhibitor: Participation, one: User, other: User) -> Callable[[], object]:
    position, by, slug = Staff.objects.get(user=other), actor(one), exhibitor.fair.slug
    return lambda: end_work(by, fair=slug, staff=position.pk)


@pytest.mark.parametrize("act", [demotes, ends])
def test_of_two_managers_who_act_on_each_other_one_stays(act: Callable[..., Callable[[], object]]) -> None:
    for _round in range(ROUNDS):
        exhibitor = make_exhibitor(make_fair())
        one, other = make_staff(exhibitor), make_staff(exhibitor)
        results = at_once(act(exhibitor, one, other), act(exhibitor, other, one))
        assert (results["done"], sum(results.values())) == (1, 2)
        assert Staff.objects.filter(company=exhibitor.company, is_manager=True).count() == 1
