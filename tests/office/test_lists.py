"""A unit's own list on the pages of the office, from the upload to the rows that go back."""

import io
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fairplatform.accounts.models import AuditEntry, Staff, User
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit
from fairplatform.workbook.models import ListMemory, WorkbookImport
from tests.factories import make_fair, make_role, three
from tests.office import list_pages
from tests.office.list_pages import proposed, stored, uploaded
from tests.office.uploads import address

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.workbook.actions")]
COUNTY_LIST = Path(__file__).parents[1] / "workbook/files/county_list.xls"
FIXED = {"country": "CN", "city": "义乌", "sells": "on"}


def checked(office: Client, one: WorkbookImport, **changed: str) -> WorkbookImport:
    return list_pages.checked(office, one, **(FIXED | changed))


@pytest.fixture
def office(fair: Fair, client: Client) -> Client:
    client.force_login(make_role(fair, "organiser"))
    return client


def test_good_rows_are_stored_and_bad_ones_come_back(office: Client, fair: Fair, unit: RecruitingUnit) -> None:
    one = checked(office, uploaded(office, unit, COUNTY_LIST.read_bytes()))
    assert (one.state, one.report["bad"], one.report["good"], one.report["left_out"]) == (
        "checked", [7, 10, 11], 3, [9, 13, 14, 16],
    )  # fmt: skip
    assert Participation.objects.count() == 0
    assert "Import the correct rows" in office.get(address(one)).text
    one = stored(office, one)
    assert one.state == "stored"
    firms = Participation.objects.filter(fair=fair).order_by("pk")
    assert [(row.company.name, row.company.county, row.unit, row.sells, row.offers) for row in firms] == [
        ({"zh-hans": "冰裂纹五金有限公司（Demo）"}, "东示区", unit, True, ["820540", "8301"]),
        ({"zh-hans": "步步锦电机厂（Demo）"}, "东示区", unit, True, ["8501"]),
        ({"zh-hans": "冰梅纹服装有限公司（Demo）"}, "西示县", unit, True, []),
    ]
    contacts = Staff.objects.filter(company__participations__fair=fair).order_by("user")
    assert [(row.user.name["zh-hans"], row.is_manager, row.user.language) for row in contacts] == [
        ("张演示", True, "zh-hans"),
        ("李演示", False, "zh-hans"),
        ("赵演示", True, "zh-hans"),
        ("周演示", True, "zh-hans"),
    ]
    assert AuditEntry.objects.filter(fair=fair, after__created__companies=3).count() == 1


def test_city_is_asked_for_where_no_column_has_it(office: Client, unit: RecruitingUnit) -> None:
    one = uploaded(office, unit, COUNTY_LIST.read_bytes())
    page = office.post(address(one, "columns/"), {**proposed(office, one), **FIXED, "city": ""})
    asked = {"city": ["There is no city column. Enter the city of these companies."]}
    assert (page.status_code, page.context["fixed"].errors) == (200, asked)


