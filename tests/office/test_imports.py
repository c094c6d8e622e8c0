"""Importing a workbook on the pages of the office."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import AuditEntry, User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, RecruitingUnit
from fairplatform.i18n.text import isolated
from fairplatform.workbook.actions import end_silent, store_workbook, upload_workbook
from fairplatform.workbook.models import WorkbookImport
from fairplatform.workbook.reports import findings, state_in_words
from fairplatform.workbook.sheets import SHEETS
from fairplatform.workbook.working import work
from fairplatform.workbook.writing import write
from tests.factories import NOW, make_fair

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.workbook.actions")]

UNITS = [{"key": "jinhua", "name_en": "Jinhua bureau", "country": "CN", "quota": 20}]


@pytest.fixture
def fair() -> Fair:
    return make_fair(state="draft")


def workbook(folder: Path, **sheets: list[dict[str, Any]]) -> bytes:
    path = folder / "fair.xlsx"
    write(path, sheets)
    return path.read_bytes()


def uploaded(fair: Fair, organiser: User, content: bytes) -> WorkbookImport:
    """An upload whose process has checked it."""
    actor = Actor(User.objects.get(pk=organiser.pk))
    started = upload_workbook(actor, fair=fair, name="units.xlsx", content=content, now=timezone.now())
    work(WorkbookImport.objects.get(pk=started.pk))
    return WorkbookImport.objects.get(pk=started.pk)


def test_nothing_is_stored_before_the_report_is_seen(fair: Fair, organiser: User, tmp_path: Path) -> None:
    checked = uploaded(fair, organiser, workbook(tmp_path, units=UNITS))
    assert (checked.state, checked.report["counts"]["created"]) == ("checked", {"units": 1})
    assert RecruitingUnit.objects.count() == 0
    store_workbook(Actor(User.objects.get(pk=organiser.pk)), checked=checked, now=timezone.now())
    work(WorkbookImport.objects.get(pk=checked.pk))
    assert WorkbookImport.objects.get(pk=checked.pk).state == "stored"
    assert list(RecruitingUnit.objects.values_list("fair", "key", "quota")) == [(fair.pk, "jinhua", 20)]


def test_what_a_report_has_not_shown_is_shown_before_it_is_stored(fair: Fair, organiser: User, tmp_path: Path) -> None:
    actor, now = Actor(User.objects.get(pk=organiser.pk)), timezone.now()
    unit = RecruitingUnit.objects.create(fair=fair, key="jinhua", name={"en": "Jinhua bureau"}, country="CN", quota=20)
    checked = uploaded(fair, organiser, workbook(tmp_path, units=UNITS))
    assert checked.report["counts"]["updated"] == {}
    RecruitingUnit.objects.filter(pk=unit.pk).update(quota=30)
    for state, quota, codes in (("checked", 30, ["report_changed"]), ("stored", 20, [])):
        store_workbook(actor, checked=checked, now=now)
        work(WorkbookImport.objects.get(pk=checked.pk))
        checked.refresh_from_db()
        unit.refresh_from_db()
        assert (checked.state, unit.quota, [one.code for one in findings(checked.report)]) == (state, quota, codes)
        assert checked.report["counts"]["updated"] == {"units": 1}


def test_each_checked_workbook_is_in_the_audit_log(fair: Fair, organiser: User, tmp_path: Path) -> None:
    checked = uploaded(fair, organiser, workbook(tmp_path, units=UNITS))
    entry = AuditEntry.objects.get(fair=fair)
    assert (entry.actor, entry.object) == (organiser, f"workbook.workbookimport:{checked.pk}")
    assert entry.after == {
        "checked": "units.xlsx",
        "counts": {"created": {"units": 1}, "updated": {}, "unchanged": {}},
    }


def test_workbook_with_errors_cannot_be_stored(fair: Fair, organiser: User, tmp_path: Path, client: Client) -> None:
    checked = uploaded(fair, organiser, workbook(tmp_path, units=[{**UNITS[0], "country": "Atlantis"}]))
    with pytest.raises(Refused, match="not_now"):
        store_workbook(Actor(User.objects.get(pk=organiser.pk)), checked=checked, now=timezone.now())
    client.force_login(organiser)
    page = client.get(f"/fairs/{fair.slug}/organise/import/{checked.pk}/").text
    assert ("Atlantis" in page, "/store/" in page) == (True, False)


def test_file_that_is_no_workbook_is_refused_in_words(fair: Fair, organiser: User, client: Client) -> None:
    client.force_login(organiser)
    file = SimpleUploadedFile("fair.xlsx", b"not a workbook")
    page = client.post(f"/fairs/{fair.slug}/organise/import/", {"file": file})
    said = "This file type is not accepted. Upload one of these: .xlsx."
    assert (page.status_code, page.text.count(said)) == (200, 1)
    assert WorkbookImport.objects.count() == 0


def zipped(content: bytes, part: str) -> bytes:
    """The archive with one more part."""
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(part, b"")
    return file.getvalue()


def test_report_says_what_to_do_with_a_workbook_of_another_kind(
    fair: Fair, organiser: User, client: Client, tmp_path: Path
) -> None:
    client.force_login(organiser)
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    for content, state, said in (
        (
            zipped(workbook(tmp_path, units=UNITS), "xl/vbaProject.bin"),
            "checked",
            "The macros of the file were not run.",
        ),
        (zipped(b"", "mimetype"), "failed", "The file is in another format. Save it as an Excel workbook (.xlsx)"),
        (old, "failed", "The file is in an old format. Save it as an Excel workbook (.xlsx)"),
    ):
        shown = uploaded(fair, organiser, content)
        page = client.get(f"/fairs/{fair.slug}/organise/import/{shown.pk}/").text
        assert (shown.state, len(shown.report["findings"]), page.count(said)) == (state, 1, 1)


def test_one_import_of_a_fair_at_a_time(fair: Fair, organiser: User, tmp_path: Path) -> None:
    content, actor = workbook(tmp_path, units=UNITS), Actor(User.objects.get(pk=organiser.pk))
    first = upload_workbook(actor, fair=fair, name="a.xlsx", content=content, now=NOW)
    with pytest.raises(Refused, match="import_running"):
        upload_workbook(actor, fair=fair, name="b.xlsx", content=content, now=NOW + timedelta(seconds=30))
    # A process that has not been heard of for a minute has ended.
    upload_workbook(actor, fair=fair, name="b.xlsx", content=content, now=NOW + timedelta(seconds=61))
    assert WorkbookImport.objects.get(pk=first.pk).state == "failed"


def test_storing_that_ended_without_a_word_can_be_tried_again(fair: Fair, organiser: User, tmp_path: Path) -> None:
    checked = uploaded(fair, organiser, workbook(tmp_path, units=UNITS))
    store_workbook(Actor(User.objects.get(pk=organiser.pk)), checked=checked, now=NOW)
    end_silent(fair, NOW + timedelta(minutes=5, seconds=1))
    assert WorkbookImport.objects.get(pk=checked.pk).state == "checked"


def test_exported_fair_is_unchanged_when_imported(fair: Fair, organiser: User, tmp_path: Path, client: Client) -> None:
    client.force_login(organiser)
    exported = client.get(f"/fairs/{fair.slug}/organise/import/export.xlsx")
    assert "no-store" in exported["Cache-Control"]
    checked = uploaded(fair, organiser, exported.content)
    assert (checked.report["counts"]["created"], checked.report["counts"]["updated"]) == ({}, {})
    assert checked.report["findings"] == []


def test_each_downloaded_workbook_is_in_the_audit_log(fair: Fair, organiser: User, client: Client) -> None:
    client.force_login(organiser)
    client.get(f"/fairs/{fair.slug}/organise/import/export.xlsx")
    entry = AuditEntry.objects.get(fair=fair)
    assert (entry.actor, entry.after) == (organiser, {"exported": "workbook"})


def test_template_can_be_checked(fair: Fair, organiser: User, client: Client) -> None:
    client.force_login(organiser)
    template = client.get(f"/fairs/{fair.slug}/organise/import/template.xlsx")
    assert (template.status_code, uploaded(fair, organiser, template.content).state) == (200, "checked")


def test_a_process_that_was_given_up_stores_nothing_later(fair: Fair, organiser: User, tmp_path: Path) -> None:
    checked, actor = uploaded(fair, organiser, workbook(tmp_path, units=UNITS)), Actor(organiser)
    store_workbook(actor, checked=checked, now=NOW)
    late = WorkbookImport.objects.get(pk=checked.pk)
    end_silent(fair, NOW + timedelta(minutes=5, seconds=1))
    work(late)
    assert (WorkbookImport.objects.get(pk=checked.pk).state, RecruitingUnit.objects.count()) == ("checked", 0)
    # Nor does it for the process of the next attempt, which stores by itself.
    store_workbook(actor, checked=checked, now=NOW)
    work(late)
    assert (WorkbookImport.objects.get(pk=checked.pk).state, RecruitingUnit.objects.count()) == ("storing", 0)
    work(WorkbookImport.objects.get(pk=checked.pk))
    assert (WorkbookImport.objects.get(pk=checked.pk).state, RecruitingUnit.objects.count()) == ("stored", 1)


def test_list_of_imports_says_whether_a_checked_file_can_be_stored(
    fair: Fair, organiser: User, tmp_path: Path, client: Client
) -> None:
    rows: list[dict[str, Any]] = [
        {"key": "jinhua", "name_en": "Jinhua bureau", "country": "Narnia", "quota": -1},
        {"key": "yiwu"},
    ]
    for units in (UNITS, rows, rows[:1]):
        uploaded(fair, organiser, workbook(tmp_path, units=units))
    states = [state_in_words(shown) for shown in WorkbookImport.objects.filter(fair=fair)]
    assert states == ["Checked: 1 row to correct", "Checked: 2 rows to correct", "Checked: can be imported"]
    client.force_login(organiser)
    page = client.get(f"/fairs/{fair.slug}/organise/import/").content.decode()
    assert [state in page for state in states] == [True, True, True]


def test_findings_name_columns_by_their_titles(fair: Fair, organiser: User, tmp_path: Path) -> None:
    rows = [{"key": "jinhua", "country": "CN"}]
    shown = uploaded(fair, organiser, workbook(tmp_path, units=rows))
    (finding,) = findings(shown.report)
    titles = [str(SHEETS["units"].column(key).titles) for key in ("name_en", "name_zh", "name_ur")]
    assert finding.text == f"One of these is required: {isolated(' · '.join(titles))}. Enter it."
