"""The days of the fair, working hours and holidays."""

from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from fairplatform.fairs.models import Fair, FairDay, Holiday, WorkingHours
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.i18n.text import Translated

from ..fields import Plain, Values, Words, read_all
from ..keys import KeyBook
from .sheet import Stored, TableSheet, Work


class Pauses:
    """The breaks of a working day. One that is stored with its name in three languages is written with one of them."""

    attributes = ("pauses",)

    def read(self, row: Any, keys: KeyBook) -> dict[str, object]:
        pauses = [pause | {"name": _name(pause)} for pause in row.pauses]
        return {"pauses": pauses} if pauses else {}

    def write(self, row: Any, values: Values, keys: KeyBook) -> None:
        stored = {_name(pause): pause["name"] for pause in row.pauses}
        pauses = values.get("pauses")
        row.pauses = [
            pause | {"name": stored.get(pause["name"], pause["name"])}
            for pause in (pauses if isinstance(pauses, list) else [])
        ]


def _name(pause: dict[str, Any]) -> str:
    name = pause.get("name") or ""
    return Translated(name).in_language("en").text if isinstance(name, dict) else str(name)


class DaySheet(TableSheet):
    """The days of the fair. A day that was stored without times has those of its slots."""

    def read(self, fair: Fair, keys: KeyBook, elsewhere: Elsewhere) -> list[Stored]:
        days = fair.days.prefetch_related("slots").order_by("pk")
        return [Stored(read_all(self.fields, day, keys) | _hours(day, fair.station_zone), day) for day in days]


def _hours(day: FairDay, station_zone: str) -> dict[str, object]:
    """Hours and zone of a day that was stored without them: those of its slots."""
    slots = list(day.slots.all())
    hours: dict[str, object] = {"zone": day.zone or station_zone}
    if day.starts is None and slots:
        hours["starts"] = _clock(slots[0].starts_at, str(hours["zone"]))
    if day.ends is None and slots:
        hours["ends"] = _clock(slots[-1].ends_at, str(hours["zone"]))
    return hours


def _clock(at: datetime, zone: str) -> time:
    return at.astimezone(ZoneInfo(zone)).time()


def _numbered(work: Work, new: list[Any]) -> None:
    """After all others for now; `replace_slots` numbers the days in the order of time."""
    last = max((day.row.number for day in work.stored["days"]), default=0)
    for number, day in enumerate(new, start=last + 1):
        day.number = number


DAYS = DaySheet(
    "days",
    FairDay,
    (Plain("date"), Plain("starts"), Plain("ends"), Plain("zone"), Plain("reserve_slots"), Words("note")),
    lambda values: [[("date", values.get("date"))]],
    complete=_numbered,
)
CALENDARS = TableSheet(
    "calendars",
    WorkingHours,
    (
        Plain("country"),
        Plain("city"),
        Plain("weekdays"),
        Plain("opens"),
        Plain("closes"),
        Plain("zone"),
        Pauses(),
        Plain("from", "first"),
        Plain("to", "last"),
    ),
    lambda values: [[_calendar(values)]],
)
HOLIDAYS = TableSheet(
    "holidays",
    Holiday,
    (
        Plain("date"),
        Plain("country"),
        Plain("city"),
        Plain("from", "from_time"),
        Plain("to", "until_time"),
        Plain("works"),
        Words("name"),
    ),
    lambda values: [[("holiday", values.get("date"), values.get("country"), values.get("city"))]],
)


def _calendar(values: Values) -> tuple[object, ...]:
    weekdays = values.get("weekdays")
    days = tuple(weekdays) if isinstance(weekdays, list) else ()
    return ("calendar", values.get("country"), values.get("city"), values.get("from"), values.get("to"), days)
