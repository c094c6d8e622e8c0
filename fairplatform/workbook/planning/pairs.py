"""Doubts about pairs: the time they are pinned to, whom else it would need there, and who would interpret."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Model

from fairplatform.fairs.models import Absence, Fair, FairDay, Holiday, WorkingHours
from fairplatform.fairs.slots import planned_slots
from fairplatform.i18n.zones import Interval, overlaps, period
from meetings.models import Pair
from meetings.schedule.calendars import Calendar
from meetings.schedule.fair_calendars import calendars_of_rows

from ..fields import Values, write_all
from ..row import Row
from ..sheets import SHEETS
from ..stored import Change
from ..stored.companies import city_of
from ..stored.fair import FairSheet
from ..stored.sheet import TableSheet
from ..stored.times import CALENDARS, DAYS, HOLIDAYS
from ..stored.wishes import ABSENCES, pinned_start
from .draft import Planning
from .situation import listed

M = TypeVar("M", bound=Model)
SIDES = ("exhibitor", "buyer")


def warn_of_pairs(planning: Planning) -> None:
    """Nothing here forbids storing: the organiser may know better, or change the fair's days and hours next."""
    rows = planning.rows("pairs")
    _warn_of_languages(planning, rows)
    fair = next(iter(_whole(planning, "fair")), None)
    if fair is None or not any(pinned_start(change.values) for _row, change in rows):
        return
    pinning = _Pinning(planning, fair)
    for row, change in rows:
        pinning.check(row, change.values)


class _Pinning:
    """The times and companies of the fair as they will be, and who is pinned to which time."""

    def __init__(self, planning: Planning, fair: Values) -> None:
        self._planning = planning
        self._fair = Fair()
        write_all(FairSheet.fields, self._fair, fair, planning.keys)
        self._companies = {one["key"]: one for one in planning.effective("companies")}
        self._people = {one["key"]: one for one in planning.effective("people")}
        self._slots = {starts for day in self._days() for starts, _ends in planned_slots(self._fair, day)}
        self._hours = [self._row(WorkingHours(), CALENDARS, values) for values in _whole(planning, "calendars")]
        self._holidays = [self._row(Holiday(), HOLIDAYS, values) for values in _whole(planning, "holidays")]
        self._calendar = cache(self._calendar_of)
        self._absent: dict[object, list[Interval]] = defaultdict(list)
        for absence in _whole(planning, "absences"):
            self._absent[absence["who"]].append(self._absence(absence))
        self._engaged: dict[tuple[str, object], list[Interval]] = defaultdict(list)
        changed = {id(change.stored) for change in planning.changes["pairs"] if change.stored}
        for one in planning.stored["pairs"]:
            if id(one) not in changed and (starts := pinned_start(one.values)):
                for who in _who(one.values):
                    self._engaged[who].append(self._meeting(starts))

    def check(self, row: Row, values: Values) -> None:
        """Warns of the time that a pair is pinned to, and notes that its companies and interpreter are there."""
        starts = pinned_start(values)
        if starts is None or not self._planning.after.is_on_a_day(values):
            return
        meeting = self._meeting(starts)
        if meeting[0] not in self._slots:
            self._planning.report.warning(row, "time", "pinned_off_grid")
        for sheet, key in _who(values):
            is_company = sheet == "companies"
            if overlaps(meeting, self._absent[key]):
                self._planning.report.warning(row, "time", "pinned_while_absent", key=str(key))
            elif is_company and not self._is_at_work(key, meeting):
                self._planning.report.warning(row, "time", "pinned_outside_hours", key=str(key))
            others = sum(overlaps(meeting, [other]) for other in self._engaged[sheet, key])
            if others >= (self._desks(key) if is_company else 1):
                code = "company_booked_twice" if is_company else "interpreter_booked_twice"
                self._planning.report.warning(row, "time", code, key=str(key))
            self._engaged[sheet, key].append(meeting)

    def _meeting(self, starts: datetime) -> Interval:
        begins = starts.astimezone(UTC)  # in which an hour is an hour on the night that clocks change, too
        return begins, begins + timedelta(minutes=self._fair.slot_minutes)

    def _absence(self, values: Values) -> Interval:
        """In the zone that it names, else in that of the company's calendar or of the person."""
        row = self._row(Absence(), ABSENCES, values)
        named = values.get("zone")
        zone = ZoneInfo(str(named)) if named else self._zone_of(values["who"])
        return period(row.date, row.from_time, row.until_time, zone)

    def _zone_of(self, who: object) -> tzinfo:
        if company := self._companies.get(who):
            return self._calendar(str(company.get("country")), city_of(company)).zone
        person = self._people.get(who, {})
        return ZoneInfo(str(person.get("zone") or self._fair.zone_of(str(person.get("country")))))

    def _desks(self, key: object) -> int:
        desks = self._companies.get(key, {}).get("desks")
        return desks if isinstance(desks, int) else 1

    def _is_at_work(self, key: object, meeting: Interval) -> bool:
        company = self._companies.get(key, {})
        country = company.get("country")
        return not country or self._calendar(str(country), city_of(company)).is_free(*meeting)

    def _calendar_of(self, country: str, city: str) -> Calendar:
        return calendars_of_rows(self._fair, [(country, city)], self._hours, self._holidays)[0]

    def _days(self) -> list[FairDay]:
        return [self._row(FairDay(), DAYS, values) for values in _whole(self._planning, "days")]

    def _row(self, row: M, sheet: TableSheet, values: Values) -> M:
        """A row that is not saved, with what the sheet says."""
        write_all(sheet.fields, row, values, self._planning.keys)
        return row


def _who(values: Values) -> list[tuple[str, object]]:
    """Whom a pair needs at its time: sheet and key of its companies and its interpreter."""
    needed = [("companies", values.get(side)) for side in SIDES] + [("people", values.get("interpreter_key"))]
    return [(sheet, key) for sheet, key in needed if key is not None]


def _warn_of_languages(planning: Planning, rows: Iterable[tuple[Row, Change]]) -> None:
    """Pairs that need an interpreter where the fair has none for their languages."""
    interpreters = [one for one in planning.effective("people") if one.get("role") == "interpreter"]
    offered = {_languages(pair) for one in interpreters for pair in listed(one.get("interprets"))}
    for row, change in rows:
        pair = change.values.get("language_pair")
        if change.values.get("interpreter") != Pair.Need.REQUIRED:
            continue
        if not interpreters:
            planning.report.warning(row, "interpreter", "interpreter_of_none")
        elif pair and _languages(pair) not in offered:
            planning.report.warning(row, "language_pair", "interpreter_of_languages", languages=str(pair))


def _languages(pair: object) -> frozenset[str]:
    """The two languages, in whichever order they are written."""
    return frozenset(str(pair).split("-"))


def _whole(planning: Planning, sheet: str) -> list[Values]:
    """The rows of a sheet, as they will be, that have all a row needs."""
    needed = [column.key for column in SHEETS[sheet].columns if column.needed]
    return [one for one in planning.effective(sheet) if all(one.get(key) is not None for key in needed)]
