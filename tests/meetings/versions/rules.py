"""Checks an exported schedule against the sheets that it was made of, knowing nothing of the program."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from .small_fair import Sheets

Meeting = dict[str, Any]
ZONES = {"CN": ZoneInfo("Asia/Shanghai"), "PK": ZoneInfo("Asia/Karachi")}


class Rules:
    def __init__(self, sheets: Sheets, meetings: list[Meeting]) -> None:
        self.sheets, self.meetings = sheets, meetings
        self.fair = sheets["fair"][0]
        self.companies = {row["key"]: row for row in sheets["companies"]}
        self.people = {row["key"]: row for row in sheets["people"]}
        self.pairs = {(row["exhibitor"], row["buyer"]): row for row in sheets.get("pairs", ())}

    def broken(self) -> list[str]:
        """Nothing where all is right."""
        return [
            *self._times(), *self._bookings(), *self._reserves(), *self._ceilings(), *self._forbidden(),
            *self._interpreting(), *self._interpreters(), *self._pins(),
        ]  # fmt: skip

    def _grid(self) -> dict[str, list[datetime]]:
        """By date, when the slots begin."""
        meeting, change = (timedelta(minutes=int(self.fair[f"{name}_minutes"])) for name in ("slot", "change"))
        found = {}
        for day in self.sheets["days"]:
            at, end = (local(day["date"], day[name], ZoneInfo(day["zone"])) for name in ("starts", "ends"))
            found[day["date"]] = []
            while at + meeting <= end:
                found[day["date"]].append(at)
                at += meeting + change
        return found

    def is_at_work(self, company: str, begins: datetime, ends: datetime) -> bool:
        country = self.companies[company]["country"]
        own = begins.astimezone(ZONES[country])
        if any(row["date"] == own.date().isoformat() and row["country"] == country for row in self._rows("holidays")):
            return False
        [hours] = [
            row
            for row in self.sheets["calendars"]
            if row["country"] == country and own.isoweekday() in weekdays(row["weekdays"])
        ] or [None]
        if hours is None:
            return False
        day = own.date().isoformat()
        pause = hours["pauses"].split()[0].split("-")
        inside = local(day, hours["opens"], ZONES[country]) <= begins and ends <= local(
            day, hours["closes"], ZONES[country]
        )
        starts, over = (local(day, at, ZONES[country]) for at in pause)
        return inside and (ends <= starts or over <= begins) and not self.is_absent(company, begins, ends)

    def is_absent(self, who: str, begins: datetime, ends: datetime) -> bool:
        """The company, or all of its people."""
        staff = [key for key, one in self.people.items() if one.get("company") == who]
        return self._is_away(who, begins, ends) or bool(staff and all(self._is_away(p, begins, ends) for p in staff))

    def _is_away(self, who: str, begins: datetime, ends: datetime) -> bool:
        country = (self.companies.get(who) or self.people[who])["country"]
        for row in self._rows("absences"):
            if row["who"] == who:
                zone = ZoneInfo(row["zone"]) if row.get("zone") else ZONES[country]
                first = local(row["date"], row.get("from_time") or "00:00", zone)
                last = local(row["date"], row["to_time"], zone) if row.get("to_time") else first + timedelta(days=1)
                if first < ends and begins < last:
                    return True
        return False

    def _rows(self, sheet: str) -> list[dict[str, str]]:
        return self.sheets.get(sheet, [])

    def _times(self) -> Iterator[str]:
        starts = {at for day in self._grid().values() for at in day}
        for one in self.meetings:
            begins, ends = times(one)
            if begins not in starts or ends - begins != timedelta(minutes=int(self.fair["slot_minutes"])):
                yield f"off the grid: {one}"
            for side in ("exhibitor", "buyer"):
                if not self.is_at_work(one[side], begins, ends):
                    yield f"{side} not at work: {one}"

    def _bookings(self) -> Iterator[str]:
        held = Counter((key, one["starts_at"]) for one in self.meetings for key in (one["exhibitor"], one["buyer"]))
        for (company, at), number in held.items():
            if number > int(self.companies[company].get("desks") or 1):
                yield f"{company} has {number} meetings at {at}"
        for at, number in Counter(one["starts_at"] for one in self.meetings).items():
            if self.fair.get("rooms") and number > int(self.fair["rooms"]):
                yield f"{number} rooms at {at}"
        met = Counter(frozenset((one["exhibitor"], one["buyer"])) for one in self.meetings)
        yield from (f"{sorted(pair)} meet {number} times" for pair, number in met.items() if number > 1)

    def _reserves(self) -> Iterator[str]:
        """The last slots of each day in which both countries work, but for pins."""
        taken = {times(one)[0] for one in self.meetings}
        pinned = {pin for row in self.pairs.values() if (pin := pin_of(row))}
        length = timedelta(minutes=int(self.fair["slot_minutes"]))
        sides = [[k for k, row in self.companies.items() if row["country"] == country] for country in ("CN", "PK")]
        for day in self.sheets["days"]:
            both = [
                at
                for at in self._grid()[day["date"]]
                if all(any(self.is_at_work(key, at, at + length) for key in side) for side in sides)
            ]
            number = int(day.get("reserve_slots") or 0)
            reserve = [at for at in both if at not in pinned][-number:] if number else []
            yield from (f"reserve taken: {at}" for at in reserve if at in taken)

    def _ceilings(self) -> Iterator[str]:
        for side in ("exhibitor", "buyer"):
            for company, number in Counter(one[side] for one in self.meetings).items():
                most = self.companies[company].get("max_meetings") or self.fair.get("max_meetings")
                if most and number > int(most):
                    yield f"{company} has {number} meetings"

    def _forbidden(self) -> Iterator[str]:
        apart = {
            *(frozenset((row["company"], row["wants"])) for row in self._rows("preferences") if row["wish"] == "no"),
            *(
                frozenset((key, of))
                for key, row in self.companies.items()
                for of in filter(None, row.get("sole_agent_of", "").split(";"))
            ),
        }
        for one in self.meetings:
            if frozenset((one["exhibitor"], one["buyer"])) in apart:
                yield f"forbidden: {one}"
            if any(self.companies[one[side]].get("state", "approved") != "approved" for side in ("exhibitor", "buyer")):
                yield f"not approved: {one}"

    def _interpreting(self) -> Iterator[str]:
        for one in self.meetings:
            row = self.pairs.get((one["exhibitor"], one["buyer"]), {})
            need, who = row.get("interpreter"), one["interpreter"]
            known = [self._spoken(one[side]) for side in ("exhibitor", "buyer")]
            spoken = [known[0] or {"zh"}, known[1] or {"ur", "en"}]
            if need in ("none", "own", "on_call") and who:
                yield f"needs none: {one}"
            is_required = need == "required" or (not need and all(known) and not known[0] & known[1])
            if is_required and not who:
                yield f"no interpreter: {one}"
            if who and row.get("language_pair"):
                if frozenset(row["language_pair"].split("-")) not in self._pairs_of(who):
                    yield f"languages: {one}"
            elif who and not any(
                a in pair and pair - {a} & spoken[1] for pair in self._pairs_of(who) for a in spoken[0]
            ):
                yield f"languages: {one}"
            if row.get("interpreter_key") and who != row["interpreter_key"]:
                yield f"another interpreter: {one}"

    def _spoken(self, company: str) -> set[str]:
        return {
            code for one in self.people.values() if one.get("company") == company for code in one["speaks"].split(";")
        }

    def _pairs_of(self, who: str) -> set[frozenset[str]]:
        return {frozenset(pair.split("-")) for pair in self.people[who]["interprets"].split(";")}

    def _interpreters(self) -> Iterator[str]:
        of_each: dict[str, list[Meeting]] = defaultdict(list)
        for one in self.meetings:
            if one["interpreter"]:
                of_each[one["interpreter"]].append(one)
        for who, held in of_each.items():
            held.sort(key=lambda one: one["starts_at"])
            if self.people[who].get("on_call"):
                yield f"{who} is on call"
            yield from (f"{who} is away: {one}" for one in held if self._is_away(who, *times(one)))
            yield from (f"{who} has no break: {one}" for one in without_break(held))
            minutes: Counter[date] = Counter()
            for one in held:
                minutes[times(one)[0].date()] += int(self.fair["slot_minutes"])
            most = self.people[who].get("max_minutes_a_day")
            yield from (f"{who} has {number} minutes" for number in minutes.values() if most and number > int(most))

    def _pins(self) -> Iterator[str]:
        for one in self.meetings:
            pin = pin_of(self.pairs.get((one["exhibitor"], one["buyer"]), {}))
            if one["pinned"] != bool(pin) or (pin and times(one)[0] != pin):
                yield f"pin: {one}"


def without_break(held: list[Meeting]) -> Iterator[Meeting]:
    """Those that begin too soon: within ten minutes, or, after three in a row, within thirty."""
    row = 1
    for one, other in pairwise(held):
        pause = times(other)[0] - times(one)[1]
        if pause < timedelta(minutes=10) or (row >= 3 and pause < timedelta(minutes=30)):
            yield other
        row = row + 1 if pause < timedelta(minutes=30) else 1


def local(day: str, at: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(at), zone).astimezone(UTC)


def times(one: Meeting) -> tuple[datetime, datetime]:
    assert one["starts_at"].endswith("Z")
    begins, ends = (datetime.fromisoformat(one[name]) for name in ("starts_at", "ends_at"))
    return begins, ends


def pin_of(row: dict[str, str]) -> datetime | None:
    return local(row["date"], row["time"], ZoneInfo(row["zone"])) if row.get("time") else None


def weekdays(text: str) -> set[int]:
    found = set()
    for part in text.split(";"):
        first, _, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found
