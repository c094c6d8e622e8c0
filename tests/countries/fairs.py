"""Workbooks of fairs between any two countries, as strangers would write them: one exhibitor, one buyer, one pair."""

from datetime import date, time
from pathlib import Path
from typing import Any

from fairplatform.workbook.writing import write

Rows = list[dict[str, Any]]
Sheets = dict[str, Rows]


def fair(
    slug: str, host: tuple[str, str, str], station: tuple[str, str, str], days: Rows, calendars: Rows, pinned: Rows,
    **settings: Any,
) -> Sheets:  # fmt: skip
    """`host`, `station`: the country, its zone, and a city; `pinned`: the time of the pair, if it has one."""
    (seller_country, host_zone, seller_city), (buyer_country, station_zone, buyer_city) = host, station
    known = {"write_in": "en", "speaks": ["en"], "consent_on": date(2030, 1, 2)}
    named = {"name_en": "Valve Fair", "name_zh": "阀门展", "name_ur": "والو نمائش"}
    return {
        "fair": [
            {
                "slug": slug, **named, "host_country": seller_country, "host_zone": host_zone,
                "station_country": buyer_country, "station_zone": station_zone, "slot_minutes": 25,
                "change_minutes": 5, "languages": ["en"], **settings,
            }
        ],
        "bodies": [{"part": "host", "name_en": "Chamber of Commerce"}],
        "halls": [{"number": 1, "name_en": "Valves", "headings": ["8481"]}],
        "days": days,
        "calendars": calendars,
        "companies": [
            {"key": "maker", "name_en": "Valve Maker", "country": seller_country, "city_en": seller_city,
             "sells": True, "hall": 1, "sells_hs": ["8481"]},
            {"key": "user", "name_en": "Pipe Line", "country": buyer_country, "city_en": buyer_city, "buys": True,
             "wants_hs": ["8481"]},
        ],
        "people": [
            {"key": "ma", "name_en": "Max Maker", "role": "manager", "company": "maker", **known,
             "email": f"maker@{slug}.example", "country": seller_country},
            {"key": "us", "name_en": "Una User", "role": "manager", "company": "user", **known,
             "email": f"user@{slug}.example", "country": buyer_country},
            {"key": "og", "name_en": "Olga Organ", "role": "organiser", "write_in": "en",
             "email": f"organiser@{slug}.example", "country": seller_country},
        ],
        "pairs": [{"exhibitor": "maker", "buyer": "user", "interpreter": "none", **one} for one in pinned],
    }  # fmt: skip


def day(on: date, starts: time, ends: time, zone: str) -> dict[str, Any]:
    return {"date": on, "starts": starts, "ends": ends, "zone": zone}


def hours(country: str, weekdays: str, opens: time, closes: time, *pauses: str, **more: Any) -> dict[str, Any]:
    """`weekdays`: digits; `pauses`: `12:00-13:00 Lunch`."""
    breaks = [dict(zip(("starts", "ends"), one[:11].split("-"), strict=True)) | {"name": one[12:]} for one in pauses]
    return {"country": country, "weekdays": [int(digit) for digit in weekdays], "opens": opens, "closes": closes,
            "pauses": breaks, **more}  # fmt: skip


def written(folder: Path, sheets: Sheets) -> Path:
    """As an .xlsx file."""
    path = folder / f"{sheets['fair'][0]['slug']}.xlsx"
    write(path, {name: rows for name, rows in sheets.items() if rows})
    return path


# Friday is half a day in the Emirates, Saturday and Sunday are free there; both keep one time all year.
EMIRATES = fair(
    "cn-ae",
    ("CN", "Asia/Shanghai", "Ningbo"),
    ("AE", "Asia/Dubai", "Dubai"),
    [day(date(2030, 5, on), time(9), time(15), "Asia/Dubai") for on in (16, 17)],  # Thursday, Friday
    [],
    [{"date": date(2030, 5, 17), "time": time(11, 30), "zone": "Asia/Dubai"}],
)
# America changes its clocks on Sunday, 10 March 2030, Europe on the 31st.
BRITAIN = fair(
    "gb-us",
    ("GB", "Europe/London", "Leeds"),
    ("US", "America/New_York", "Boston"),
    [day(date(2030, 3, on), time(9), time(14), "America/New_York") for on in (8, 11)],  # Friday, Monday
    [],
    [{"date": date(2030, 3, 11), "time": time(17), "zone": "Europe/London"}],
)
GERMANY = fair(
    "de-mx",
    ("DE", "Europe/Berlin", "Aachen"),
    ("MX", "America/Tijuana", "Tijuana"),
    [day(date(2030, 3, on), time(15), time(18), "Europe/Berlin") for on in (8, 11)],
    [hours("DE", "12345", time(9), time(18)), hours("MX", "12345", time(7), time(15))],
    [{"date": date(2030, 3, 11), "time": time(7), "zone": "America/Tijuana"}],
)
# The night in China is the morning in California; a meeting is held over midnight.
NIGHT = fair(
    "cn-us",
    ("CN", "Asia/Shanghai", "Yiwu"),
    ("US", "America/Los_Angeles", "Fresno"),
    [day(date(2030, 3, on), time(22), time(1), "Asia/Shanghai") for on in (8, 11)],
    [
        hours("CN", "12345", time(20), time(2), "23:00-23:30 Supper"),
        hours("US", "12345", time(6), time(14)),
    ],
    [{"date": date(2030, 3, 12), "time": time(0, 15), "zone": "Asia/Shanghai"}],
    slot_minutes=40,
)
