"""A fair of three exhibitors and two buyers of valves, tomorrow and the day after, with one interpreter."""

from datetime import date, time, timedelta

from tests.e2e.imported_fair import SLUG
from tests.workbook.whole_fair import Sheets

TODAY = date.today()
EVERY_DAY = {"weekdays": [1, 2, 3, 4, 5, 6, 7], "opens": time(8), "closes": time(20)}
BY_MAIL = {"role": "manager", "speaks": ["en"], "write_in": "en"}
FAIR: Sheets = {
    "fair": [
        {
            "slug": SLUG, "name_en": "Valve Fair", "host_country": "CN", "station_country": "PK",
            "host_zone": "Asia/Shanghai", "station_zone": "Asia/Karachi", "slot_minutes": 25, "change_minutes": 5,
            "min_meetings": 1, "max_meetings": 8, "rooms": 10, "languages": ["zh", "en", "ur"],
        }
    ],
    "units": [{"key": "lhr", "name_en": "Lahore Chamber", "country": "PK"}],
    "halls": [{"number": 1, "name_en": "Valves", "headings": ["8481"]}],
    "days": [
        {"date": TODAY + timedelta(days=days), "starts": time(10), "ends": time(13), "zone": "Asia/Karachi"}
        for days in (1, 2)
    ],
    "calendars": [{"country": "CN", **EVERY_DAY}, {"country": "PK", **EVERY_DAY}],
    "companies": [
        *(
            {"key": key, "name_en": name, "country": "CN", "city_en": "Wenzhou", "sells": True, "hall": 1}
            for key, name in (("anvil", "Anvil Valves"), ("bolt", "Bolt Valves"), ("crane", "Crane Valves"))
        ),
        *(
            {"key": key, "name_en": name, "country": "PK", "city_en": "Lahore", "buys": True, "recruiting_unit": "lhr"}
            for key, name in (("ravi", "Ravi Traders"), ("indus", "Indus Mills"))
        ),
    ],
    "people": [
        {"key": "wang", "name_en": "Wang Fang", "company": "anvil", "email": "wang@anvil.example", "country": "CN",
         **BY_MAIL, "speaks": ["zh"]},
        {"key": "hu", "name_en": "Hu Mei", "company": "bolt", "email": "hu@bolt.example", "country": "CN", **BY_MAIL},
        {"key": "lin", "name_en": "Lin Tao", "company": "crane", "email": "lin@crane.example", "country": "CN",
         **BY_MAIL},
        {"key": "usman", "name_en": "Usman Sheikh", "company": "ravi", "email": "usman@ravi.example", "country": "PK",
         **BY_MAIL},
        {"key": "sana", "name_en": "Sana Malik", "company": "indus", "email": "sana@indus.example", "country": "PK",
         **BY_MAIL},
        {"key": "li", "name_en": "Li Jing", "role": "interpreter", "email": "li@talk.example", "country": "CN",
         "interprets": ["zh-en"], "write_in": "zh"},
        {"key": "ann", "name_en": "Ann Lee", "role": "organiser", "email": "ann@chamber.example", "write_in": "en",
         "country": "PK"},
    ],
    "products": [
        {"company": company, "article": "V-1", "name_en": "Gate valves", "hs": "848180", "moq": 100, "unit": "pcs"}
        for company in ("anvil", "bolt", "crane")
    ],
    "demands": [
        {"key": company, "company": company, "kind": "goods", "text_en": "Gate valves", "hs": "848180",
         "deadline": TODAY + timedelta(days=30)}
        for company in ("ravi", "indus")
    ],
    "preferences": [{"company": "indus", "wants": ["crane"], "wish": "no"}],
}  # fmt: skip
