"""Delegates of a recruiting unit at the pages of the office: they import for their unit, and see nothing else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import AuditEntry, Company, Staff, User
from fairplatform.fairs.models import Fair, RecruitingUnit, RoleAssignment
from fairplatform.workbook.models import WorkbookImport
from fairplatform.workbook.reading import read
from fairplatform.workbook.writing import write
from tests.factories import make_exhibitor, make_fair, make_role, three
from tests.office.uploads import address, worked

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.workbook.actions")]
FIRM: dict[str, Any] = {"name_en": "Chisel House", "country": "CN", "city_en": "Yongkang", "sells": True}


@pytest.fixture
def fair() -> Fair:
    """With a hall, unlike that of the other tests here."""
    return make_fair(state="draft")


@pytest.fixture
def delegate(unit: RecruitingUnit) -> User:
    return make_role(unit.fair, "delegated", unit=unit)


@pytest.fixture
def office(delegate: User, client: Client) -> Client:
    client.force_login(delegate)
    return client


def browser(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def content(folder: Path, **sheets: list[dict[str, Any]]) -> bytes:
    write(folder / "unit.xlsx", sheets)
    return (folder / "unit.xlsx").read_bytes()


def page_of(unit: RecruitingUnit, route: str = "unit_imports") -> str:
    return reverse(f"office:{route}", args=[unit.fair.slug, unit.pk])


def uploaded(office: Client, to: str, file: bytes, name: str = "unit.xlsx") -> WorkbookImport:
    page = office.post(to, {"file": SimpleUploadedFile(name, file)})
    assert page.status_code == 302, page.text
    return worked(WorkbookImport.objects.latest("pk"))


def test_a_workbook_is_checked_then_stored_for_the_unit(
    office: Client, unit: RecruitingUnit, delegate: User, tmp_path: Path
) -> None:
    one = uploaded(office, page_of(unit), content(tmp_path, companies=[{**FIRM, "state": "approved"}]))
    assert (one.state, one.unit, one.by_delegate, unit.fair.participations.count()) == ("checked", unit, True, 0)
    assert page_of(unit) in office.get(address(one)).text
    office.post(address(one, "store/"))
    assert worked(one).state == "stored"
    (new,) = unit.fair.participations.all()
    assert (new.unit, new.state) == (unit, "submitted")
    entries = AuditEntry.objects.filter(fair=unit.fair, actor=delegate, permission="unit.import").order_by("pk")
    assert [set(entry.after) for entry in entries] == [
        {"checked", "counts"}, {"created", "updated", "unchanged"},
    ]  # fmt: skip
    assert office.get(page_of(unit)).text.count("unit.xlsx") == 1


def test_a_list_is_stored_for_the_unit_without_a_hall(office: Client, unit: RecruitingUnit) -> None:
    file = b"Company,Contact person,Cell No\nLattice (Demo),One,+86 000 0000 0001\n"
    one = uploaded(office, page_of(unit, "unit_list_add"), file, "list.csv")
    context = office.get(address(one, "columns/")).context
    assert "hall" not in context["fixed"].fields
    fields = {column.field.name: column.field.value() for column in context["columns"]}
    fields |= {"sheet": 0, "header": context["titles_row"], "country": "CN", "city": "Yiwu", "sells": "on", "hall": "1"}
    assert office.post(address(one, "columns/"), fields).status_code == 302
    one = worked(one)
    assert (one.state, one.report["bad"], one.report["good"]) == ("checked", [], 1)
    office.post(address(one, "store/"))
    assert worked(one).state == "stored"
    (new,) = unit.fair.participations.all()
    assert (new.unit, new.state, new.hall) == (unit, "submitted", None)
    assert page_of(unit, "unit_list_add") in office.get(address(one)).text


def test_firms_of_one_name_in_a_list_have_their_own_people(office: Client, unit: RecruitingUnit) -> None:
    """Also where another unit has one of that name, which is not told."""
    Company.objects.filter(pk=make_exhibitor(unit.fair).company_id).update(name={"en": "Lattice (Demo)"}, city="yiwu")
    file = b"Company,City,Contact person\nLattice (Demo),Yiwu,One\nLattice (Demo),Jinhua,One\n,,Two\n"
    one = uploaded(office, page_of(unit, "unit_list_add"), file, "list.csv")
    columns = {"column_1": "companies.name", "column_2": "companies.city", "column_3": "people.1.name"}
    office.post(address(one, "columns/"), {"sheet": 0, "header": 1, "country": "CN", "sells": "on", **columns})
    assert worked(one).report["findings"] == []
    office.post(address(one, "store/"))
    assert worked(one).state == "stored"
    people = Staff.objects.filter(company__participations__unit=unit).order_by("pk")
    assert [(row.company.city, str(row.user.name), row.is_manager) for row in people] == [
        ("yiwu", "One", True), ("jinhua", "One", True), ("jinhua", "Two", False),
    ]  # fmt: skip


def test_the_rows_to_mend_of_their_list_are_theirs(office: Client, unit: RecruitingUnit) -> None:
    one = uploaded(office, page_of(unit, "unit_list_add"), b"Company,Hall\nLattice (Demo),1\n", "list.csv")
    columns = {"column_1": "companies.name", "column_2": "companies.hall"}
    fields = {"sheet": 0, "header": 1, "country": "CN", "city": "Yiwu", "sells": "on", **columns}
    office.post(address(one, "columns/"), fields)
    one = worked(one)
    assert [finding[3] for finding in one.report["findings"]] == ["cell_of_organisers"]
    assert office.get(address(one, "to-mend.xlsx")).status_code == 200
    other = RecruitingUnit.objects.create(fair=unit.fair, name=three("Other"), country="CN")
    stranger = browser(make_role(unit.fair, "delegated", unit=other))
    assert stranger.get(address(one, "to-mend.xlsx")).status_code == 404


def test_imports_of_others_do_not_exist_for_a_delegate(
    office: Client, unit: RecruitingUnit, fair: Fair, tmp_path: Path
) -> None:
    """Of another unit; of an organiser for the whole fair; of an organiser for the delegate's own unit."""
    other = RecruitingUnit.objects.create(fair=fair, name=three("Other"), country="CN")
    file = content(tmp_path, companies=[FIRM])
    theirs = uploaded(browser(make_role(fair, "delegated", unit=other)), page_of(other), file)
    organiser = browser(make_role(fair, "organiser"))
    whole = uploaded(organiser, reverse("office:imports", args=[fair.slug]), file)
    listed = WorkbookImport.objects.create(
        fair=fair, unit=unit, kind="list", user=theirs.user, state="checked", name="a"
    )
    for one in (theirs, whole, listed):
        got = [office.get(address(one, page)).status_code for page in ("", "columns/", "to-mend.xlsx")]
        assert [*got, office.post(address(one, "store/")).status_code] == [404] * 4
    upload = {"file": SimpleUploadedFile("unit.xlsx", file)}
    assert [office.get(page_of(other)).status_code, office.post(page_of(other), upload).status_code] == [404, 404]
    assert organiser.get(address(theirs)).status_code == 200


