"""Ugly lists on the pages of the office: what is stored, what comes back, and that it can be sent again."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from fairplatform.accounts.models import Staff
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit
from tests.factories import make_fair, make_role, three
from tests.office.list_pages import address, checked, proposed, stored, uploaded
from tests.workbook.list_files import sheet_of

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.workbook.actions")]
BUREAU_LIST = Path(__file__).parents[1] / "workbook/files/bureau_list.xls"
COUNCIL = (
    ["Demo Business Council", None, None, "Updated: 01/03/2026"],
    ["No.", "Company Name", "Emirate", "Contact Person", None, "E-mail(s)", "HS Code"],
    [None, None, None, "Full Name", "Tel / Mobile", None, None],
    [1, "Crescent Trading (Demo)", "Dubai", "Amal Demo", "050-1234567", "amal@demo.example", "0902.10\n0902.20"],
    [None, None, None, "Basma Demo", "0501234568", None, None],
    [2, "Palm Metals (Demo)", "Ras Al Khaimah", "Cyrus Demo", 9.71501e11, "cyrus@demo.example", "7308"],
    [None, None, None, "Dalia Demo", "0501234569", "dalia@demo.example", None],
    [3, "Crescent Trading (Demo)", "Sharjah", "Amal Demo", "971501234567", None, "0902"],
    ["Sub Total", None, "3"],
)


@pytest.fixture
def fair() -> Fair:
    return make_fair(state="draft", station_country="AE")


@pytest.fixture
def office(fair: Fair, client: Client) -> Client:
    client.force_login(make_role(fair, "organiser"))
    return client


def unit_of(fair: Fair, country: str) -> RecruitingUnit:
    return RecruitingUnit.objects.create(fair=fair, key="unit", name=three("Unit"), country=country)


def workbook(*hidden: int) -> bytes:
    page = sheet_of(COUNCIL)
    for number in hidden:
        page.row_dimensions[number].hidden = True
    content = io.BytesIO()
    page.parent.save(content)
    return content.getvalue()


def people(fair: Fair) -> list[tuple[str, str, str, bool]]:
    rows = Staff.objects.filter(company__participations__fair=fair).order_by("company", "pk")
    return [(row.company.city, str(row.user.name), str(row.user.phone), row.is_manager) for row in rows]


def test_county_list_with_merged_firms_is_stored(office: Client, fair: Fair) -> None:
    one = uploaded(office, unit_of(fair, "CN"), BUREAU_LIST.read_bytes())
    one = stored(office, checked(office, one, country="CN", city="义乌", sells="on"))
    assert (one.report["bad"], one.report["good"], one.report["counts"]["created"]) == (
        [9], 5, {"companies": 3, "people": 5},
    )  # fmt: skip
    [first, *_others] = Participation.objects.filter(fair=fair).order_by("pk")
    staff = first.company.staff.order_by("pk")
    assert [(row.user.name["zh-hans"], row.is_manager) for row in staff] == [
        ("张演示", True), ("李演示", False), ("王演示", False),
    ]  # fmt: skip


def test_rows_of_a_firm_stand_or_fall_together_and_can_be_sent_again(office: Client, fair: Fair) -> None:
    unit, fixed = unit_of(fair, "AE"), {"country": "AE", "city": "Dubai", "buys": "on"}
    one = stored(office, checked(office, uploaded(office, unit, workbook(), "council.xlsx"), **fixed))
    first = [
        ("dubai", "Amal Demo", "+971501234567", True),
        ("dubai", "Basma Demo", "+971501234568", False),
        ("sharjah", "Amal Demo", "+971501234567", True),
    ]
    assert (one.report["bad"], people(fair)) == ([6, 7], first)
    assert [finding[3] for finding in one.report["findings"] if finding[4] == "error"] == [
        "digits_lost", "list_other_row",
    ]  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(office.get(address(one, "to-mend.xlsx")).content))
    page = book.worksheets[0]
    assert [[cell.value for cell in row][2:6] for row in page.iter_rows(min_row=2)] == [
        ["Palm Metals (Demo)", "Ras Al Khaimah", "Cyrus Demo", 971501000000],
        ["Palm Metals (Demo)", None, "Dalia Demo", "0501234569"],
    ]
    assert page["I3"].value == "Row 6 of the same company has to be corrected. Send this row back with it."
    page["F2"] = "+971 50 123 4560"
    content = io.BytesIO()
    book.save(content)
    again = stored(office, checked(office, uploaded(office, unit, content.getvalue(), "mended.xlsx"), **fixed))
    assert (again.report["bad"], again.report["counts"]["created"]) == ([], {"companies": 1, "people": 2})
    assert sorted(people(fair)) == sorted([
        *first,
        ("ras-al-khaimah", "Cyrus Demo", "+971501234560", True),
        ("ras-al-khaimah", "Dalia Demo", "+971501234569", False),
    ])  # fmt: skip


def test_ugly_list_read_again_changes_nothing(office: Client, fair: Fair) -> None:
    """Also where one person is the contact of two companies."""
    unit, fixed = unit_of(fair, "AE"), {"country": "AE", "city": "Dubai", "buys": "on"}
    stored(office, checked(office, uploaded(office, unit, workbook(), "council.xlsx"), **fixed))
    again = checked(office, uploaded(office, unit, workbook(), "council.xlsx"), **fixed)
    assert (again.report["bad"], again.report["counts"]) == (
        [6, 7], {"created": {}, "updated": {}, "unchanged": {"companies": 2, "people": 3}},
    )  # fmt: skip


def test_firm_that_two_of_the_fair_fit_is_told_apart_by_its_number(office: Client, fair: Fair) -> None:
    unit, fixed = unit_of(fair, "AE"), {"country": "AE", "city": "Dubai", "buys": "on"}
    content = "Company,Registration No\nA (Demo),1000001\nA (Demo),1000002\n"
    stored(office, checked(office, uploaded(office, unit, content.encode(), "a.csv"), **fixed))
    one = checked(office, uploaded(office, unit, b"Company,Remarks\nA (Demo),Tea\n", "b.csv"), **fixed)
    assert [finding[3] for finding in one.report["findings"]] == ["list_two_fit"]
    content = "Company,Registration No,Remarks\nA (Demo),1000002,Tea\n"
    one = checked(office, uploaded(office, unit, content.encode(), "c.csv"), **fixed)
    assert (one.report["bad"], one.report["counts"]["updated"]) == ([], {"companies": 1})


def test_what_happens_to_hidden_rows_is_asked(office: Client, fair: Fair) -> None:
    unit, fixed = unit_of(fair, "AE"), {"country": "AE", "city": "Dubai", "buys": "on"}
    one = uploaded(office, unit, workbook(6, 7), "council.xlsx")
    page = office.post(address(one, "columns/"), {**proposed(office, one), **fixed})
    assert page.text.count("Choose what to do with the hidden rows.") == 1
    assert page.text.count("2 rows of this sheet are hidden in the file, perhaps by a filter.") == 1
    one = checked(office, one, **fixed, hidden_rows="skip")
    assert (one.report["bad"], one.report["good"], one.report["unseen"]) == ([], 3, 2)
    assert office.get(address(one)).text.count("2 hidden rows were skipped.") == 1
    one = checked(office, one, **fixed, hidden_rows="import")
    assert (one.report["bad"], one.report["good"], one.report["unseen"]) == ([6, 7], 3, 0)


def test_hidden_rows_above_the_titles_are_nothing_to_ask(office: Client, fair: Fair) -> None:
    one = uploaded(office, unit_of(fair, "AE"), workbook(1), "council.xlsx")
    assert "Hidden rows" not in office.get(address(one, "columns/")).text


def test_hidden_column_is_marked(office: Client, fair: Fair) -> None:
    one = uploaded(office, unit_of(fair, "CN"), BUREAU_LIST.read_bytes())
    assert office.get(address(one, "columns/")).text.count("Hidden in the file") == 1
