"""Fairs that differ in what makes schedules hard, as the sheets of a workbook; each number always gives the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from .small_fair import Sheets

Row = dict[str, str]
# By country: its zone, what its people speak, and its cities in English and in another language of the workbook.
COUNTRIES: Mapping[str, tuple[str, Sequence[str], Sequence[tuple[str, str]]]] = {
    "CN": ("Asia/Shanghai", ("zh", "zh", "zh;en"), (("Yiwu", "义乌"), ("Hangzhou", "杭州"), ("Ningbo", "宁波"))),
    "PK": ("Asia/Karachi", ("ur", "ur;en", "ur;en"), (("Lahore", "拉合尔"), ("Karachi", "卡拉奇"))),
    "DE": ("Europe/Berlin", ("de", "de;en"), (("Berlin", "柏林"), ("Hamburg", "汉堡"))),
    "US": ("America/New_York", ("en",), (("Chicago", "芝加哥"), ("Boston", "波士顿"))),
    "AE": ("Asia/Dubai", ("ar;en", "ar", "en"), (("Dubai", "迪拜"),)),
    "NP": ("Asia/Kathmandu", ("ne", "ne;en"), (("Kathmandu", "加德满都"),)),
    "CL": ("America/Santiago", ("es", "es;en"), (("Santiago", "圣地亚哥"),)),
}
# Those that the program has a list of; of others it knows what the companies of the fair call them.
CITIES = tuple(frozenset(names) for country in ("CN", "PK") for names in COUNTRIES[country][2])
SUNDAY = 7
NEEDS = ("", "required", "welcome", "none", "own", "on_call")


@dataclass(frozen=True)
class Kind:
    """What is particular of a fair. `hours`: opening, closing and pauses, of sellers and of buyers.

    `starts`, `ends`: of its days, in the station's zone. `most`, `least`: the ceiling and the floor of a company.
    """

    host: str = "CN"
    stations: tuple[str, ...] = ("PK",)
    first: date = date(2027, 3, 4)
    days: int = 2
    starts: str = "09:00"
    ends: str = "15:10"
    slot: int = 25
    change: int = 5
    sellers: int = 7
    buyers: int = 6
    interpreters: int = 2
    rooms: int | None = 5
    least: int = 1
    most: int | None = 4
    reserve: int = 1
    minutes: int | None = 120
    absences: int = 5
    is_holiday: bool = False
    hours: tuple[tuple[str, str, str], tuple[str, str, str]] = (
        ("09:00", "18:00", "12:00-13:00 Lunch"),
        ("09:30", "16:30", "13:00-13:30 Prayer"),
    )


KINDS = {
    "another country with daylight saving from the second day on": Kind(
        host="CN", stations=("DE",), first=date(2027, 3, 26), days=4, starts="08:00", ends="12:00",
        hours=(("09:00", "19:00", "12:00-13:00 Lunch"), ("08:00", "16:00", "")),
    ),
    "daylight saving of both, at different times, evenings and mornings": Kind(
        host="US", stations=("CL",), first=date(2027, 4, 2), days=4, starts="09:00", ends="15:00", slot=20, change=0,
        hours=(("08:00", "17:00", "12:00-12:30 Lunch"), ("09:00", "18:00", "13:00-14:00 Almuerzo")),
    ),
    "buyers of three countries, one in a zone of 45 minutes": Kind(stations=("PK", "AE", "NP"), buyers=9, days=3),
    "few interpreters with short meetings": Kind(
        slot=15, change=5, interpreters=1, minutes=None, most=8, days=1, buyers=5, rooms=None
    ),
    "meetings without a pause between them": Kind(slot=25, change=0, interpreters=2, minutes=None, most=8, days=1),
    "short meetings after each other": Kind(slot=10, change=10, interpreters=1, minutes=None, most=12, days=1),
    "no interpreter at all": Kind(interpreters=0),
    "more meetings than times": Kind(days=1, starts="10:00", ends="11:30", rooms=2, most=None, sellers=9, reserve=0),
    "a holiday over the whole fair": Kind(is_holiday=True),
    "one meeting for each company": Kind(most=1, rooms=2, absences=0),
    "as many meetings as there are companies": Kind(least=6, most=None, rooms=None, reserve=2),
    "mornings of a day that is the night before for the hosts": Kind(
        host="US", stations=("PK",), first=date(2027, 3, 12), days=4, starts="08:00", ends="12:00",
        hours=(("18:00", "23:59", ""), ("08:00", "13:00", "")),
    ),
    "evenings of a day that is the next morning for the hosts": Kind(
        host="CN", stations=("US",), first=date(2027, 11, 5), days=3, starts="19:00", ends="22:30",
        hours=(("08:00", "13:00", ""), ("18:00", "23:00", "")),
    ),
}  # fmt: skip


def made_fair(kind: Kind, number: int) -> Sheets:
    return _Making(kind, Random(number)).sheets()


class _Making:
    def __init__(self, kind: Kind, random: Random) -> None:
        self.kind, self.random = kind, random
        self.station_zone = COUNTRIES[kind.stations[0]][0]
        self.dates = [kind.first + timedelta(days=n) for n in range(kind.days)]
        countries = [kind.host] * kind.sellers + [random.choice(kind.stations) for _ in range(kind.buyers)]
        self.companies = [self._company(n, country) for n, country in enumerate(countries)]
        self.sellers = [row["key"] for row in self.companies if row.get("sells")]
        self.buyers = [row["key"] for row in self.companies if row.get("buys")]

    def sheets(self) -> Sheets:
        people = [*self._people(), *self._interpreters()]
        preferences = self._preferences()
        return {
            "fair": [self._fair()], "days": [self._day(on) for on in self.dates], "calendars": self._calendars(),
            "holidays": self._holidays(), "companies": self.companies, "people": people,
            "absences": self._absences([row["key"] for row in (*self.companies, *people)]),
            "preferences": preferences, "pairs": self._pairs(preferences, people),
        }  # fmt: skip

    def _fair(self) -> Row:
        kind = self.kind
        return {
            "slug": "small", "name_en": "Small Fair", "host_country": kind.host, "station_country": kind.stations[0],
            "host_zone": COUNTRIES[kind.host][0], "station_zone": self.station_zone, "slot_minutes": str(kind.slot),
            "change_minutes": str(kind.change), "rooms": "" if kind.rooms is None else str(kind.rooms),
            "min_meetings": str(kind.least), "max_meetings": "" if kind.most is None else str(kind.most),
        }  # fmt: skip

    def _day(self, on: date) -> Row:
        times = {"starts": self.kind.starts, "ends": self.kind.ends, "zone": self.station_zone}
        return {"date": str(on), **times, "reserve_slots": str(self.kind.reserve)}

    def _calendars(self) -> list[Row]:
        """A short day on one weekday, other hours in one city on another, and from the last date on in one country."""
        rows = []
        for n, country in enumerate((self.kind.host, *self.kind.stations)):
            opens, closes, pauses = self.kind.hours[n > 0]
            usual = {"country": country, "opens": opens, "closes": closes, "pauses": pauses}
            usual["zone"] = COUNTRIES[country][0] if n > 1 or self.random.random() < 0.5 else ""
            short = self.dates[n % len(self.dates)].isoweekday() if len(self.dates) > 1 else SUNDAY
            rows += [
                usual | {"weekdays": ";".join(str(day) for day in range(1, 8) if day != short)},
                usual | {"weekdays": str(short), "closes": _later(opens, 4), "pauses": ""},
            ]
            city = self.random.choice(COUNTRIES[country][2])[self.random.random() < 0.5]
            other = self.dates[(n + 1) % len(self.dates)].isoweekday()
            rows.append(usual | {"city": city, "weekdays": str(other), "opens": _later(opens, 1), "pauses": ""})
        last: Row = {"weekdays": "1-7", "from": str(self.dates[-1]), "opens": _later(rows[0]["opens"], 2)}
        return [*rows, rows[0] | last] if len(self.dates) > 2 else rows

    def _holidays(self) -> list[Row]:
        if self.kind.is_holiday:
            return [{"date": str(on), "country": self.kind.host, "name_en": "Holiday"} for on in self.dates]
        found = []
        for country in (self.kind.host, *self.kind.stations):
            city = self.random.choice(COUNTRIES[country][2])[self.random.random() < 0.5]
            row = {"date": str(self.random.choice(self.dates)), "country": country, "name_en": "Holiday"}
            part = (("city", city), ("from", "10:00"), ("to", "12:10"))
            whole = self.random.choice(((), (("city", city),), part)) if len(self.dates) > 1 else part
            found.append(row | dict(whole))
            if not whole and len(self.dates) > 1:  # which one city works through
                found.append(row | {"city": city, "works": "yes", "name_en": "Working day"})
        return found

    def _company(self, n: int, country: str) -> Row:
        is_seller, random = n < self.kind.sellers, self.random
        city = random.choice(COUNTRIES[country][2])
        row = {
            "key": f"{'seller' if is_seller else 'buyer'}-{n}", "name_en": f"Company {n}", "country": country,
            "sells_hs" if is_seller else "wants_hs": random.choice(("8203", "820320", "8203;9402", "8205")),
            "sells" if is_seller else "buys": "yes",
            **({"city_en": city[0]} if n % 3 else {}), **({"city_zh": city[1]} if n % 3 < 2 else {}),
        }  # fmt: skip
        if n % 6 == 1:
            row |= {"sells": "yes", "buys": "yes", "sells_hs": "9018", "wants_hs": "8203;9018"}
        if n % 5 == 2:
            row["desks"] = "2"
        if n % 7 == 4:
            row |= {"max_meetings": "2", "min_meetings": "1"}
        if n % 11 == 9:
            row["state"] = random.choice(("submitted", "waiting", "refused"))
        return row

    def _people(self) -> list[Row]:
        """None of one company, two of some others."""
        found = []
        for n, row in enumerate(self.companies):
            speaks = COUNTRIES[row["country"]][1]
            found += [
                {
                    "key": f"person-{n}-{at}", "name_en": f"Person {n} {at}", "role": "staff" if at else "manager",
                    "company": row["key"], "speaks": self.random.choice(speaks), "country": row["country"],
                    "write_in": "en",
                }
                for at in range((0 if n == 3 else 1) + (n % 4 == 0))
            ]  # fmt: skip
        return found

    def _interpreters(self) -> list[Row]:
        """The last of several is on call."""
        host = COUNTRIES[self.kind.host][1][0]
        others = sorted({COUNTRIES[country][1][0].partition(";")[0] for country in self.kind.stations} | {"en"})
        number = self.kind.interpreters + bool(self.kind.interpreters)
        found = []
        for n in range(number):
            pairs = [f"{host}-{one}" for one in others if one != host]
            own = pairs if n == 0 else self.random.sample(pairs, self.random.randint(1, len(pairs)))
            found.append({
                "key": f"interpreter-{n}", "name_en": f"Interpreter {n}", "role": "interpreter", "write_in": "en",
                "country": self.random.choice((self.kind.host, self.kind.stations[0])), "speaks": "en",
                "interprets": ";".join(own), "on_call": "yes" if n == number - 1 else "",
                "max_minutes_a_day": "" if self.kind.minutes is None else str(self.kind.minutes),
            })  # fmt: skip
        return found

    def _absences(self, who: Sequence[str]) -> list[Row]:
        found = {}
        for one in self.random.sample(who, self.kind.absences):
            row = {"who": one, "date": str(self.random.choice(self.dates))}
            if self.random.random() < 0.7:
                at = self.random.randint(9, 13)
                zone = self.random.choice((self.station_zone, COUNTRIES[self.kind.host][0]))
                row |= {"from_time": f"{at:02}:00", "to_time": f"{at + 2}:30", "zone": zone}
            found[one] = row
        return list(found.values())

    def _preferences(self) -> list[Row]:
        found: dict[frozenset[str], Row] = {}
        for wish in ("must", "must", "would", "no", "no"):
            company, wanted = self.random.choice(self.sellers), self.random.choice(self.buyers)
            if company == wanted:
                continue
            ends = (company, wanted) if self.random.random() < 0.5 else (wanted, company)
            found[frozenset(ends)] = {"company": ends[0], "wants": ends[1], "wish": wish}
        agent = self.companies[-1]
        agent["sole_agent_of"] = self.sellers[0] if agent["key"] != self.sellers[0] else ""
        return list(found.values())

    def _pairs(self, preferences: Sequence[Row], people: Sequence[Row]) -> list[Row]:
        """None against a "no", or of a company with its sole agent."""
        no = {frozenset((row["company"], row["wants"])) for row in preferences if row["wish"] == "no"}
        no |= {frozenset((row["key"], row["sole_agent_of"])) for row in self.companies if row.get("sole_agent_of")}
        interpreters = [row for row in people if row["role"] == "interpreter"]
        found: dict[frozenset[str], Row] = {}
        for n in range(6):
            exhibitor, buyer = self.random.choice(self.sellers), self.random.choice(self.buyers)
            ends = frozenset((exhibitor, buyer))
            if len(ends) < 2 or ends in no | found.keys():
                continue
            row = {"exhibitor": exhibitor, "buyer": buyer, "interpreter": self.random.choice(NEEDS)}
            if n == 1 and interpreters:
                who = self.random.choice(interpreters)
                row |= {"interpreter": "required", "interpreter_key": who["key"]}
                row["language_pair"] = who["interprets"].split(";")[0]
            if n in (2, 3):
                row |= {"date": str(self.random.choice(self.dates)), "zone": self.station_zone}
                row["time"] = _later(
                    self.kind.starts, 0, (self.kind.slot + self.kind.change) * self.random.randint(0, 5)
                )
            found[ends] = row
        return list(found.values())


def _later(at: str, hours: int, minutes: int = 0) -> str:
    hour, minute = map(int, at.split(":"))
    sum_of = hour * 60 + minute + hours * 60 + minutes
    return f"{sum_of // 60:02}:{sum_of % 60:02}"
