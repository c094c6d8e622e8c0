"""People of a fair as others see them: their names, and the company they work for there."""

from collections.abc import Iterable
from typing import Any

from fairplatform.accounts.models import Staff, User
from fairplatform.realtime.protocol import Person


def persons(ids: Iterable[int], fair_id: int) -> dict[int, Person]:
    """Everybody asked for, in two queries however many they are. Who has no name is a number, not an address."""
    wanted = set(ids)
    companies: dict[int, Any] = {}
    places = Staff.objects.filter(user__in=wanted, company__participations__fair=fair_id).order_by("-pk")
    for place in places.select_related("company"):
        companies[place.user_id] = place.company.name
    users = User.objects.filter(pk__in=wanted).only("pk", "name")
    return {u.pk: Person(id=u.pk, name=u.name or {"en": f"#{u.pk}"}, company=companies.get(u.pk, {})) for u in users}
