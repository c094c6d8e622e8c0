"""A workbook with rows in every stored sheet, as reading a file gives it."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from fairplatform.workbook.reading import Workbook
from fairplatform.workbook.row import Row

Cells = Mapping[str, Any]
Sheets = dict[str, list[dict[str, Any]]]

FAIR: Sheets = {
    "fair": [
        {
            "slug": "ae2026", "name_en": "Hardware Fair", "name_zh": "五金展", "station_en": "Emirates station",
            "host_country": "CN", "station_country": "AE", "host_zone": "Asia/Shanghai", "station_zone": "Asia/Dubai",
            "slot_minutes": 25, "change_minutes": 5, "rooms": 40, "min_meetings": 2, "max_meetings": 8,
            "languages": ["zh", "en"], "series": "Hardware", "ceremony_at": datetime(2026, 10, 12, 10, 0),
        }
    ],
    "bodies": [
        {"part": "host", "name_en": "Department of Commerce"},
        {"part": "supporting", "name_en": "Dubai Chamber", "name_zh": "迪拜商会"},
    ],
    "units": [
        {"key": "yk", "name_en": "Yongkang Bureau", "name_zh": "永康市商务局", "country": "CN", "quota": 3,
         "contact": "Chen", "mobile": "+8657987000001", "reply_by": date(2026, 9, 1)},
        {"key": "dxb", "name_en": "Dubai Chamber", "country": "AE"},
    ],
    "halls": [
        {"number": 1, "name_en": "Tools", "name_zh": "工具", "headings": ["8203", "8205"]},
        {"number": 2, "name_en": "Doors"},
    ],
    "days": [
        {"date": date(2026, 10, 12), "starts": time(9), "ends": time(12), "zone": "Asia/Dubai", "reserve_slots": 1},
        {"date": date(2026, 10, 13), "starts": time(9), "ends": time(10, 40), "zone": "Asia/Dubai", "reserve_slots": 0,
         "note_en": "Short day"},
    ],
    "calendars": [
        {"country": "CN", "weekdays": [1, 2, 3, 4, 5], "opens": time(9), "closes": time(18),
         "pauses": [{"starts": "12:00", "ends": "13:00", "name": "Lunch"}]},
        {"country": "AE", "city": "dubai", "weekdays": [5], "opens": time(8), "closes": time(12), "zone": "Asia/Dubai",
         "from": date(2026, 10, 1), "to": date(2026, 10, 31)},
    ],
    "holidays": [
        {"date": date(2026, 10, 10), "country": "CN", "works": True, "name_zh": "调休"},
        {"date": date(2026, 10, 13), "country": "AE", "city": "dubai", "from": time(9), "to": time(11), "works": False},
    ],
    "companies": [
        {"key": "anvil", "name_en": "Anvil Tools", "name_zh": "铁砧工具", "country": "CN", "city_en": "Yongkang",
         "sells": True, "kind": "manufacturer", "hall": 1, "booth": "7", "recruiting_unit": "yk",
         "registration": "91330784MA00000001", "tax_number": "T-1", "contact_name_zh": "王芳",
         "contact_mobile": "+8613800000001", "contact_position": "sales", "founded": 1999, "employees": 120,
         "new_to_market": True, "tagline_en": "Grip", "story_en": "Long story", "address_en": "1 Road",
         "sells_hs": ["8203"], "cooperation": ["goods", "agency"], "desks": 2, "remarks": "Ask again"},
        {"key": "bolt", "name_en": "Bolt Works", "country": "CN", "city_en": "Wenzhou", "city_zh": "温州",
         "sells": True, "hall": 1},
        {"key": "gulf", "name_en": "Gulf Imports", "country": "AE", "city_en": "Dubai", "buys": True,
         "recruiting_unit": "Dubai Chamber", "wants_hs": ["8203", "8302"], "plan_12_months": Decimal("250000.50"),
         "plan_currency": "AED", "suppliers": "Anvil Ltd",
         "min_meetings": 1, "max_meetings": 4, "sole_agent_of": ["bolt", "Old Friend GmbH"]},
        {"name_en": "Sand Trading", "country": "AE", "city_en": "Sharjah", "city_ur": "شارجہ", "buys": True,
         "sells": True, "state": "submitted"},
    ],
    "people": [
        {"key": "wang", "name_en": "Wang Fang", "name_zh": "王芳", "role": "manager", "company": "anvil",
         "position": "sales", "decides": True, "lead": True, "email": "wang@anvil.example",
         "mobile": "+8613800000001", "wechat": "wf", "write_in": "zh", "speaks": ["zh", "en"], "country": "CN",
         "salutation": "ms", "consent_on": date(2026, 8, 1), "remarks": "Prefers mornings"},
        {"name_en": "Omar Said", "role": "staff", "company": "Gulf Imports", "write_in": "en", "country": "AE"},
        {"key": "li", "name_zh": "李雷", "role": "interpreter", "write_in": "zh", "country": "CN", "zone": "Asia/Dubai",
         "mobile": "+8613800000002", "interprets": ["zh-ar", "zh-en"], "max_minutes_a_day": 240, "on_call": False},
        {"key": "ann", "name_en": "Ann", "role": "organiser", "write_in": "en", "country": "AE"},
        {"key": "del", "name_en": "Delegate", "role": "delegated", "recruiting_unit": "yk", "write_in": "zh",
         "country": "CN"},
    ],
    "products": [
        {"company": "anvil", "article": "P-200", "name_en": "Pliers", "name_zh": "钳子", "hs": "82032000", "moq": 3000,
         "unit": "pcs", "pieces_per_carton": 60, "lead_days": 30, "price_low": Decimal("1.1"),
         "price_high": Decimal("2.4"), "currency": "USD", "incoterm": "FOB", "place": "ningbo",
         "certificates": ["CE", "GS"], "description_en": "Forged", "hall_shown": 2},
        {"company": "Bolt Works", "article": "B-1", "name_en": "Bolts", "hs": "7318"},
    ],
    "demands": [
        {"key": "d1", "company": "gulf", "kind": "goods", "text_en": "Pliers, 200 mm", "hs": "820320",
         "quantity": 10000, "unit": "pcs", "target_price": Decimal("1.05"), "currency": "USD", "incoterm": "CIF",
         "place": "Jebel Ali", "certificates": ["CE"], "origin_certificate": True, "deadline": date(2026, 12, 1),
         "entered_by": "Chen", "state": "closed"},
    ],
    "absences": [
        {"who": "gulf", "date": date(2026, 10, 12), "from_time": time(11), "to_time": time(12), "zone": "Asia/Dubai"},
        {"who": "li", "date": date(2026, 10, 13)},
    ],
    "preferences": [
        {"company": "gulf", "wants": ["anvil"], "wish": "must", "by": "omar-said"},
        {"company": "anvil", "wants": ["sand-trading"], "wish": "no"},
    ],
    "pairs": [
        {"number": 1, "exhibitor": "anvil", "buyer": "gulf", "interpreter": "required", "interpreter_key": "li",
         "language_pair": "zh-ar", "date": date(2026, 10, 12), "time": time(9, 30), "zone": "Asia/Dubai",
         "remarks": "First of all"},
    ],
}  # fmt: skip


def whole_fair() -> Sheets:
    """A copy that a test may change."""
    return deepcopy(FAIR)


def workbook(sheets: Mapping[str, Sequence[Cells]]) -> Workbook:
    """As reading a file gives it: the first row below the titles and the keys is row 3."""
    rows = {
        sheet: [Row(sheet, number, dict(cells)) for number, cells in enumerate(lines, start=3)]
        for sheet, lines in sheets.items()
    }
    return Workbook(rows, [])
