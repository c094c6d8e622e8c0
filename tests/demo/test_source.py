"""The workbook of the demonstration has no faults and adds up to the published figures."""

from collections import Counter

import pytest

from fairplatform.accounts.models import Staff
from fairplatform.demo.additions import additions
from fairplatform.demo.loader.fair import workbook_from
from fairplatform.demo.plan.slots import meetings_per_slot
from fairplatform.demo.plan.source import source, workbook

from .conftest import ANCHOR

ROWS = {sheet: [row.values for row in rows] for sheet, rows in workbook().rows.items()}
COUNTS = {
    "fair": 1, "bodies": 8, "units": 6, "halls": 12, "days": 5, "calendars": 4, "companies": 156, "people": 453,
    "products": 584, "demands": 140, "pairs": 15, "absences": 72,
}  # fmt: skip
# Nobody has the numbers of the demonstration, so all of them are doubtful.
DOUBTS = {
    ("companies", "registration", "credit_code_form"): 96,
    ("companies", "registration", "company_number_form"): 60,
}
EXHIBITORS = [row for row in ROWS["companies"] if row["sells"]]
BUYERS = [row for row in ROWS["companies"] if row["buys"]]


def doubts(findings):
    return Counter((one.sheet, one.column, one.code) for one in findings)


def counted(column, rows):
    return Counter(row.get(column) for row in rows)


def test_nothing_is_found_but_that_numbers_are_nobodys():
    assert {sheet: len(rows) for sheet, rows in ROWS.items()} == COUNTS
    assert doubts(workbook().findings) == DOUBTS


def test_the_dates_of_the_rows_move_with_the_first_day():
    moved = workbook_from(ANCHOR.days[0].replace(year=2027)).rows
    assert [str(row.values["date"]) for row in moved["days"]] == [f"2027-05-{day}" for day in range(12, 17)]
    assert str(moved["fair"][0].values["ceremony_at"]) == "2027-05-12 10:00:00"
    assert str(ROWS["days"][0]["date"]) == "2020-05-12"


def test_exhibitors_by_city_hall_and_kind():
    assert counted("city_en", EXHIBITORS) == {
        "Yongkang": 22, "Yiwu": 14, "Jinhua": 4, "Ningbo": 20, "Wenzhou": 16, "Taizhou": 14, "Hangzhou": 6,
    }  # fmt: skip
    by_hall = counted("hall", EXHIBITORS)
    assert [by_hall[number] for number in range(1, 13)] == [9, 9, 9, 7, 10, 9, 10, 8, 6, 7, 5, 7]
    assert counted("kind", EXHIBITORS) == {"manufacturer": 71, "trader": 17, "both": 8}
    assert counted("new_to_market", EXHIBITORS) == {True: 38, None: 58}
    assert counted("recruiting_unit", EXHIBITORS) == {"jinhua-bureau": 40, None: 56}


def test_buyers_by_city_kind_and_recruiting_unit():
    assert counted("city_en", BUYERS) == {
        "Lahore": 22, "Karachi": 17, "Gujranwala": 6, "Faisalabad": 6, "Sialkot": 5, "Islamabad": 3, "Rawalpindi": 1,
    }  # fmt: skip
    assert counted("kind", BUYERS) == {
        "importer": 27, "distributor": 12, "user": 11, "retail": 5, "contractor": 3, "association": 2,
    }  # fmt: skip
    assert counted("recruiting_unit", BUYERS) == {
        "phma": 21, "lahore-chamber": 14, "karachi-chamber": 11, "gujranwala-chamber": 5, "faisalabad-chamber": 5,
        None: 4,
    }  # fmt: skip
    assert {len(firm.interests) for firm in source().companies if not firm.sells} == {4}


def test_people_by_role():
    assert Counter(person.role for person in source().people) == {
        "exhibitor_manager": 96, "exhibitor_staff": 221, "buyer_lead": 60, "buyer_staff": 36, "interpreter": 24,
        "liaison": 6, "organiser": 4, "delegated": 6,
    }  # fmt: skip
    delegates = [row["recruiting_unit"] for row in ROWS["people"] if row["role"] == "delegated"]
    assert delegates == [unit["key"] for unit in ROWS["units"]]


