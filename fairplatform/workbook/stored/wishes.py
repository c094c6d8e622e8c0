"""What is fixed before the schedule is made: absences, preferences and pairs."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from fairplatform.fairs.models import Absence, Preference
from meetings.models import Pair

from ..fields import Plain, Reference, Values
from ..keys import KeyBook
from .sheet import TableSheet, Tiers


class Who:
    """The company or the person that is absent; a key that both sheets have is the company's."""

    attributes = ("participation", "user")

    def read(self, row: Any, keys: KeyBook) -> dict[str, object]:
        return {"who": keys.key("companies", row.participation_id) or keys.key("people", row.user_id)}

    def write(self, row: Any, values: Values, keys: KeyBook) -> None:
        row.participation_id = keys.row("companies", values["who"])
        row.user_id = None if row.participation_id else keys.row("people", values["who"])


class PinnedStart:
    """The date and time, in a zone, at which an organiser wants a pair to meet."""

    attributes = ("starts_at", "zone")

    def read(self, row: Any, keys: KeyBook) -> dict[str, object]:
        cells: dict[str, object] = {"zone": row.zone} if row.zone else {}
        if row.starts_at:
            local = row.starts_at.astimezone(ZoneInfo(row.zone or "UTC"))
            cells |= {"date": local.date(), "time": local.time()}
        return cells

    def write(self, row: Any, values: Values, keys: KeyBook) -> None:
        row.zone = str(values.get("zone", ""))
        row.starts_at = pinned_start(values)


def pinned_start(values: Values) -> datetime | None:
    """The moment a pair is pinned to; None where it is not, or not in full."""
    day, clock, zone = values.get("date"), values.get("time"), values.get("zone")
    if not (isinstance(day, date) and isinstance(clock, time) and zone):
        return None
    return datetime.combine(day, clock, ZoneInfo(str(zone)))


def _absence(values: Values) -> Tiers:
    """Two of the same times in different zones are two; one that only has another zone by now is the same still."""
    times = tuple(values.get(name) for name in ("who", "date", "from_time", "to_time"))
    return [[("absence in zone", *times, values.get("zone") or "")], [("absence", *times)]]


ABSENCES = TableSheet(
    "absences",
    Absence,
    (Who(), Plain("date"), Plain("from_time"), Plain("to_time", "until_time"), Plain("zone")),
    _absence,
)
PREFERENCES = TableSheet(
    "preferences",
    Preference,
    (
        Reference("company", "companies", "participation_id"),
        Reference("wants", "companies", "wanted_id"),
        Plain("wish"),
        Reference("by", "people", "said_by_id"),
    ),
    lambda values: [[("preference", values.get("company"), values.get("wants"))]],
)
PAIRS = TableSheet(
    "pairs",
    Pair,
    (
        Plain("number"),
        Reference("exhibitor", "companies", "exhibitor_id"),
        Reference("buyer", "companies", "buyer_id"),
        Plain("interpreter", "need"),
        Reference("interpreter_key", "people", "interpreter_id"),
        Plain("language_pair"),
        PinnedStart(),
        Plain("remarks"),
    ),
    lambda values: [[("pair", values.get("exhibitor"), values.get("buyer"))]],
)