def test_rows_to_mend_are_a_file_in_the_language_of_the_unit(office: Client, unit: RecruitingUnit) -> None:
    one = checked(office, uploaded(office, unit, COUNTY_LIST.read_bytes()))
    file = office.get(address(one, "to-mend.xlsx"))
    page = openpyxl.load_workbook(io.BytesIO(file.content)).worksheets[0]
    rows = list(page.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == [7, 10, 11]
    assert rows[0][1:-1] == tuple(one.report["titles"].values())
    # A spoiled number stays a number, so that the file sent back unmended says the same again.
    assert (rows[1][4], rows[2][2]) == (float(913300001234567000), "西示县")
    assert AuditEntry.objects.filter(after={"exported": "rows_to_mend"}).count() == 1


@pytest.mark.parametrize(
    ("country", "delegate", "title", "right_to_left"),
    [
        ("CN", None, "需更正内容", False),
        ("PK", None, "کیا درست کرنا ہے", True),
        ("AE", None, "What to correct", False),
        ("AE", "zh-hans", "需更正内容", False),
        ("CN", "en", "What to correct", False),
    ],
)
def test_rows_to_mend_are_in_the_language_that_the_unit_reads(
    office: Client, unit: RecruitingUnit, country: str, delegate: str | None, title: str, right_to_left: bool
) -> None:
    """Whatever the organiser reads: that of its delegate, else of its country, else English."""
    RecruitingUnit.objects.filter(pk=unit.pk).update(country=country)
    if delegate:
        person = make_role(unit.fair, "delegated", unit=unit)
        User.objects.filter(pk=person.pk).update(language=delegate)
    one = checked(office, uploaded(office, unit, COUNTY_LIST.read_bytes()))
    page = openpyxl.load_workbook(io.BytesIO(office.get(address(one, "to-mend.xlsx")).content)).worksheets[0]
    last = [row[-1] for row in page.iter_rows(values_only=True)]
    assert (last[0], page.sheet_view.rightToLeft) == (title, right_to_left)


def test_rows_to_mend_have_no_formulas(office: Client, unit: RecruitingUnit) -> None:
    content = b"Company,Contact person,Cell No,Remarks\nLattice (Demo),One,no number,=1+1\n"
    one = checked(office, uploaded(office, unit, content, "list.csv"))
    page = openpyxl.load_workbook(io.BytesIO(office.get(address(one, "to-mend.xlsx")).content)).worksheets[0]
    assert [(cell.value, cell.data_type) for cell in page[2]][4] == ("'=1+1", "s")


def test_mended_file_is_read_without_another_word(office: Client, fair: Fair, unit: RecruitingUnit) -> None:
    one = stored(office, checked(office, uploaded(office, unit, COUNTY_LIST.read_bytes()), column_12=""))
    book = openpyxl.load_workbook(io.BytesIO(office.get(address(one, "to-mend.xlsx")).content))
    page = book.worksheets[0]
    page["E2"], page["J3"], page["K4"] = "91330000DEMO000035", "+86 000 0000 0005", "郑演示"
    content = io.BytesIO()
    book.save(content)
    again = uploaded(office, unit, content.getvalue(), "mended.xlsx")
    fields = proposed(office, again)
    assert [fields[f"column_{number}"] for number in (1, 4, 11, 13, 14)] == [
        "", "companies.name", "people.2.name", "", "",
    ]  # fmt: skip
    again = stored(office, checked(office, again))
    assert (again.report["bad"], again.report["counts"]["created"]) == ([], {"companies": 3, "people": 4})
    assert Participation.objects.filter(fair=fair).count() == 6


def test_list_read_again_changes_nothing(office: Client, unit: RecruitingUnit) -> None:
    stored(office, checked(office, uploaded(office, unit, COUNTY_LIST.read_bytes())))
    again = checked(office, uploaded(office, unit, COUNTY_LIST.read_bytes()))
    assert (again.report["counts"]["created"], again.report["counts"]["updated"]) == ({}, {})
    assert "Import the correct rows" in office.get(address(again)).text


def test_what_columns_are_is_remembered_for_the_unit(office: Client, unit: RecruitingUnit) -> None:
    checked(office, uploaded(office, unit, COUNTY_LIST.read_bytes()), column_5="companies.story", column_12="")
    memory = ListMemory.objects.get(unit=unit)
    assert (memory.columns["主营产品#1"], memory.columns["备注#1"], memory.fixed["city"]) == (
        "companies.story",
        "",
        "义乌",
    )
    fields = proposed(office, uploaded(office, unit, COUNTY_LIST.read_bytes()))
    assert (fields["column_5"], fields["column_12"]) == ("companies.story", "")


def test_row_of_titles_can_be_chosen(office: Client, unit: RecruitingUnit) -> None:
    one = uploaded(office, unit, COUNTY_LIST.read_bytes())
    context = office.get(address(one, "columns/"), {"sheet": 0, "header": 4}).context
    assert (context["titles_row"], context["columns"][6].title) == (4, "联系人")
    for absent in ("99", "9" * 5000, "-1", "²", "four"):
        assert office.get(address(one, "columns/"), {"sheet": absent, "header": absent}).context["titles_row"] == 5


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"column_3": ""}, "Choose the column with the names of the companies."),
        ({"column_5": "companies.county"}, "Another column already has this meaning."),
        ({"sells": ""}, "Choose whether they sell, buy or both."),
    ],
)
def test_columns_that_make_no_firms_are_refused(
    office: Client, unit: RecruitingUnit, changed: dict[str, str], sentence: str
) -> None:
    one = uploaded(office, unit, COUNTY_LIST.read_bytes())
    page = office.post(address(one, "columns/"), {**proposed(office, one), **FIXED, **changed})
    assert (page.status_code, page.text.count(sentence)) == (200, 1)
    assert WorkbookImport.objects.get(pk=one.pk).choice == {}


def test_liaison_officer_does_not_become_a_contact(office: Client, fair: Fair, unit: RecruitingUnit) -> None:
    liaison = make_role(fair, "liaison")
    content = f"Company,Contact person,Email\nLattice Traders (Demo),{liaison.name},{liaison.email}\n".encode()
    one = checked(office, uploaded(office, unit, content, "list.csv"))
    assert (one.report["bad"], one.report["good"]) == ([2], 0)
    assert [finding[3] for finding in one.report["findings"]] == ["list_role"]
    assert "Import the correct rows" not in office.get(address(one)).text


def test_what_was_bad_when_checked_stays_out(office: Client, fair: Fair, unit: RecruitingUnit) -> None:
    one = checked(office, uploaded(office, unit, COUNTY_LIST.read_bytes()))
    WorkbookImport.objects.filter(pk=one.pk).update(report=one.report | {"bad": [6, 7, 10, 11]})
    assert stored(office, one).report["good"] == 2


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"\x89PNG\r\n\x1a\n\0\0"])
def test_other_files_are_refused_in_words(office: Client, unit: RecruitingUnit, content: bytes) -> None:
    file = SimpleUploadedFile("list.xls", content)
    page = office.post(f"/fairs/{unit.fair.slug}/organise/import/list/", {"unit": unit.pk, "file": file})
    assert (
        page.status_code,
        page.text.count("This file type is not accepted. Upload one of these: .xlsx, .xls, .csv."),
    ) == (200, 1)


def test_file_that_is_too_large_is_refused_in_words(office: Client, unit: RecruitingUnit) -> None:
    file = SimpleUploadedFile("list.csv", b"Company\n" * 2**20 + b"A")
    page = office.post(f"/fairs/{unit.fair.slug}/organise/import/list/", {"unit": unit.pk, "file": file})
    assert (page.status_code, page.text.count("This file is larger than 8 MB. Choose a smaller one.")) == (200, 1)


def test_page_of_columns_has_the_head_of_every_page(office: Client, unit: RecruitingUnit) -> None:
    page = office.get(address(uploaded(office, unit, COUNTY_LIST.read_bytes()), "columns/"))
    assert page.text.count("<header") == 1


def test_unit_of_another_fair_is_refused(office: Client, fair: Fair, unit: RecruitingUnit) -> None:
    other = RecruitingUnit.objects.create(fair=make_fair(slug="other"), name=three("Other"), country="PK")
    file = SimpleUploadedFile("list.csv", b"Company\nA\n")
    page = office.post(f"/fairs/{fair.slug}/organise/import/list/", {"unit": other.pk, "file": file})
    assert (page.status_code, WorkbookImport.objects.count()) == (200, 0)
