"""A company imports its own products and people, and nothing else, whatever the file says."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from booths.models import Product
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import AuditEntry, Staff, User
from fairplatform.fairs.models import Fair, Participation, Registration, RoleAssignment
from fairplatform.workbook.files.table import UnreadableFile
from fairplatform.workbook.importing import Overtaken, Plan, import_workbook, plan_import, store_plan
from fairplatform.workbook.models import WorkbookImport
from fairplatform.workbook.own.exporting import own_rows, write_own
from fairplatform.workbook.own.reading import read_own
from fairplatform.workbook.own.working import CheckedRows, check_own
from fairplatform.workbook.row import CLEAR
from tests.factories import NOW, make_buyer, make_exhibitor, make_fair, make_product, make_staff
from tests.workbook.making import xlsx
from tests.workbook.whole_fair import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.workbook.importing")]
VICE: dict[str, Any] = {"article": "V-1", "name_en": "Vice", "hs": "820570"}
LI: dict[str, Any] = {"name_en": "Li Na"}


@pytest.fixture
def company() -> Participation:
    return make_exhibitor(make_fair(state="draft"))


@pytest.fixture
def manager(company: Participation) -> User:
    return make_staff(company, name={"en": "Wang"})


def run(company: Participation, manager: User, sheet: str, *rows: dict[str, Any]) -> Plan:
    plan, _stored = import_workbook(
        workbook({sheet: rows}),
        now=NOW,
        fair=Fair.objects.get(pk=company.fair_id),
        actor=Actor(User.objects.get(pk=manager.pk)),
        company=Participation.objects.get(pk=company.pk),
    )
    return plan


def said(plan: Plan | CheckedRows) -> list[tuple[int | None, str | None, str, str]]:
    return [(one.row, one.column, one.code, one.severity) for one in plan.findings]


def test_products_are_the_companys_whatever_the_file_says(company: Participation, manager: User) -> None:
    plan = run(company, manager, "products", VICE)
    assert (said(plan), plan.counts("created")) == ([], {"products": 1})
    new = Product.objects.get()
    assert (new.company, new.article, new.displays.get().booth) == (company.company, "V-1", company.booth)
    entry = AuditEntry.objects.get()
    assert (entry.permission, entry.object, entry.after["created"]) == (
        "booth.keep", f"fairs.participation:{company.pk}", {"products": 1},
    )  # fmt: skip
    rival = make_exhibitor(company.fair)
    for name in (str(rival.company.name), "Nobody's Works"):
        assert said(run(company, manager, "products", {**VICE, "article": "V-2", "company": name})) == [
            (3, "company", "company_not_own", "error")
        ]
    for name in (str(company.company.name), CLEAR):
        assert said(run(company, manager, "products", {**VICE, "company": name})) == []
    assert Product.objects.count() == 1


def test_products_of_others_are_not_touched(company: Participation, manager: User) -> None:
    """Not by their article number either."""
    theirs = make_product(make_exhibitor(company.fair), article="V-1")
    before = Product.objects.filter(pk=theirs.pk).values().get()
    assert said(run(company, manager, "products", VICE)) == []
    assert (Product.objects.count(), Product.objects.filter(pk=theirs.pk).values().get()) == (2, before)


def test_a_company_of_several_fairs_changes_its_products_in_each(company: Participation, manager: User) -> None:
    Participation.objects.create(fair=make_fair(), company=company.company, sells=True, state="approved")
    run(company, manager, "products", VICE)
    assert said(run(company, manager, "products", {**VICE, "moq": 5})) == []
    assert Product.objects.get().moq == 5


def test_the_hall_of_a_product_is_the_organisers(company: Participation, manager: User) -> None:
    assert said(run(company, manager, "products", {**VICE, "hall_shown": 1})) == [
        (3, "hall_shown", "cell_of_organisers", "warning")
    ]
    assert Product.objects.get().displays.get().hall is None


def test_people_are_added_with_what_goes_without_saying(company: Participation, manager: User) -> None:
    plan = run(company, manager, "people", LI)
    assert (said(plan), plan.counts("created")) == ([], {"people": 1})
    added = Staff.objects.get(company=company.company, is_manager=False)
    assert (str(added.user.name), added.user.country, added.user.language) == ("Li Na", "CN", "zh-hans")
    registration = Registration.objects.get(user=added.user)
    assert (registration.fair, registration.is_invitation, registration.consents) == (company.fair, False, False)
    assert AuditEntry.objects.get().permission == "booth.manage"
    assert run(company, manager, "people", LI).counts("unchanged") == {"people": 1}


def key_of(user: User) -> str:
    return Registration.objects.get(user=user).key


def test_roles_stay_and_so_does_the_address_of_who_has_signed_in(company: Participation, manager: User) -> None:
    run(company, manager, "people", {**LI, "email": "li@firm.example"})
    li = User.objects.get(email="li@firm.example")
    row = {"key": key_of(li), "role": "manager", "position": "sales", "email": "na@firm.example"}
    assert said(run(company, manager, "people", row)) == [(3, "role", "role_on_page", "warning")]
    own = Staff.objects.select_related("user").get(user=li)
    assert (own.is_manager, own.position, own.user.email) == (False, "sales", "na@firm.example")
    User.objects.filter(pk=li.pk).update(last_login=NOW)
    for cell in ("li@firm.example", CLEAR):
        assert said(run(company, manager, "people", {"key": key_of(li), "email": cell})) == [
            (3, "email", "email_of_person", "error")
        ]


@pytest.mark.parametrize("role", ["organiser", "interpreter", "delegated", "liaison"])
def test_roles_of_the_fair_are_not_given(company: Participation, manager: User, role: str) -> None:
    found = said(run(company, manager, "people", {**LI, "role": role, "recruiting_unit": "x", "interprets": ["zh-ur"]}))
    assert (3, "role", "role_of_company", "error") in found
    assert (RoleAssignment.objects.count(), Staff.objects.count()) == (0, 1)


def test_people_who_are_elsewhere_too_are_left_alone(company: Participation, manager: User) -> None:
    """Not in the sheet that is downloaded, not by their key, and not by their address."""
    outsider, rival = make_staff(company, is_manager=False), make_staff(make_buyer(company.fair))
    RoleAssignment.objects.create(fair=make_fair(), user=outsider, role="organiser")
    stranger = make_staff(make_buyer(make_fair()))
    for number, person in enumerate((outsider, rival)):
        Registration.objects.create(fair=company.fair, user=person, key=f"p-{number}", accepted_at=NOW)
    before = list(User.objects.order_by("pk").values("pk", "name", "email", "phone"))
    assert [row["name_en"] for row in own_rows(company, "people")] == ["Wang"]
    for number in (0, 1):
        assert said(run(company, manager, "people", {"key": f"p-{number}", "name_en": "Mine"})) == [
            (3, "key", "key_not_of_company", "error")
        ]
    assert said(run(company, manager, "people", {**LI, "email": rival.email}))[0][2] == "email_taken"
    checked = check_own(workbook({"people": [{**LI, "email": stranger.email}]}), company, manager)
    assert (said(checked), checked.bad) == ([(3, "email", "person_to_invite", "error")], [3])
    assert list(User.objects.order_by("pk").values("pk", "name", "email", "phone")) == before
    assert not Registration.objects.filter(user=stranger).exists()


def test_what_organisers_say_of_people_is_neither_shown_nor_changed(company: Participation, manager: User) -> None:
    Registration.objects.create(
        fair=company.fair, user=manager, key="wang", accepted_at=NOW, remarks="late payer", consent_on=date(2020, 1, 1)
    )
    [row] = own_rows(company, "people")
    assert row.keys().isdisjoint({"remarks", "consent_on"})
    plan = run(company, manager, "people", {"key": "wang", "remarks": "late payer", "consent_on": date(2020, 2, 2)})
    assert said(plan) == [
        (3, "consent_on", "cell_of_organisers", "warning"), (3, "remarks", "cell_of_organisers", "warning"),
    ]  # fmt: skip
    kept = Registration.objects.get()
    assert (kept.remarks, kept.consent_on) == ("late payer", date(2020, 1, 1))


@pytest.mark.parametrize("sheet", ["products", "people"])
def test_what_is_downloaded_and_imported_again_changes_nothing(
    company: Participation, manager: User, tmp_path: Path, sheet: str
) -> None:
    run(company, manager, "products", {**VICE, "price_low": 12, "currency": "USD", "unit": "pcs"})
    run(company, manager, "people", {**LI, "mobile": "+8613800000000", "speaks": ["zh", "en"], "position": "sales"})
    make_product(company)
    make_staff(company, is_manager=False, speaks=["ur"], zone="Asia/Dubai")
    path = tmp_path / "own.xlsx"
    write_own(company, sheet, path)
    assert openpyxl.load_workbook(path).sheetnames == [sheet]
    file = read_own(path, "own.xlsx", sheet)
    plan = plan_import(file.workbook, company.fair, manager, company=company)
    rows = {"products": 2, "people": 3}[sheet]
    assert (said(plan), plan.counts("unchanged"), plan.counts("updated")) == ([], {sheet: rows}, {})


def test_bad_rows_keep_no_good_one_back(company: Participation, manager: User) -> None:
    rows = [VICE, {"article": "V-2", "name_en": "Vice"}, {"article": "V-3"}, {**VICE, "article": "V-4"}]
    checked = check_own(workbook({"products": rows}), company, manager)
    assert (checked.bad, checked.plan.counts("created")) == ([4, 5], {"products": 2})
    assert {one.row for one in checked.findings} == {4, 5}


def test_a_file_waits_while_organisers_store_theirs(company: Participation, manager: User) -> None:
    WorkbookImport.objects.create(fair=company.fair, user=manager, name="fair.xlsx", state="storing")
    assert said(run(company, manager, "products", VICE)) == [(None, None, "organisers_first", "error")]
    assert not Product.objects.exists()


def test_who_has_left_the_company_stores_nothing(company: Participation, manager: User) -> None:
    Staff.objects.filter(user=manager).update(is_manager=False)
    assert said(run(company, manager, "people", LI)) == [(None, None, "not_permitted", "error")]
    assert said(run(company, manager, "products", VICE)) == []
    Staff.objects.filter(user=manager).delete()
    assert said(run(company, manager, "products", {**VICE, "moq": 5})) == [(None, None, "not_permitted", "error")]


def test_a_position_that_has_ended_does_not_come_back(company: Participation, manager: User) -> None:
    """By a plan that was made before."""
    clerk = make_staff(company, is_manager=False)
    rows = workbook({"people": [{"key": row["key"], "position": "sales"} for row in own_rows(company, "people")]})
    before = plan_import(rows, company.fair, manager, company=company)
    Staff.objects.filter(user=clerk).delete()
    with pytest.raises(Overtaken):
        store_plan(before, now=NOW, actor=Actor(manager))


HEADER = ["article", "name_en", "hs"]


def test_files_of_each_kind_are_read(tmp_path: Path) -> None:
    row = ["V-1", "Vice", "820570"]
    book = xlsx(tmp_path / "any.xlsx", {"Sheet1": [HEADER, row]})
    (tmp_path / "any.csv").write_text("货号;名称（英文）;HS编码\nV-1;Vice;820570\n", encoding="gb18030")
    read = [read_own(path, path.name, "products") for path in (book, tmp_path / "any.csv")]
    assert [one.workbook.rows["products"][0].values["article"] for one in read] == ["V-1", "V-1"]
    assert read[0].titles == {1: "article", 2: "name_en", 3: "hs"}


def test_other_sheets_are_refused_in_words(tmp_path: Path) -> None:
    firms = [["name_en", "country"], ["Name", "Country"], ["Anvil", "CN"]]
    path = xlsx(tmp_path / "fair.xlsx", {"products": [HEADER, ["V-1", "Vice", "820570"]], "companies": firms})
    [finding] = read_own(path, "fair.xlsx", "products").workbook.findings
    assert (finding.code, finding.severity, finding.text) == (
        "sheet_not_own", "error", "Only Products can be imported here. Delete the rows of this sheet.",
    )  # fmt: skip
    # Empty as in the template they are nothing.
    path = xlsx(tmp_path / "empty.xlsx", {"products": [HEADER, ["V-1", "Vice", "820570"]], "companies": firms[:2]})
    assert read_own(path, "empty.xlsx", "products").workbook.findings == []
    with pytest.raises(UnreadableFile, match="own_sheet_missing"):
        read_own(xlsx(tmp_path / "two.xlsx", {"One": [HEADER], "Two": [HEADER]}), "two.xlsx", "products")
