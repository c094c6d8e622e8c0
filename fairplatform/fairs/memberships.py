"""What a person is in a fair: read in one query, kept on the loaded person."""

from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from fairplatform.policy import Role

# Written out: every page and every join asks it, and building the query takes ten times as long as answering it.
_PLACES_AND_ROLES = """
SELECT place.id, place.sells, place.buys, staff.is_manager, '' AS role, NULL AS unit
    FROM fairs_participation place JOIN accounts_staff staff ON staff.company_id = place.company_id
    WHERE place.fair_id = %(fair)s AND place.state = 'approved' AND staff.user_id = %(person)s
UNION ALL
SELECT NULL, NULL, NULL, NULL, role, unit_id FROM fairs_roleassignment
    WHERE fair_id = %(fair)s AND user_id = %(person)s
"""


@dataclass(frozen=True)
class Memberships:
    """General roles in the fair, and the participations the person works for or manages."""

    roles: frozenset[Role] = frozenset()
    staff_of: frozenset[int] = frozenset()
    manager_of: frozenset[int] = frozenset()
    units: frozenset[int] = field(default_factory=frozenset)


NOBODY = Memberships()


def memberships(person: Any, fair_id: int) -> Memberships:
    if not person.is_authenticated or not person.is_active:
        return NOBODY
    kept = person.memberships_by_fair
    if fair_id not in kept:
        kept[fair_id] = _read(person, fair_id)
    result: Memberships = kept[fair_id]
    return result


def _read(person: Any, fair_id: int) -> Memberships:
    with connection.cursor() as cursor:
        cursor.execute(_PLACES_AND_ROLES, {"fair": fair_id, "person": person.pk})
        rows = cursor.fetchall()
    places = [row for row in rows if row[0] is not None]
    assigned = [(Role(role), unit) for *_, role, unit in rows if role]
    roles = {Role.PERSON, *(role for role, _ in assigned)}
    for _pk, sells, buys, *_ in places:
        roles |= {role for role, has in ((Role.EXHIBITOR, sells), (Role.BUYER, buys)) if has}
    return Memberships(
        roles=frozenset(roles),
        staff_of=frozenset(pk for pk, *_ in places),
        manager_of=frozenset(pk for pk, _sells, _buys, manager, *_ in places if manager),
        units=frozenset(unit for role, unit in assigned if role == Role.DELEGATED and unit),
    )
