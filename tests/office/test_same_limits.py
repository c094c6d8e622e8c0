"""What a value may be is one and the same in the forms of the office and in the workbook."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import flatten_choices

from booths.models import Product
from fairplatform.accounts.locations import city_key
from fairplatform.accounts.models import Company, Staff, User
from fairplatform.booth_office.forms.product import ProductForm
from fairplatform.fairs.models import (
    Body,
    Fair,
    FairDay,
    Hall,
    Holiday,
    Participation,
    RecruitingUnit,
    RoleAssignment,
    WorkingHours,
)
from fairplatform.i18n.forms import TranslatedFormField
from fairplatform.office.companies.company_form import CompanyForm
from fairplatform.office.companies.participation_form import NewParticipationForm
from fairplatform.office.people.forms import PersonForm
from fairplatform.office.people.places import PlaceForm, RoleForm, StaffForm
from fairplatform.office.setup.fair_form import FairForm
from fairplatform.office.setup.next_fair import NextFairForm
from fairplatform.office.setup.row_forms import BodyForm, DayForm, HallForm, HolidayForm, HoursForm, UnitForm
from fairplatform.workbook import cells
from fairplatform.workbook.kinds import Unread
from fairplatform.workbook.kinds.kind import Row
from fairplatform.workbook.sheets import SHEETS, Column
from tests.factories import make_exhibitor, make_fair, make_person
from tests.office.office import Office
from tests.office.office import name as names

pytestmark = pytest.mark.django_db

Make = Callable[[Fair], forms.BaseForm]
COUNTRY = "CN"
ZONE = ZoneInfo("Asia/Karachi")  # of the station of the fair


def participation(fair: Fair, **stored: Any) -> forms.BaseForm:
    company = Company(country=COUNTRY)
    return NewParticipationForm(instance=Participation(fair=fair, company=company, **stored))


def product(fair: Fair) -> forms.BaseForm:
    exhibitor = make_exhibitor(fair)
    own = Product(company=exhibitor.company)
    return ProductForm(draft=None, person=make_person(), booth=exhibitor.booth, instance=own)


def interpreter(fair: Fair) -> forms.BaseForm:
    return RoleForm(instance=RoleAssignment(fair=fair, role="interpreter"))


def new_place(fair: Fair) -> forms.BaseForm:
    return PlaceForm(None, fair=fair, organiser=make_person())


FORMS: dict[str, list[Make]] = {
    "fair": [lambda fair: FairForm(fair=fair, instance=fair), lambda fair: NextFairForm()],
    "bodies": [lambda fair: BodyForm(fair=fair, instance=Body(fair=fair))],
    "units": [lambda fair: UnitForm(fair=fair, instance=RecruitingUnit(fair=fair, country=COUNTRY))],
    "halls": [lambda fair: HallForm(fair=fair, instance=Hall(fair=fair))],
    "days": [lambda fair: DayForm(fair=fair, instance=FairDay(fair=fair))],
    "calendars": [lambda fair: HoursForm(fair=fair, instance=WorkingHours(fair=fair, country=COUNTRY))],
    "holidays": [lambda fair: HolidayForm(fair=fair, instance=Holiday(fair=fair, country=COUNTRY))],
    "companies": [lambda fair: CompanyForm(fair=fair, instance=Company(country=COUNTRY)), participation],
    "products": [product],
    "people": [
        lambda fair: PersonForm(fair=fair, instance=User(country=COUNTRY)), new_place, interpreter,
        lambda fair: StaffForm(instance=Staff()),
    ],
}  # fmt: skip
CALLED = {
    ("calendars", "from"): "first", ("calendars", "to"): "last", ("holidays", "from"): "from_time",
    ("holidays", "to"): "until_time", ("companies", "booth"): "booth_number", ("companies", "sells_hs"): "offers",
    ("companies", "wants_hs"): "wants", ("companies", "recruiting_unit"): "unit", ("companies", "city"): "city_names",
    ("companies", "new_to_market"): "is_new_to_partner_country", ("companies", "plan_12_months"): "plan",
    ("people", "mobile"): "phone", ("people", "write_in"): "language", ("people", "recruiting_unit"): "unit",
    ("people", "interprets"): "language_pairs", ("products", "unit"): "moq_unit",
}  # fmt: skip
# Columns without a field: the office makes the key, and a date of consent stands on paper.
WITHOUT_FIELD = {("products", "company"), ("companies", "key"), ("people", "key"), ("people", "consent_on")}
# A row of the fair is chosen among those there are; a tick is yes or no by itself.
CHOSEN_ROWS = (forms.ModelChoiceField, forms.BooleanField)

TYPED = [
    # Numbers, and what looks like one
    "-1", "0", "1", "2", "4", "5", "6", "19", "20", "99", "100", "101", "239", "240", "241", "480", "481", "998", "999",
    "1000", "1001", "1440", "1441", "2100", "2101", "9999", "10000", "32767", "32768", "65536", "2147483647",
    "2147483648", "9" * 15, "9" * 16, "1.5", "1,234", "12,34,567", "１２", "۱۲", " 12 ", "1e3", "1.38E+10", "3万",
    "many",
    # Keys, addresses and numbers of registers
    "jinhua", "浙江-3", "-a-", "a--b", "a_b", "spring_2027", "Spring-2027", "a b", "A-12", "Ａ－１２", "3E07",
    "91330784MA2E9ABC1X", "3520212345671", "35202-1234567-1", "1234567-8", "Bosch; Makita\nStihl",
    # Codes
    "82", "820", "8203", "82.03", "8205.4", "8203.20", "8203, 8205", "8203;8205\n82", "8299", "8203.99", "8203200010",
    "82032000101", "zh", "zh-ur", "ZH-en, zh-ur", "zh-en\nur-en", "zh-zh", "xx-ur", "zh and ur",
    # How people are reached
    "138 5799 0001", "0579 8712 3456", "0086 579 8712 3456", "+92 300 1234567", "+92 000 1234567", "+92 12",
    "li@example.com", "Li.Na@Example.COM", "li@", "mailto:li@example.com",
    # Clocks and calendars
    "2026-05-12", "12/05/2026", "13/05/2026", "2026-13-01", "12 May 2026", "2026年5月12日", "09:30", "9:30", "09:30:15",
    "9.30", "24:00", "noon", "2026-05-12T09:30", "2026-05-12 9:30 pm", "12:00-13:00 Lunch", "12:00至13:00 午餐",
    "12:00 — 13:00 Lunch", "12:00-13:00Lunch", "13:00-12:00", "15:00-15:15 Tea; 12:00-13:00 Lunch",
    # Places, errors of spreadsheets, and marks that nobody sees
    "Lahore", "لاهور", "永康市", "Yongkang City", "Ras Al Khaimah", "#REF!", "two\r\nlines", "a\u202eb",
]  # fmt: skip
LENGTHS = (
    20,
    21,
    32,
    33,
    40,
    41,
    60,
    61,
    64,
    65,
    80,
    81,
    120,
    121,
    200,
    201,
    400,
    401,
    1000,
    1001,
    2000,
    2001,
    4000,
    4001,
)
SAMPLES = [*TYPED, *("x" * length for length in LENGTHS)]

# Values that no form offers by itself, and that an import stores.
STORED: list[tuple[str, str, str, Any, Callable[[Fair, Any], forms.BaseForm]]] = [
    ("fair", "languages", "languages", ["de", "zh-Hant"], lambda fair, value: of_fair(fair, languages=value)),
    ("fair", "host_zone", "host_zone", "US/Pacific", lambda fair, value: of_fair(fair, host_zone=value)),
    ("fair", "host_country", "host_country", "AQ", lambda fair, value: of_fair(fair, host_country=value)),
    (
        "days", "zone", "zone", "UTC",
        lambda fair, value: DayForm(fair=fair, instance=FairDay(fair=fair, zone=value)),
    ),
    (
        "calendars", "zone", "zone", "Asia/Calcutta",
        lambda fair, value: HoursForm(fair=fair, instance=WorkingHours(fair=fair, zone=value)),
    ),
    (
        "companies", "plan_currency", "plan_currency", "CHF",
        lambda fair, value: participation(fair, plan_currency=value),
    ),
    ("people", "speaks", "speaks", ["ar"], lambda fair, value: PersonForm(fair=fair, instance=User(speaks=value))),
    ("people", "zone", "zone", "PRC", lambda fair, value: PersonForm(fair=fair, instance=User(zone=value))),
]  # fmt: skip


def of_fair(fair: Fair, **stored: Any) -> FairForm:
    for name, value in stored.items():
        setattr(fair, name, value)
    return FairForm(fair=fair, instance=fair)


def columns() -> Iterator[tuple[str, Column]]:
    """Of a text in three languages, the first; they are alike."""
    for sheet in FORMS:
        for column in SHEETS[sheet].columns:
            if not column.key.endswith(("_zh", "_ur")):
                yield sheet, column


def fields_of(fair: Fair, sheet: str, column: Column) -> list[forms.Field]:
    own = column.key.removesuffix("_en")
    name = CALLED.get((sheet, own), own)
    made = [make(fair) for make in FORMS[sheet]]
    return [form.fields[name] for form in made if name in form.fields]


def as_column(column: Column, typed: str) -> object:
    """What the column makes of it, as it is stored; the code of the error where it refuses it."""
    try:
        cell = cells.plain(typed, lambda code: None)
        value = None if cell is None else column.kind.read(cell, Row(COUNTRY, lambda code, **parameters: None))
    except Unread as unread:
        return unread.code
    if isinstance(value, datetime):
        return value.replace(tzinfo=ZONE)
    return city_key({"en": str(value)}) if column.key == "city" else value


def as_field(field: forms.Field, typed: str) -> object:
    try:
        if isinstance(field, TranslatedFormField):
            return field.clean([typed, "", ""])["en"]
        return field.clean(typed)
    except ValidationError as refused:
        return refused.error_list[0].code


def is_chosen(field: forms.Field) -> bool:
    return isinstance(field, forms.ChoiceField)


CASES = [pytest.param(*case, id=f"{case[0]}.{case[1].key}") for case in columns()]


@pytest.mark.parametrize(("sheet", "column"), CASES)
def test_form_and_workbook_read_the_same(sheet: str, column: Column) -> None:
    fair = make_fair()
    fields = fields_of(fair, sheet, column)
    assert bool(fields) != ((sheet, column.key) in WITHOUT_FIELD)
    for field in fields:
        if not is_chosen(field) and not isinstance(field, CHOSEN_ROWS):
            assert {one: as_field(field, one) for one in SAMPLES} == {one: as_column(column, one) for one in SAMPLES}


@pytest.mark.parametrize(("sheet", "column"), CASES)
def test_workbook_takes_every_choice_of_a_form(sheet: str, column: Column) -> None:
    for field in fields_of(make_fair(), sheet, column):
        if is_chosen(field) and not isinstance(field, CHOSEN_ROWS):
            codes = [str(code) for code, _label in flatten_choices(field.choices) if code]  # type: ignore[attr-defined]
            # A page is in zh-hans, where a workbook says zh.
            read = {code: as_column(column, code.removesuffix("-hans")) for code in codes}
            listed = column.kind.name in ("choices", "languages", "weekdays")
            assert read == {
                code: [int(code) if code.isdecimal() else code] if listed else code.removesuffix("-hans")
                for code in codes
            }


@pytest.mark.parametrize(("sheet", "column", "name", "value", "form_of"), STORED)
def test_form_keeps_a_choice_of_the_workbook(
    sheet: str, column: str, name: str, value: Any, form_of: Callable[[Fair, Any], forms.BaseForm]
) -> None:
    typed = "; ".join(value) if isinstance(value, list) else value
    form = form_of(make_fair(), as_column(SHEETS[sheet].column(column), typed))
    assert (form[name].value(), form.fields[name].clean(value)) == (value, value)


def test_doubtful_number_is_kept_and_told(office: Office) -> None:
    fields = {"key": "浙江-3", "country": "CN", "quota": "", "reply_by": "", "contact": "", "mobile": "138 0000"}
    assert office.post("units_add", **fields, **names("Zhejiang bureau")).status_code == 302
    assert office.fair.units.get().mobile == "+861380000"
    doubt = "Mobile number: +86 1380000 does not look like a telephone number of that country. Check it."
    assert doubt in office.get("units").replace("\u2068", "").replace("\u2069", "")


def test_import_without_a_holidays_name_can_be_saved(office: Office) -> None:
    Holiday.objects.create(fair=office.fair, date="2026-05-01", country="CN")
    holiday = Holiday.objects.get()
    fields = {"date": "2026-05-01", "country": "CN", "city": "Yiwu", "from_time": "", "until_time": ""}
    assert office.post("holidays_change", holiday.pk, **fields, **names("")).status_code == 302
    assert "Yiwu" in office.get("holidays")
