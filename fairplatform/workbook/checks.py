"""What every row of a sheet must have, and what its values must be to each other."""

from collections.abc import Callable
from datetime import time
from typing import Protocol, Self, TypeAlias, cast

from fairplatform.accounts.locations import listed_city_key
from fairplatform.i18n.zones import can_follow, is_over_midnight, is_zone_of

from .kinds import has_list
from .notes import Notes
from .row import CLEAR, Row
from .sheets import Sheet, in_languages

_Check: TypeAlias = Callable[[Row, Notes], None]


def check(sheet: Sheet, row: Row, notes: Notes) -> None:
    """Notes what is missing in a row, and what contradicts itself."""
    for column in sheet.columns:
        if column.needed and not _has(row, column.key, notes):
            notes.error(column.key, "needed")
    for group in sheet.one_of:
        if not any(_has(row, key, notes) for key in group):
            notes.error(group[0], "needed_one_of", columns=", ".join(group))
    for one in _CHECKS.get(sheet.key, ()):
        one(row, notes)


def _has(row: Row, key: str, notes: Notes) -> bool:
    """Whether the row says something in the column; what was refused there has been noted already."""
    if key in notes.refused:
        return True
    value = row.values.get(key, CLEAR)
    return value is not CLEAR and value != []


class _Ordered(Protocol):
    def __lt__(self, other: Self, /) -> bool: ...


def _ascending(lower: str, upper: str, code: str, *, may_equal: bool = False) -> _Check:
    """The value of `upper` comes after, or is more than, that of `lower`, a column of the same kind."""

    def one(row: Row, notes: Notes) -> None:
        first, last = row.values.get(lower, CLEAR), row.values.get(upper, CLEAR)
        if CLEAR in (first, last) or (may_equal and first == last):
            return
        if not cast(_Ordered, first) < cast(_Ordered, last):
            notes.error(upper, code, lower=_shown(first), upper=_shown(last))

    return one


def _shown(value: object) -> str:
    return f"{value:%H:%M}" if isinstance(value, time) else str(value)


def _time_after(lower: str, upper: str) -> _Check:
    """The time of `upper` comes after that of `lower`, or in the night that follows it, which is said."""

    def one(row: Row, notes: Notes) -> None:
        first, last = row.values.get(lower), row.values.get(upper)
        if not isinstance(first, time) or not isinstance(last, time):
            return
        if not can_follow(first, last):
            notes.error(upper, "ends_before_start", lower=_shown(first), upper=_shown(last))
        elif is_over_midnight(first, last):
            notes.add("ends_next_day", "warning", upper, lower=_shown(first), upper=_shown(last))

    return one


def _together(*keys: str) -> _Check:
    """Either all of these columns have a value, or none."""

    def one(row: Row, notes: Notes) -> None:
        missing = [key for key in keys if not _has(row, key, notes)]
        if 0 < len(missing) < len(keys):
            notes.error(missing[0], "needed_together", columns=", ".join(keys))

    return one


def _with_currency(amount: str, currency: str) -> _Check:
    def one(row: Row, notes: Notes) -> None:
        if _has(row, amount, notes) and not _has(row, currency, notes):
            notes.error(currency, "currency_needed")

    return one


def _needed_for(role: str, key: str) -> _Check:
    def one(row: Row, notes: Notes) -> None:
        if row.values.get("role") == role and not _has(row, key, notes):
            notes.error(key, "needed")

    return one


def _sells_or_buys(row: Row, notes: Notes) -> None:
    said = [row.values[key] for key in ("sells", "buys") if row.values.get(key, CLEAR) is not CLEAR]
    if said and not any(said):
        notes.error("sells", "sells_or_buys", columns="sells, buys")


def _city_of_list(row: Row, notes: Notes) -> None:
    """A city has three columns: it is outside the list where none of its names is in it."""
    written = [(key, value) for key in in_languages("city") if isinstance(value := row.values.get(key), str)]
    if has_list(row.values.get("country")) and written and not listed_city_key(text for _key, text in written):
        notes.add("not_in_list", "warning", written[0][0], text=written[0][1])


def _zone_of(zone: str, country: str) -> _Check:
    """A zone of another country than the row's is kept, but may be a slip."""

    def one(row: Row, notes: Notes) -> None:
        named, code = row.values.get(zone), row.values.get(country)
        if isinstance(named, str) and isinstance(code, str) and not is_zone_of(named, code):
            notes.add("zone_elsewhere", "warning", zone, zone=named, country=code)

    return one


_MEETINGS = _ascending("min_meetings", "max_meetings", "lowest_above_highest", may_equal=True)
_CHECKS: dict[str, tuple[_Check, ...]] = {
    "fair": (_MEETINGS, _zone_of("host_zone", "host_country"), _zone_of("station_zone", "station_country")),
    "days": (_time_after("starts", "ends"),),
    "calendars": (
        _time_after("opens", "closes"),
        _ascending("from", "to", "ends_before_start", may_equal=True),
        _zone_of("zone", "country"),
    ),
    "holidays": (_together("from", "to"), _ascending("from", "to", "ends_before_start")),
    "companies": (_MEETINGS, _sells_or_buys, _city_of_list, _with_currency("plan_12_months", "plan_currency")),
    "people": (
        _needed_for("manager", "company"),
        _needed_for("staff", "company"),
        _needed_for("delegated", "recruiting_unit"),
    ),
    "products": (
        _ascending("price_low", "price_high", "lowest_above_highest", may_equal=True),
        _with_currency("price_low", "currency"),
        _with_currency("price_high", "currency"),
    ),
    "demands": (_with_currency("target_price", "currency"),),
    "absences": (_together("from_time", "to_time"), _ascending("from_time", "to_time", "ends_before_start")),
    "pairs": (_together("date", "time", "zone"),),
    "ledger": (_with_currency("amount", "currency"), _with_currency("realised", "currency")),
}