def test_lead_purchasers_by_position():
    leads = [row for row in ROWS["people"] if row.get("lead")]
    assert counted("position", leads) == {
        "chief_executive": 19, "managing_director": 14, "proprietor": 12, "managing_partner": 6,
        "procurement_manager": 4, "director_imports": 3, "business_development": 2,
    }  # fmt: skip
    assert sum(row["position"] in Staff.CHIEF_EXECUTIVES for row in leads) == 51
    assert {row["company"] for row in leads} == {firm["key"] for firm in BUYERS}


def test_interpreters_by_language_pair_and_on_call():
    interpreters = [row for row in ROWS["people"] if row["role"] == "interpreter"]
    assert Counter((*row["interprets"], row.get("on_call", False)) for row in interpreters) == {
        ("zh-ur", False): 9, ("zh-en", False): 9, ("zh-en", True): 6,
    }  # fmt: skip


def test_pairs_are_those_of_the_main_personas_at_their_times():
    personas = {"yongkang-bubujin-tools", "torange-hardware-traders"}
    assert [row for row in ROWS["pairs"] if not personas & {row["exhibitor"], row["buyer"]}] == []
    assert [row for row in ROWS["pairs"] if not (row["date"] and row["time"])] == []
    interpreted = [row["language_pair"] for row in ROWS["pairs"] if row.get("interpreter_key") == "interpreter-1"]
    assert interpreted == ["zh-ur"] * 8


def test_buyers_have_said_how_many_meetings_they_can_have():
    assert (ROWS["fair"][0]["min_meetings"], ROWS["fair"][0]["max_meetings"]) == (2, 8)
    assert {row["min_meetings"] for row in BUYERS} == {3}
    assert sum(row["max_meetings"] for row in BUYERS) == 300


def test_meetings_of_the_days():
    by_day = Counter[str]()
    for slot, number in meetings_per_slot().items():
        by_day[slot[0]] += number
    assert (by_day, by_day.total()) == ({"1": 46, "2": 68, "3": 70, "4": 50, "5": 66}, 300)


def test_24_exhibitors_agreed_to_the_last_slot_of_friday():
    assert sum(firm.late_friday for firm in source().companies) == 24
    assert {(str(row["date"]), str(row["from_time"]), row["zone"]) for row in ROWS["absences"]} == {
        ("2020-05-15", "18:00:00", "Asia/Shanghai")
    }
    assert {row["who"] for row in ROWS["absences"]} <= {row["key"] for row in EXHIBITORS}


def test_there_are_four_main_personas():
    personas = {person.persona: (person.name["en"], person.company) for person in source().people if person.persona}
    assert personas == {
        "exhibitor": ("Chen Jianguo", "yongkang-bubujin-tools"),
        "buyer": ("Muhammad Usman Sheikh", "torange-hardware-traders"),
        "interpreter": ("Shen Yiting", None),
        "organiser": ("Zhou Haibo", None),
    }


def test_additions_are_of_rows_of_the_workbook():
    added, exhibitors = additions(), {row["key"] for row in EXHIBITORS}
    assert (len(added.unverified), added.unverified - exhibitors) == (1, set())
    assert added.price_units.keys() <= {product.key for product in source().products}
    assert added.pauses.keys() == {pause["name"] for row in ROWS["calendars"] for pause in row["pauses"]}


@pytest.mark.parametrize(
    ("sheet", "columns"),
    [
        ("companies", ("key", "registration", "name_en", "name_zh", "name_ur")),
        ("people", ("key", "email", "mobile", "name_en", "name_zh", "name_ur")),
    ],
)
def test_keys_names_and_addresses_are_unique(sheet, columns):
    for column in columns:
        assert len({row[column] for row in ROWS[sheet]}) == COUNTS[sheet], column


def test_names_and_addresses_are_recognizably_invented():
    companies, people = ROWS["companies"], ROWS["people"]
    assert [row["registration"].startswith("DEMO-") for row in companies].count(True) == 156
    assert [row["name_en"].endswith("(Demo)") for row in companies].count(True) == 156
    assert [row["email"].endswith(".example") for row in people].count(True) == 453
    prefix = {"CN": "+8600", "PK": "+9200"}
    assert [row["mobile"].startswith(prefix[row["country"]]) for row in people].count(True) == 453
