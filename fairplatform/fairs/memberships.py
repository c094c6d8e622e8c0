"""What a person is in a fair: read in one query, kept on the loaded person."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

from fairplatform.db.sql import execute
from fairplatform.policy import Role

if TYPE_CHECKING:
    from fairplatform.accounts.models import User

# Hand-written SQL, because every page and every join reads it: 0.03 ms, 0.64 as two queries of the ORM.
_PARTICIPATIONS_AND_ROLES = """
SELECT participation.id, participation.sells, participation.buys, staff.is_manager, '' AS role, NULL AS unit
    FROM fairs_participation participation JOIN accounts_staff staff ON staff.company_id = participation.company_id
    WHERE participation.fair_id = %(fair)s AND participation.state = 'approved' AND staff.user_id = %(person)s
UNION ALL
SELECT NULL, NULL, NULL, NULL, role, unit_id FROM fairs_roleassignment
    WHERE fair_id = %(fair)s AND user_id = %(person)s
"""


@dataclass(frozen=True)
class Memberships:
    """A person's roles in one fair, and the keys of what they belong to there.

    `staff_of`, `manager_of`: approved participations whose company the person works for, or manages.
    `units`: recruiting units the person is a delegated organiser of; `liaison_of`: those it is a liaison officer of.
    """

    roles: frozenset[Role] = frozenset()
    staff_of: frozenset[int] = frozenset()
    manager_of: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    liaison_of: frozenset[int] = frozenset()


NONE = Memberships()


def memberships(person: "User | AnonymousUser", fair_id: int) -> Memberships:
    """Empty for a visitor and for a person who is not active."""
    if isinstance(person, AnonymousUser) or not person.is_active:
        return NONE
    by_fair = person.memberships_by_fair
    if fair_id not in by_fair:
        by_fair[fair_id] = _read(person.pk, fair_id)
    return by_fair[fair_id]


def _read(person_id: int, fair_id: int) -> Memberships:
    rows = execute(_PARTICIPATIONS_AND_ROLES, {"fair": fair_id, "person": person_id})
    participations = [row for row in rows if row[0] is not None]
    assigned = [(Role(role), unit) for *_, role, unit in rows if role]
    roles = {Role.PERSON, *(role for role, _ in assigned)}
    for _pk, sells, buys, *_ in participations:
        roles |= {role for role, applies in ((Role.EXHIBITOR, sells), (Role.BUYER, buys)) if applies}
    return Memberships(
        roles=frozenset(roles),
        staff_of=frozenset(pk for pk, *_ in participations),
        manager_of=frozenset(pk for pk, _sells, _buys, is_manager, *_ in participations if is_manager),
        units=frozenset(unit for role, unit in assigned if role == Role.DELEGATED and unit),
        liaison_of=frozenset(unit for role, unit in assigned if role == Role.LIAISON and unit),
    )
