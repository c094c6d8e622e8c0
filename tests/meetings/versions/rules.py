"""Checks an exported schedule against the sheets that it was made of, knowing nothing of the program."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from .small_fair import Sheets
from .working_days import WorkingDays, local

Meeting = dict[str, Any]
SIDES = ("exhibitor", "buyer")
# What people speak of whom the workbook does not say it.
OFFICIAL = {"CN": {"zh"}, "PK": {"ur", "en"}, "DE": {"de"}, "AE": {"ar"}, "US": {"en"}, "NP": {"ne"}, "CL": {"es"}}


class Rules:
    def __init__(self, sheets: Sheets, meetings: list[Meeting], cities: Sequence[frozenset[str]] = ()) -> None:
        self.sheets, self.meetings = sheets, meetings
        self.days = WorkingDays(sheets, cities)
        self.fair, self.companies, self.people = self.days.fair, self.days.companies, self.days.people
        self.pairs = {(row["exhibitor"], row["buyer"]): row for row in self.days.rows("pairs")}
        self.date = {at: day for day, of in self.days.grid().items() for at in of}

    def broken(self) -> list[str]:
        """Nothing where all is right."""
        return [
            *self._times(), *self._bookings(), *self._reserves(), *self._ceilings(), *self._forbidden(),
            *self._interpreting(), *self._interpreters(), *self._pins(),
        ]  # fmt: skip

    def unsaid(self, *reports: dict[str, Any]) -> set[tuple[str, str]]:
        """The organisers' pairs that have no time and of which no report says why."""
        said = {
            (row["exhibitor"], row["buyer"])
            for report in reports
            for row in (*report.get("left_out", ()), *report.get("not_placed", ()))
            if row["text"]
        }
        return self.pairs.keys() - {(one["exhibitor"], one["buyer"]) for one in self.meetings} - said

    def _times(self) -> Iterator[str]:
        for one in self.meetings:
            starts, ends = times(one)
            if starts not in self.date or ends - starts != timedelta(minutes=int(self.fair["slot_minutes"])):
                yield f"off the grid: {one}"
            for side in SIDES:
                if not self.days.is_at_work(one[side], starts, ends):
                    yield f"{side} not at work: {one}"

    def _bookings(self) -> Iterator[str]:
        held = Counter((key, one["starts_at"]) for one in self.meetings for key in (one["exhibitor"], one["buyer"]))
        for (company, at), number in held.items():
            if number > int(self.companies[company].get("desks") or 1):
                yield f"{company} has {number} meetings at {at}"
        interpreting = Counter((one["interpreter"], one["starts_at"]) for one in self.meetings if one["interpreter"])
        yield from (f"{who} interprets twice at {at}" for (who, at), number in interpreting.items() if number > 1)
        for at, number in Counter(one["starts_at"] for one in self.meetings).items():
            if self.fair.get("rooms") and number > int(self.fair["rooms"]):
                yield f"{number} rooms at {at}"
        met = Counter(frozenset((one["exhibitor"], one["buyer"])) for one in self.meetings)
        yield from (f"{sorted(pair)} meet {number} times" for pair, number in met.items() if number > 1)

    def _reserves(self) -> Iterator[str]:
        """The last slots of each day in which a seller and a buyer of two countries work, but for pins."""
        taken = {times(one)[0] for one in self.meetings}
        pinned = {pin for row in self.pairs.values() if (pin := pin_of(row))}
        for day in self.days.rows("days"):
            number = int(day.get("reserve_slots") or 0)
            both = [at for at in self.days.grid()[day["date"]] if self._could_anybody_meet(at)] if number else []
            reserve = [at for at in both if at not in pinned][-number:] if number else []
            yield from (f"reserve taken: {at}" for at in reserve if at in taken)

    def _could_anybody_meet(self, at: datetime) -> bool:
        ends = at + timedelta(minutes=int(self.fair["slot_minutes"]))
        there = [k for k in self.companies if self._is_approved(k) and self.days.is_at_work(k, at, ends)]
        selling, buying = (
            {self.companies[k]["country"] for k in there if self.companies[k].get(role) == "yes"}
            for role in ("sells", "buys")
        )
        return any(one != other for one in selling for other in buying)

    def _is_approved(self, company: str) -> bool:
        return self.companies[company].get("state", "") in ("", "approved")

    def _ceilings(self) -> Iterator[str]:
        for side in SIDES:
            for company, number in Counter(one[side] for one in self.meetings).items():
                most = self.companies[company].get("max_meetings") or self.fair.get("max_meetings")
                if most and number > int(most):
                    yield f"{company} has {number} meetings"

    def _forbidden(self) -> Iterator[str]:
        names = {row[f"name_{lang}"]: key for key, row in self.companies.items() for lang in ("en", "zh", "ur")
                 if row.get(f"name_{lang}")}  # fmt: skip
        apart = {
            frozenset((row["company"], wanted))
            for row in self.days.rows("preferences")
            if row["wish"] == "no"
            for wanted in row["wants"].split(";")
        }
        for key, row in self.companies.items():
            apart |= {frozenset((key, names.get(of, of))) for of in row.get("sole_agent_of", "").split(";") if of}
        for one in self.meetings:
            if frozenset((one["exhibitor"], one["buyer"])) in apart:
                yield f"forbidden: {one}"
            if not all(self._is_approved(one[side]) for side in SIDES):
                yield f"not approved: {one}"
            if (self.companies[one["exhibitor"]].get("sells"), self.companies[one["buyer"]].get("buys")) != (
                "yes", "yes",
            ):  # fmt: skip
                yield f"sells or buys nothing: {one}"

    def _interpreting(self) -> Iterator[str]:
        for one in self.meetings:
            row, who = self.pairs.get((one["exhibitor"], one["buyer"]), {}), one["interpreter"]
            need, key = row.get("interpreter"), row.get("interpreter_key")
            if not need and (key or row.get("language_pair")):
                need = "required"
            known = [self._spoken(one[side]) for side in SIDES]
            if who and need in ("none", "own", "on_call"):
                yield f"needs none: {one}"
            if not who and (need == "required" or (not need and all(known) and not known[0] & known[1])):
                yield f"no interpreter: {one}"
            if who and not self._can_interpret(who, one, row):
                yield f"languages: {one}"
            if who and key and who != key:
                yield f"another interpreter: {one}"

    def _can_interpret(self, who: str, one: Meeting, row: dict[str, str]) -> bool:
        """Between the languages that are named, or those that the two speak; or by name alone."""
        pairs = {frozenset(pair.split("-")) for pair in self.people[who]["interprets"].split(";")}
        if row.get("language_pair"):
            return frozenset(row["language_pair"].split("-")) in pairs
        ones, others = (self._spoken(one[side]) or OFFICIAL[self.companies[one[side]]["country"]] for side in SIDES)
        return who == row.get("interpreter_key") or any(
            a in pair and pair - {a} & others for pair in pairs for a in ones
        )

    def _spoken(self, company: str) -> set[str]:
        return {
            code for one in self.people.values() if one.get("company") == company for code in one["speaks"].split(";")
        }

    def _interpreters(self) -> Iterator[str]:
        of_each: dict[str, list[Meeting]] = defaultdict(list)
        for one in self.meetings:
            if one["interpreter"]:
                of_each[one["interpreter"]].append(one)
        for who, held in of_each.items():
            held.sort(key=lambda one: one["starts_at"])
            named = {ends for ends, row in self.pairs.items() if row.get("interpreter_key") == who}
            if self.people[who].get("on_call") == "yes":
                yield from (f"on call: {one}" for one in held if (one["exhibitor"], one["buyer"]) not in named)
            yield from (f"{who} is away: {one}" for one in held if self.days.is_away(who, *times(one)))
            yield from (f"{who} has no break: {one}" for one in without_break(held))
            minutes: Counter[str] = Counter()
            for one in held:
                minutes[self.date.get(times(one)[0], "")] += int(self.fair["slot_minutes"])
            most = self.people[who].get("max_minutes_a_day")
            yield from (f"{who} has {number} minutes" for number in minutes.values() if most and number > int(most))

    def _pins(self) -> Iterator[str]:
        for one in self.meetings:
            pin = pin_of(self.pairs.get((one["exhibitor"], one["buyer"]), {}))
            if one["pinned"] != bool(pin) or (pin and times(one)[0] != pin):
                yield f"pin: {one}"


def without_break(held: list[Meeting]) -> Iterator[Meeting]:
    """Those that start too soon: within ten minutes, or, after three in a row, within thirty."""
    row = 1
    for one, other in pairwise(held):
        pause = times(other)[0] - times(one)[1]
        if pause < timedelta(minutes=10) or (row >= 3 and pause < timedelta(minutes=30)):
            yield other
        row = row + 1 if pause < timedelta(minutes=30) else 1


def times(one: Meeting) -> tuple[datetime, datetime]:
    assert one["starts_at"].endswith("Z")
    starts, ends = (datetime.fromisoformat(one[name]) for name in ("starts_at", "ends_at"))
    return starts, ends


def pin_of(row: dict[str, str]) -> datetime | None:
    return local(row["date"], row["time"], ZoneInfo(row["zone"])) if row.get("time") else None