def test_a_role_that_has_ended_opens_nothing(
    office: Client, unit: RecruitingUnit, delegate: User, tmp_path: Path
) -> None:
    one = uploaded(office, page_of(unit), content(tmp_path, companies=[FIRM]))
    delegate.roles.all().delete()
    got = [office.get(page).status_code for page in (page_of(unit), page_of(unit, "unit_template"), address(one))]
    assert [*got, office.post(address(one, "store/")).status_code] == [404] * 4


@pytest.mark.parametrize("state", ["reading", "storing"])
def test_a_running_import_ends_with_the_role(
    office: Client, unit: RecruitingUnit, delegate: User, tmp_path: Path, state: str
) -> None:
    one = uploaded(office, page_of(unit), content(tmp_path, companies=[FIRM]))
    WorkbookImport.objects.filter(pk=one.pk).update(state=state)
    delegate.roles.all().delete()
    one = worked(one)
    assert (one.state, [finding[3] for finding in one.report["findings"]]) == ("failed", ["not_permitted"])
    assert unit.fair.participations.count() == 0


def test_a_closed_fair_is_an_archive_for_delegates(
    office: Client, unit: RecruitingUnit, fair: Fair, tmp_path: Path
) -> None:
    file = content(tmp_path, companies=[FIRM])
    one, begun = uploaded(office, page_of(unit), file), uploaded(office, page_of(unit), file)
    WorkbookImport.objects.filter(pk=begun.pk).update(state="storing")
    Fair.objects.filter(pk=fair.pk).update(state="closed")
    begun = worked(begun)
    assert (begun.state, [finding[3] for finding in begun.report["findings"]]) == ("checked", ["not_permitted"])
    office.post(address(one, "store/"))
    one.refresh_from_db()
    assert one.state == "checked"
    refused = office.post(page_of(unit), {"file": SimpleUploadedFile("unit.xlsx", file)})
    assert refused.context["form"].errors == {"file": ["This action is not available at this stage."]}
    assert fair.participations.count() == 0


@pytest.mark.parametrize(
    ("state", "then", "said"), [("reading", "failed", ["organisers_first"]), ("storing", "checked", [])]
)
def test_organisers_do_not_wait_for_a_delegate_who_waits_for_them(
    office: Client, unit: RecruitingUnit, fair: Fair, tmp_path: Path, state: str, then: str, said: list[str]
) -> None:
    file = content(tmp_path, companies=[FIRM])
    one = uploaded(office, page_of(unit), file)
    WorkbookImport.objects.filter(pk=one.pk).update(state=state)
    organiser, page = browser(make_role(fair, "organiser")), reverse("office:imports", args=[fair.slug])
    assert organiser.post(page, {"file": SimpleUploadedFile("fair.xlsx", file)}).status_code == 302
    one.refresh_from_db()
    assert (one.state, [finding[3] for finding in one.report["findings"]]) == (then, said)
    refused = office.post(page_of(unit), {"file": SimpleUploadedFile("unit.xlsx", file)})
    assert refused.text.count("Another import of this fair is in progress.") == 1


