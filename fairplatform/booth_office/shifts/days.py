"""The days of a fair as those who plan their shifts see them: on whichever clock, also when clocks change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, FairDay
from fairplatform.i18n.zones import DAY, Interval, period

SHORTEST = timedelta(minutes=15)  # of a shift, and of a gap that is worth telling


class NoSuchTime(ValueError):
    """A time that is left out on the night that clocks go forward."""


@dataclass(frozen=True)
class OpenDay:
    """`whole`: the instants that belong to the day; `hours`: those in which the fair is on, where they are stated."""

    key: int
    date: date
    whole: Interval
    hours: Interval | None

    def holds(self, times: Interval) -> bool:
        return self.whole[0] <= times[0] and times[1] <= self.whole[1]

    def times(self, begins: time, ends: time, zone: ZoneInfo) -> Interval | None:
        """From one time to another on the clock of a zone, in UTC; None where that is not within this day.

        Where it is late or early then, the clock shows the date before or after the day's. Raises NoSuchTime.
        """
        for on in (self.date, self.date - DAY, self.date + DAY):
            until = on if ends > begins else on + DAY
            found = _instant(on, begins, zone), _instant(until, ends, zone)
            if self.holds(found) and found[1] - found[0] >= SHORTEST:
                return found
        return None


def _instant(on: date, at: time, zone: ZoneInfo) -> datetime:
    local = datetime.combine(on, at)
    instant = local.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != local:
        raise NoSuchTime(local)
    return instant


def zone_of(fair: Fair, person: User) -> str:
    """The name of the zone (IANA) that somebody reads their clock in."""
    return person.zone or fair.zone_of(person.country)


def open_days(fair: Fair) -> list[OpenDay]:
    """In their order, in two queries."""
    rows = fair.days.prefetch_related("slots").order_by("date", "number")
    return [_open_day(fair, row) for row in rows]


def _open_day(fair: Fair, row: FairDay) -> OpenDay:
    zone = ZoneInfo(row.zone or fair.station_zone)
    whole, hours = period(row.date, None, None, zone), _hours(row, zone)
    if hours:
        whole = min(whole[0], hours[0]), max(whole[1], hours[1])
    return OpenDay(row.pk, row.date, whole, hours)


def _hours(row: FairDay, zone: ZoneInfo) -> Interval | None:
    """From the first slot to the last; of a day without slots what its row says."""
    slots = [(slot.starts_at, slot.ends_at) for slot in row.slots.all()]
    if slots:
        return min(starts for starts, _ends in slots), max(ends for _starts, ends in slots)
    return period(row.date, row.starts, row.ends, zone) if row.starts and row.ends else None


def gaps(hours: Interval, shifts: Iterable[Interval]) -> list[Interval]:
    """The parts of these hours in which there is no shift."""
    found, free_from = [], hours[0]
    for starts, ends in sorted(shifts):
        if min(starts, hours[1]) - free_from >= SHORTEST:
            found.append((free_from, min(starts, hours[1])))
        free_from = max(free_from, ends)
    return [*found, (free_from, hours[1])] if hours[1] - free_from >= SHORTEST else found
