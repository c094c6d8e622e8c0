"""When a company of a workbook is at work, read from its sheets alone."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .small_fair import Sheets

Row = dict[str, str]
Span = tuple[datetime, datetime]


class WorkingDays:
    """`cities`: names that mean the same city, where companies and calendars write it in different languages."""

    def __init__(self, sheets: Sheets, cities: Sequence[frozenset[str]] = ()) -> None:
        self.sheets, self._cities = sheets, cities
        self.fair = sheets["fair"][0]
        self.companies = {row["key"]: row for row in sheets["companies"]}
        self.people = {row["key"]: row for row in sheets["people"]}

    def rows(self, sheet: str) -> list[Row]:
        return self.sheets.get(sheet, [])

    def grid(self) -> dict[str, list[datetime]]:
        """By date, when the meetings start."""
        meeting, change = (timedelta(minutes=int(self.fair.get(f"{name}_minutes") or 0)) for name in ("slot", "change"))
        found = {}
        for day in self.rows("days"):
            at, end = (local(day["date"], day[name], ZoneInfo(day["zone"])) for name in ("starts", "ends"))
            found[day["date"]] = []
            while at + meeting <= end:
                found[day["date"]].append(at)
                at += meeting + change
        return found

    def zone_of(self, country: str, names: frozenset[str] = frozenset()) -> ZoneInfo:
        rows = [row for row in self.rows("calendars") if row["country"] == country and row.get("zone")]
        own = [row for row in rows if row.get("city") in names] or [row for row in rows if not row.get("city")]
        if own:
            return ZoneInfo(own[0]["zone"])
        return ZoneInfo(self.fair["host_zone" if country == self.fair["host_country"] else "station_zone"])

    def is_at_work(self, company: str, starts: datetime, ends: datetime) -> bool:
        if not any(first <= starts and ends <= last for first, last in self._spans(company, starts)):
            return False
        staff = [key for key, one in self.people.items() if one.get("company") == company]
        are_away = bool(staff) and all(self.is_away(one, starts, ends) for one in staff)
        return not are_away and not self.is_away(company, starts, ends)

    def is_away(self, who: str, starts: datetime, ends: datetime) -> bool:
        """A company or a person, by the absences that are written of them."""
        for row in self.rows("absences"):
            if row["who"] != who:
                continue
            zone = ZoneInfo(row["zone"]) if row.get("zone") else self._own_zone(who)
            if row.get("from_time"):
                span = local(row["date"], row["from_time"], zone), local(row["date"], row["to_time"], zone)
            else:
                span = whole_day(date.fromisoformat(row["date"]), zone)
            if span[0] < ends and starts < span[1]:
                return True
        return False

    def _own_zone(self, who: str) -> ZoneInfo:
        if who in self.companies:
            return self.zone_of(self.companies[who]["country"], self._city_of(who))
        person = self.people[who]
        return ZoneInfo(person["zone"]) if person.get("zone") else self.zone_of(person["country"])

    def _city_of(self, company: str) -> frozenset[str]:
        """All names of its city: its own, those in the list, and those of companies that share one with it."""
        country, found = self.companies[company]["country"], _cities(self.companies[company])
        of_country = [_cities(row) for row in self.companies.values() if row["country"] == country]
        for names in (*self._cities, *of_country, *of_country):
            found |= names if names & found else frozenset()
        return found

    def _spans(self, company: str, at: datetime) -> list[Span]:
        """The periods of work of the date that it is for the company."""
        country, names = self.companies[company]["country"], self._city_of(company)
        zone = self.zone_of(country, names)
        on = at.astimezone(zone).date()
        of_place = [row for row in self.rows("calendars") if _is_of(row, country, names)]
        special = [row for row in self.rows("holidays") if row["date"] == str(on) and _is_of(row, country, names)]
        deciding = [row for row in special if row.get("works") == "yes" or not row.get("from")]
        deciding.sort(key=lambda row: not row.get("city"))  # the city's before the country's
        if deciding and deciding[0].get("works") != "yes":
            return []
        spans = list(_of_hours(_valid(of_place, on, on.isoweekday()), on, zone))
        if deciding and not spans:
            rows = next(filter(None, (_valid(of_place, on, day) for day in range(1, 8))), [])
            spans = list(_of_hours(rows, on, zone))
        for row in special:
            if row.get("works") != "yes" and row.get("from"):
                spans = _without(spans, (local(str(on), row["from"], zone), local(str(on), row["to"], zone)))
        return spans


def _cities(row: Row) -> frozenset[str]:
    return frozenset(name for language in ("en", "zh", "ur") if (name := row.get(f"city_{language}")))


def _is_of(row: Row, country: str, names: frozenset[str]) -> bool:
    return row["country"] == country and (not row.get("city") or row["city"] in names)


def _valid(rows: list[Row], on: date, weekday: int) -> list[Row]:
    """Those that say something of the weekday on that date; of them the most special."""
    found = [
        row
        for row in rows
        if weekday in weekdays(row["weekdays"]) and (row.get("from") or "0") <= str(on) <= (row.get("to") or "9")
    ]
    best = max((_rank(row) for row in found), default=None)
    return [row for row in found if _rank(row) == best]


def _rank(row: Row) -> tuple[bool, bool]:
    return bool(row.get("from") or row.get("to")), bool(row.get("city"))


def _of_hours(rows: list[Row], on: date, zone: ZoneInfo) -> Iterator[Span]:
    for row in rows:
        spans = [(local(str(on), row["opens"], zone), local(str(on), row["closes"], zone))]
        for pause in filter(None, row.get("pauses", "").split(";")):
            first, last = pause.split()[0].split("-")
            spans = _without(spans, (local(str(on), first, zone), local(str(on), last, zone)))
        yield from spans


def _without(spans: list[Span], pause: Span) -> list[Span]:
    pieces = [piece for first, last in spans for piece in ((first, min(last, pause[0])), (max(first, pause[1]), last))]
    return [(first, last) for first, last in pieces if first < last]


def local(day: str, at: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(at), zone).astimezone(UTC)


def whole_day(on: date, zone: ZoneInfo) -> Span:
    return local(str(on), "00:00", zone), local(str(on + timedelta(days=1)), "00:00", zone)


def weekdays(text: str) -> set[int]:
    found = set()
    for part in text.split(";"):
        first, _, last = part.partition("-")
        found |= set(range(int(first), int(last or first) + 1))
    return found