def test_an_organiser_stores_what_one_unit_has_sent_while_another_ones_is_read(
    office: Client, unit: RecruitingUnit, fair: Fair, tmp_path: Path
) -> None:
    file = content(tmp_path, companies=[FIRM])
    sent = uploaded(office, page_of(unit), file)
    other = RecruitingUnit.objects.create(fair=fair, name=three("Other"), country="CN")
    theirs = uploaded(browser(make_role(fair, "delegated", unit=other)), page_of(other), file)
    WorkbookImport.objects.filter(pk=theirs.pk).update(state="reading")
    office.post(address(sent, "store/"))
    sent.refresh_from_db()
    assert sent.state == "checked"
    browser(make_role(fair, "organiser")).post(address(sent, "store/"))
    sent.refresh_from_db()
    assert sent.state == "storing"


def test_a_delegate_begins_so_many_imports_in_an_hour(
    office: Client, unit: RecruitingUnit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fairplatform.workbook.actions.MOST_OF_DELEGATE", 2)
    file = content(tmp_path, companies=[FIRM])
    for _number in range(2):
        uploaded(office, page_of(unit), file)
    refused = office.post(page_of(unit), {"file": SimpleUploadedFile("unit.xlsx", file)})
    assert (refused.status_code, refused.text.count("Too many requests in a short time.")) == (200, 1)
    colleague = browser(make_role(unit.fair, "delegated", unit=unit))
    assert uploaded(colleague, page_of(unit), file).state == "checked"


def test_an_import_without_its_unit_is_never_of_the_whole_fair(
    office: Client, unit: RecruitingUnit, fair: Fair, tmp_path: Path
) -> None:
    one = uploaded(office, page_of(unit), content(tmp_path, companies=[FIRM]))
    unit.delete()
    organiser = browser(make_role(fair, "organiser"))
    organiser.post(address(one, "store/"))
    assert organiser.get(address(one)).status_code == 200
    assert (WorkbookImport.objects.get(pk=one.pk).state, fair.participations.count()) == ("checked", 0)


def test_an_organiser_stores_a_delegates_import_within_the_same_bounds(
    office: Client, unit: RecruitingUnit, fair: Fair, tmp_path: Path
) -> None:
    one = uploaded(office, page_of(unit), content(tmp_path, companies=[{**FIRM, "state": "approved"}]))
    browser(make_role(fair, "organiser")).post(address(one, "store/"))
    assert worked(one).state == "stored"
    assert [(row.unit, row.state) for row in fair.participations.all()] == [(unit, "submitted")]


def test_organisers_see_which_unit_an_import_is_of(
    office: Client, fair: Fair, unit: RecruitingUnit, tmp_path: Path
) -> None:
    uploaded(office, page_of(unit), content(tmp_path, companies=[FIRM]))
    organiser = browser(make_role(fair, "organiser"))
    pages = [organiser.get(reverse("office:imports", args=[fair.slug])).text, office.get(page_of(unit)).text]
    files = [page.partition("unit.xlsx")[2].partition("</th>")[0] for page in pages]
    assert [str(unit.name) in file for file in files] == [True, False]


def test_a_delegates_template_has_their_sheets(office: Client, unit: RecruitingUnit, tmp_path: Path) -> None:
    (tmp_path / "template.xlsx").write_bytes(office.get(page_of(unit, "unit_template")).content)
    sheets = read(tmp_path / "template.xlsx").rows
    assert sorted(sheets) == ["absences", "companies", "demands", "people", "preferences", "products"]


def test_a_delegate_arrives_at_their_unit_and_sees_no_page_of_the_organisers(
    office: Client, unit: RecruitingUnit, fair: Fair
) -> None:
    assert office.get(reverse("arrival")).headers["Location"] == page_of(unit)
    page = office.get(page_of(unit))
    assert page.context["groups"] == [
        ("", [(page_of(unit), "Import companies"), (page_of(unit, "unit_companies"), "Companies and links")])
    ]
    assert page.context["current"] == page_of(unit)
    assert office.get(reverse("office:export", args=[fair.slug])).status_code == 404
    assert "/export.xlsx" not in page.text
    assert office.get("/").text.count(f'href="{page_of(unit)}"') == 1
    Fair.objects.filter(pk=fair.pk).update(state="open")
    assert office.get(reverse("office:export", args=[fair.slug])).status_code == 403
    assert page_of(unit) in office.get(fair.get_absolute_url()).text


def test_a_delegate_in_two_units_chooses_by_the_menu(office: Client, unit: RecruitingUnit, delegate: User) -> None:
    other = RecruitingUnit.objects.create(fair=unit.fair, key="zhen", name=three("Other"), country="CN")
    RoleAssignment.objects.create(fair=unit.fair, user=delegate, role="delegated", unit=other)
    shown = office.get(page_of(other)).context
    [(_group, entries)] = shown["groups"]
    pages = [page_of(one, route) for route in ("unit_imports", "unit_companies") for one in (unit, other)]
    assert ([url for url, _label in entries], shown["current"]) == (pages, page_of(other))
