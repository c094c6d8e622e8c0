"""People of a fair as others see them: their names, and the company they work for there."""

from collections.abc import Iterable, Mapping
from typing import Any

from fairplatform.accounts.models import Staff, User
from fairplatform.realtime.protocol import Person


def persons(ids: Iterable[int], fair_id: int, *, names: Mapping[int, Any] | None = None) -> dict[int, Person]:
    """Everybody asked for, in two queries however many they are. Who has no name is a number, not an address.

    `names`: those the caller has read already; when it is everybody's, there is one query.
    """
    wanted, known = set(ids), dict(names or {})
    if missing := wanted - known.keys():
        known |= User.objects.filter(pk__in=missing).values_list("pk", "name")
    places = Staff.objects.filter(user__in=wanted, company__participations__fair=fair_id).order_by("-pk")
    companies = dict(places.values_list("user_id", "company__name"))
    return {
        pk: Person(id=pk, name=name or {"en": f"#{pk}"}, company=companies.get(pk, {}))
        for pk, name in known.items()
        if pk in wanted
    }
