"""Who is at the booths now, and what languages their staff speak: what changes without any change to a booth."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from fairplatform.accounts.models import Staff
from fairplatform.content_cache.store import cached
from fairplatform.db.sql import chunks
from fairplatform.fairs.models import Fair
from fairplatform.realtime import topic_names
from fairplatform.realtime.hub import HUB
from fairplatform.realtime.protocol import Person

from .models import Booth

# How a language of the pages may be written among those that a person speaks.
_SPOKEN = {"zh-hans": ("zh-hans", "zh")}
_STAFF = "participation__company__staff"  # from a booth


class Headcount(NamedTuple):
    """Who of a booth's own staff are there now, and how many signed-in visitors."""

    staff: tuple[Person, ...] = ()
    visitors: int = 0


def people_at_booths(booths: Iterable[int]) -> dict[int, set[int]]:
    """The people at each booth; booths with nobody are left out. Called from a thread."""
    topics = {topic_names.booth(booth): booth for booth in booths}
    return {topics[topic]: people for topic, people in HUB.here_all(list(topics)).items() if people}


def headcount(booths: Iterable[int]) -> dict[int, Headcount]:
    """Staff and visitors at each booth; booths with nobody are left out. Called from a thread."""
    here = people_at_booths(booths)
    return {
        booth: Headcount(tuple(one for one in staff.values() if one.id in people), len(people - staff.keys()))
        for some in chunks(sorted(here))
        for booth, staff in _staff_of(some).items()
        for people in (here[booth],)
    }


def _staff_of(booths: Iterable[int]) -> dict[int, dict[int, Person]]:
    """The active people of each booth's company by their keys, managers first, as the booth's page names them."""
    found: dict[int, dict[int, Person]] = {booth: {} for booth in booths}
    active = Booth.objects.filter(pk__in=found, participation__company__staff__user__is_active=True)
    rows = active.order_by(f"-{_STAFF}__is_manager", f"{_STAFF}__pk")
    for booth, person, name in rows.values_list("pk", f"{_STAFF}__user", f"{_STAFF}__user__name"):
        found[booth][person] = Person(id=person, name=name)
    return found


def hall_of_booths(fair: Fair) -> dict[int, int]:
    """The hall of every booth of the fair."""
    return cached(("booths.hall_of", fair.pk), lambda: dict(fair.booths.values_list("pk", "hall")))


def staffed_booths(booths: Iterable[int]) -> list[int]:
    """Those of these booths that have one of their own staff there now."""
    return [booth for booth, count in headcount(booths).items() if count.staff]


def companies_speaking(language: str) -> "QuerySet[Staff, int]":
    """The companies of active people who can be spoken to in this language of the pages."""
    # SQLite has no `contains` for JSON. Both databases print a list of strings the same way.
    speaks = Q()
    for code in _SPOKEN.get(language, (language,)):
        speaks |= Q(spoken__contains=f'"{code}"')
    spoken = Staff.objects.filter(user__is_active=True).alias(spoken=Cast("user__speaks", TextField()))
    return spoken.filter(speaks).values_list("company", flat=True)
