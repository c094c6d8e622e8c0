"""What the rows of a fair are judged by: the fair's other rows, as they are stored or as they will be."""

from collections.abc import Callable, Iterable
from datetime import date, time
from functools import cached_property
from zoneinfo import ZoneInfo

from fairplatform.i18n.zones import Interval, period

from ..fields import Values
from ..stored.wishes import pinned_start

Pairing = frozenset[object]
"""The keys of two companies."""


class Situation:
    """The rows of a fair at one time, and what follows from them. A sheet must be known before it is asked for."""

    def __init__(self, rows: Callable[[str], Iterable[Values]]) -> None:
        self.rows = rows

    @cached_property
    def countries(self) -> set[object]:
        """The fair's two; empty where its row cannot be read, so that nobody can say whether a country is one."""
        pairs = [(fair.get("host_country"), fair.get("station_country")) for fair in self.rows("fair")]
        return {country for pair in pairs if None not in pair for country in pair}

    @cached_property
    def days(self) -> dict[object, object]:
        """The zone of each of the fair's days, by its date."""
        return {day.get("date"): day.get("zone") for day in self.rows("days")}

    def is_on_a_day(self, pair: Values) -> bool:
        """Whether a pair is pinned to one of the fair's days, by the clock that it is written in or by the day's own.

        An evening in America is the next morning in China.
        """
        starts = pinned_start(pair)
        if starts is None:
            return pair.get("date") in self.days
        return (
            pair.get("date") in self.days
            or any(zone and starts.astimezone(ZoneInfo(str(zone))).date() == day for day, zone in self.days.items())
            or any(begins <= starts < ends for begins, ends in self.spans.values())
        )

    @cached_property
    def spans(self) -> dict[object, Interval]:
        """From when till when each of the fair's days is, by its date; of those whose times are known."""
        found: dict[object, Interval] = {}
        for day in self.rows("days"):
            on, starts, ends, zone = (day.get(name) for name in ("date", "starts", "ends", "zone"))
            if isinstance(on, date) and isinstance(starts, time) and isinstance(ends, time) and zone:
                found[on] = period(on, starts, ends, ZoneInfo(str(zone)))
        return found

    @cached_property
    def refusals(self) -> set[Pairing]:
        """Whose meeting one of the two does not want."""
        return {
            frozenset((one.get("company"), one.get("wants")))
            for one in self.rows("preferences")
            if one.get("wish") == "no"
        }

    @cached_property
    def agencies(self) -> set[Pairing]:
        """Companies with their sole agents."""
        return {
            frozenset((company["key"], name))
            for company in self.rows("companies")
            for name in listed(company.get("sole_agent_of"))
        }

    @cached_property
    def interpreters(self) -> set[object]:
        """The keys of the fair's interpreters."""
        return {one["key"] for one in self.rows("people") if one.get("role") == "interpreter"}


def listed(cell: object) -> list[object]:
    """The values of a cell with several; none where it has none."""
    return cell if isinstance(cell, list) else []
