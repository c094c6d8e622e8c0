"""What a person is in a fair: read in two queries, kept on the loaded person."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps

from fairplatform.policy import Role


@dataclass(frozen=True)
class Standing:
    """General roles in the fair, and the participations the person works for or manages."""

    roles: frozenset[Role] = frozenset()
    staff_of: frozenset[int] = frozenset()
    manager_of: frozenset[int] = frozenset()
    units: frozenset[int] = field(default_factory=frozenset)


NOBODY = Standing()


def standing(person: Any, fair_id: int) -> Standing:
    if not person.is_authenticated or not person.is_active:
        return NOBODY
    if fair_id not in person.standings:
        person.standings[fair_id] = _read(person, fair_id)
    return person.standings[fair_id]


def _read(person: Any, fair_id: int) -> Standing:
    # By name: the models of this app import this module.
    participation, assignment = apps.get_model("fairs.Participation"), apps.get_model("fairs.RoleAssignment")
    places = participation.objects.filter(fair=fair_id, state="approved", company__staff__user=person).values_list(
        "pk", "sells", "buys", "company__staff__is_manager"
    )
    assigned = list(assignment.objects.filter(fair=fair_id, user=person).values_list("role", "unit"))
    roles = {Role.PERSON, *(Role(role) for role, _ in assigned)}
    for _pk, sells, buys, _manager in places:
        roles |= {role for role, has in ((Role.EXHIBITOR, sells), (Role.BUYER, buys)) if has}
    return Standing(
        roles=frozenset(roles),
        staff_of=frozenset(pk for pk, *_ in places),
        manager_of=frozenset(pk for pk, _s, _b, manager in places if manager),
        units=frozenset(unit for role, unit in assigned if role == Role.DELEGATED and unit),
    )
