"""A company's products and people by spreadsheet, at the pages of its booth office; nobody else sees them."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from booths.models import Product
from fairplatform.accounts.models import AuditEntry, Staff
from fairplatform.fairs.models import Fair, Participation
from fairplatform.workbook import actions, process
from fairplatform.workbook.limits import MOST_SECONDS_OF_DELEGATE
from fairplatform.workbook.models import WorkbookImport
from tests.booth_office.conftest import BoothOffice, position_of
from tests.factories import make_exhibitor, make_product, make_role, make_staff
from tests.office.uploads import worked
from tests.workbook.making import xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.workbook.actions")]
COUNTY_LIST = Path(__file__).parents[1] / "workbook/files/county_list.xls"
PRODUCTS = "article;name_en;hs;moq\nV-1;Vice;820570;100\nV-2;Anvil;;\n"


def upload(office: BoothOffice, route: str, content: str | bytes, name: str = "own.csv") -> Any:
    data = content.encode() if isinstance(content, str) else content
    return office.post(route, file=SimpleUploadedFile(name, data))


def checked(office: BoothOffice, route: str, content: str | bytes, name: str = "own.csv") -> WorkbookImport:
    answer = upload(office, route, content, name)
    one = WorkbookImport.objects.latest("pk")
    assert answer.headers["Location"] == office.address("import", one.kind, one.pk)
    return worked(one)


def test_good_rows_are_stored_and_bad_ones_come_back(
    clerk: BoothOffice, exhibitor: Participation, tmp_path: Path
) -> None:
    one = checked(clerk, "products_import", PRODUCTS)
    assert (one.state, one.report["good"], one.report["bad"], Product.objects.count()) == ("checked", 1, [3], 0)
    page = clerk.get("import", one.kind, one.pk).text
    assert "1 row is correct. Nothing has been imported yet." in page
    assert all(
        words in page for words in ("1 row has to be corrected.", "This value is required. Enter it.", "HS code")
    )
    clerk.post("import_store", one.kind, one.pk)
    assert (worked(one).state, Product.objects.get().article) == ("stored", "V-1")
    assert "1 row was imported." in clerk.get("import", one.kind, one.pk).text
    file = tmp_path / "mend.xlsx"
    file.write_bytes(clerk.get("import_mend", one.kind, one.pk).content)
    cells = list(openpyxl.load_workbook(file).active.iter_rows(values_only=True))  # type: ignore[union-attr]
    assert [row[:5] for row in cells] == [
        ("Row in the list", "article", "name_en", "hs", "moq"), (3, "V-2", "Anvil", None, None),
    ]  # fmt: skip
    # Corrected, it is uploaded as it is.
    book = openpyxl.load_workbook(file)
    assert book.active is not None
    book.active["D2"] = "820570"
    book.save(file)
    again = checked(clerk, "products_import", file.read_bytes(), "mend.xlsx")
    assert (again.report["findings"], again.report["good"]) == ([], 1)
    entries = AuditEntry.objects.filter(permission="booth.keep").order_by("pk")
    assert [entry.actor for entry in entries] == [clerk.person] * 4
    assert "own.csv" in clerk.get("products_import").text


def test_the_sheet_that_is_downloaded_changes_nothing(clerk: BoothOffice, exhibitor: Participation) -> None:
    make_product(exhibitor, article="V-1")
    one = checked(clerk, "products_import", clerk.get("products_sheet").content, "products.xlsx")
    assert (one.report["counts"]["unchanged"], one.report["findings"]) == ({"products": 1}, [])


def test_managers_alone_import_people(manager: BoothOffice, clerk: BoothOffice) -> None:
    for route in ("staff_import", "staff_sheet"):
        assert clerk.get(route).status_code == 403
    one = checked(manager, "staff_import", "name_en,name_ur,position,speaks\nLi Na,لی نا,Sales Officer,zh;ur\n")
    assert (one.kind, one.report["good"]) == ("people", 1)
    for route in ("import", "import_mend"):
        assert clerk.get(route, one.kind, one.pk).status_code == 404
    assert clerk.post("import_store", one.kind, one.pk).status_code == 404
    manager.post("import_store", one.kind, one.pk)
    assert worked(one).state == "stored"
    added = Staff.objects.latest("pk")
    assert (added.user.name, added.user.speaks, added.position, added.is_manager) == (
        {"en": "Li Na", "ur": "لی نا"}, ["zh", "ur"], "sales", False,
    )  # fmt: skip
    # Their link is handed out as to everybody whom a manager adds.
    assert 'value="cards"' in manager.get("staff_person", added.pk).text
    manager.get("staff_sheet")
    assert AuditEntry.objects.latest("pk").after == {"exported": "people"}


def test_nobody_else_sees_it(clerk: BoothOffice, fair: Fair) -> None:
    one = checked(clerk, "products_import", PRODUCTS)
    rival = BoothOffice(fair, make_staff(make_exhibitor(fair)))
    assert rival.get("import", one.kind, one.pk).status_code == 404
    assert "own.csv" not in rival.get("products_import").text
    organiser = Client()
    organiser.force_login(make_role(fair, "organiser"))
    assert "own.csv" not in organiser.get(reverse("office:imports", args=[fair.slug])).text
    for address in (
        reverse("office:import", args=[fair.slug, one.pk]),
        clerk.address("import", one.kind, one.pk),
        f"/files/{one.file.pk}/",
    ):
        assert organiser.get(address).status_code == 404


def test_imports_of_companies_and_of_the_fair_do_not_wait_for_each_other(
    clerk: BoothOffice, fair: Fair, exhibitor: Participation, tmp_path: Path
) -> None:
    upload(clerk, "products_import", PRODUCTS)
    refused = upload(clerk, "products_import", PRODUCTS)
    assert "Another import of this fair is in progress." in refused.text
    organiser = Client()
    organiser.force_login(make_role(fair, "organiser"))
    content = xlsx(tmp_path / "fair.xlsx", {"halls": [["number", "name_en"]]}).read_bytes()
    file = SimpleUploadedFile("fair.xlsx", content)
    assert organiser.post(reverse("office:imports", args=[fair.slug]), {"file": file}).status_code == 302
    running = WorkbookImport.objects.filter(state="reading").order_by("pk")
    assert list(running.values_list("participation", flat=True)) == [exhibitor.pk, None]


def test_a_few_companies_import_at_once(clerk: BoothOffice, fair: Fair) -> None:
    offices = [BoothOffice(fair, make_staff(make_exhibitor(fair))) for _ in range(actions.MOST_OF_COMPANIES)]
    for office in offices:
        assert upload(office, "products_import", PRODUCTS).status_code == 302
    assert "Another import of this fair is in progress." in upload(clerk, "products_import", PRODUCTS).text
    worked(WorkbookImport.objects.latest("pk"))
    assert upload(clerk, "products_import", PRODUCTS).status_code == 302


def test_there_is_an_end_to_the_imports_of_one_hour(clerk: BoothOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "MOST_OF_DELEGATE", 1)
    checked(clerk, "products_import", PRODUCTS)
    assert "Too many requests" in upload(clerk, "products_import", PRODUCTS).text


def test_its_process_has_the_time_of_a_delegates(clerk: BoothOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(process.subprocess, "Popen", lambda command, **_: started.append(command))
    one = checked(clerk, "products_import", PRODUCTS)
    process.start(one)
    assert started[-1][-2:] == ["--seconds", str(MOST_SECONDS_OF_DELEGATE)]


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "own.csv", "The file is empty."),
        (b"%PDF-1.4", "own.pdf", "This file type is not accepted."),
        (b"PK\x03\x04 no archive", "own.xlsx", "The file is damaged."),
        (COUNTY_LIST.read_bytes(), "own.xls", "The file has no sheet named Products."),
        (b"<html></html>", "own.xls", "The file is in another format."),
        (b"one;two\n1;2\n", "own.csv", "No column of this sheet was recognised."),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(clerk: BoothOffice, content: bytes, name: str, said: str) -> None:
    answer = upload(clerk, "products_import", content, name)
    if answer.status_code == 302:
        one = worked(WorkbookImport.objects.latest("pk"))
        answer = clerk.get("import", one.kind, one.pk)
        assert "/store/" not in answer.text
    assert said in answer.text
    assert Product.objects.count() == 0


def test_who_leaves_meanwhile_stores_nothing(manager: BoothOffice, clerk: BoothOffice) -> None:
    one = checked(clerk, "products_import", PRODUCTS)
    clerk.post("import_store", one.kind, one.pk)
    manager.post("staff_end", position_of(clerk.person).pk)
    one = worked(one)
    assert (one.state, one.report["findings"][0][3], Product.objects.count()) == ("failed", "not_permitted", 0)


def test_an_import_of_products_is_of_a_company(fair: Fair, exhibitor: Participation) -> None:
    person = make_staff(exhibitor)
    for kind, company in (("products", None), ("workbook", exhibitor)):
        with pytest.raises(IntegrityError, match="import_of_a_company"), transaction.atomic():
            WorkbookImport.objects.create(fair=fair, user=person, kind=kind, participation=company, state="checked")


def test_after_the_fair_nothing_is_imported(clerk: BoothOffice, fair: Fair) -> None:
    Fair.objects.filter(pk=fair.pk).update(state="closed")
    assert "The fair is closed. No file can be imported." in upload(clerk, "products_import", PRODUCTS).text
