"""A fair of two countries in a folder of CSV files, and the commands that work on it."""

import csv
import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

Sheets = dict[str, list[dict[str, str]]]
THURSDAY, FRIDAY, SATURDAY = "2027-03-04", "2027-03-05", "2027-03-06"


def company(key: str, country: str, **cells: str) -> dict[str, str]:
    city = {"CN": "Yongkang", "PK": "Lahore"}[country]
    side = {"sells": "yes"} if "sells_hs" in cells else {}
    side |= {"buys": "yes"} if "wants_hs" in cells else {}
    return {"key": key, "name_en": f"{key.title()} Company", "country": country, "city_en": city, **side, **cells}


def person(key: str, of: str, speaks: str, country: str, **cells: str) -> dict[str, str]:
    usual = {"role": "manager", "company": of, "write_in": "en"}
    return {"key": key, "name_en": key.title(), "speaks": speaks, "country": country, **usual, **cells}


FAIR: Sheets = {
    "fair": [
        {
            "slug": "small", "name_en": "Small Fair", "host_country": "CN", "station_country": "PK",
            "host_zone": "Asia/Shanghai", "station_zone": "Asia/Karachi", "slot_minutes": "25", "change_minutes": "5",
            "rooms": "3", "min_meetings": "1", "max_meetings": "3",
        }
    ],
    "days": [
        {"date": THURSDAY, "starts": "10:00", "ends": "15:40", "zone": "Asia/Karachi", "reserve_slots": "1"},
        {"date": FRIDAY, "starts": "10:00", "ends": "15:40", "zone": "Asia/Karachi", "reserve_slots": "1"},
        {"date": SATURDAY, "starts": "10:00", "ends": "12:00", "zone": "Asia/Karachi"},
    ],
    "calendars": [
        {"country": "CN", "weekdays": "1-6", "opens": "09:00", "closes": "18:00", "pauses": "12:00-13:00 Lunch"},
        {"country": "PK", "weekdays": "1-4;6", "opens": "10:00", "closes": "16:00", "pauses": "13:00-13:30 Prayer"},
        {"country": "PK", "weekdays": "5", "opens": "10:00", "closes": "16:00", "pauses": "12:30-14:30 Prayer"},
    ],
    "holidays": [{"date": SATURDAY, "country": "CN", "name_en": "Holiday"}],
    "companies": [
        company("anvil", "CN", sells_hs="820320;8205", desks="2"),
        company("bolt", "CN", sells_hs="8203"),
        company("crane", "CN", sells_hs="8203;9402"),
        company("drill", "CN", sells_hs="8203", sole_agent_of=""),
        company("engine", "CN", sells_hs="8407"),
        company("nadir", "PK", wants_hs="820320", max_meetings="2"),
        company("omar", "PK", wants_hs="8203"),
        company("parvez", "PK", wants_hs="8203;8205"),
        company("qasim", "PK", wants_hs="8203;9402", sole_agent_of="crane"),
        company("rashid", "PK", wants_hs="8203", sells_hs="9018"),
        company("sadiq", "PK", wants_hs="9018", state="submitted"),
    ],
    "people": [
        person("wang", "anvil", "zh;en", "CN"),
        person("chen", "anvil", "zh", "CN", role="staff"),
        person("zhao", "bolt", "zh", "CN"),
        person("qian", "crane", "zh;en", "CN"),
        person("sun", "drill", "zh", "CN"),
        person("li", "engine", "zh", "CN"),
        person("nadia", "nadir", "ur;en", "PK"),
        person("osman", "omar", "ur", "PK"),
        person("pir", "parvez", "ur;en", "PK"),
        person("qadir", "qasim", "ur", "PK"),
        person("rana", "rashid", "ur;en", "PK"),
        person("yusuf", "", "zh;ur;en", "PK", role="interpreter", interprets="zh-ur;zh-en", max_minutes_a_day="110"),
        person("zara", "", "zh;en", "PK", role="interpreter", interprets="en-zh"),
        person("idle", "", "zh;ur", "PK", role="interpreter", interprets="zh-ur", on_call="yes"),
    ],
    "absences": [
        {"who": "omar", "date": THURSDAY},
        {"who": "pir", "date": FRIDAY, "from_time": "10:00", "to_time": "12:00", "zone": "Asia/Karachi"},
        {"who": "yusuf", "date": THURSDAY, "from_time": "10:00", "to_time": "11:00", "zone": "Asia/Karachi"},
    ],
    "preferences": [
        {"company": "omar", "wants": "engine", "wish": "must"},
        {"company": "drill", "wants": "parvez", "wish": "no"},
        {"company": "rashid", "wants": "bolt", "wish": "would"},
        {"company": "qasim", "wants": "crane", "wish": "must"},
    ],
    "pairs": [
        {"number": "1", "exhibitor": "anvil", "buyer": "nadir", "interpreter": "required", "interpreter_key": "yusuf",
         "language_pair": "zh-ur", "date": THURSDAY, "time": "14:30", "zone": "Asia/Shanghai"},
        {"number": "2", "exhibitor": "bolt", "buyer": "parvez", "interpreter": "own"},
        {"number": "3", "exhibitor": "engine", "buyer": "rashid", "date": FRIDAY, "time": "11:00",
         "zone": "Asia/Karachi", "interpreter": "required", "language_pair": "zh-en"},
    ],
}  # fmt: skip


def small_fair() -> Sheets:
    """A copy that a test may change."""
    return deepcopy(FAIR)


def folder(path: Path, sheets: Mapping[str, Sequence[Mapping[str, str]]]) -> Path:
    path.mkdir(exist_ok=True)
    for sheet, rows in sheets.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        with (path / f"{sheet}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return path


def run(*words: str, **options: Any) -> tuple[int, Any]:
    """The exit status of a command and the JSON that it printed."""
    printed, status = StringIO(), 0
    try:
        call_command(*words, json=True, stdout=printed, **options)
    except SystemExit as ended:
        status = int(ended.code or 0)
    return status, json.loads(printed.getvalue())


def imported(path: Path, sheets: Sheets) -> None:
    status, report = run("import", str(folder(path / "fair", sheets)))
    assert status == 0, report


def scheduled(path: Path, sheets: Sheets) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """What match and schedule print, and the schedule."""
    imported(path, sheets)
    (_, match), (status, report), meetings = run("match", "small"), run("schedule", "small"), exported()
    assert status == 0
    return match, report, meetings


def exported(what: str = "schedule") -> Any:
    status, rows = run("export", "small", what=what)
    assert status == 0
    return rows


def ends(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(row["exhibitor"], row["buyer"]) for row in rows}
