"""When companies and people of a fair are absent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import tzinfo
from zoneinfo import ZoneInfo

from fairplatform.i18n.zones import Interval, period

from .models import Absence, Fair


def absences_of_companies(fair: Fair, zones: Mapping[int, tzinfo]) -> Mapping[int, list[Interval]]:
    """By participation; `zones`: of each one's place, which absences are stated in unless they name another."""
    found: dict[int, list[Interval]] = defaultdict(list)
    for row in Absence.objects.filter(fair=fair, participation__in=zones):
        company = row.participation_id or 0
        found[company].append(_interval(row, ZoneInfo(row.zone) if row.zone else zones[company]))
    return found


def absences_of_people(fair: Fair, people: Iterable[int]) -> Mapping[int, list[Interval]]:
    """By key of the user."""
    return {pk: [times for _row, times in own] for pk, own in absence_rows(fair, people).items()}


def absence_rows(fair: Fair, people: Iterable[int]) -> Mapping[int, list[tuple[Absence, Interval]]]:
    """By key of the user, each with its times, which are in the person's own zone unless it names another."""
    found: dict[int, list[tuple[Absence, Interval]]] = defaultdict(list)
    for row in Absence.objects.filter(fair=fair, user__in=list(people)).select_related("user"):
        if row.user:
            zone = row.zone or row.user.zone or fair.zone_of(row.user.country)
            found[row.user.pk].append((row, _interval(row, ZoneInfo(zone))))
    return found


def _interval(row: Absence, zone: tzinfo) -> Interval:
    return period(row.date, row.from_time, row.until_time, zone)
