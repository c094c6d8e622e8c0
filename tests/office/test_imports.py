"""Importing a workbook on the pages of the office."""

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
from fairplatform.workbook.actions import end_silent, store_workbook, upload_workbook
from fairplatform.workbook.models import WorkbookImport
from fairplatform.workbook.working import work
from fairplatform.workbook.writing import write
from tests.factories import NOW, make_fair, make_role

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.workbook.actions")]

UNITS = [{"key": "jinhua", "name_en": "Jinhua bureau", "country": "CN", "quota": 20}]


@pytest.fixture
def fair() -> Fair:
    return make_fair(state="draft")


@pytest.fixture
def organiser(fair: Fair) -> User:
    return make_role(fair, "organiser")


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
    assert (page.status_code, "This file type is not accepted." in page.text) == (200, True)
    assert WorkbookImport.objects.count() == 0


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
    end_silent(fair, NOW + timedelta(seconds=61))
    assert WorkbookImport.objects.get(pk=checked.pk).state == "checked"


def test_exported_fair_is_unchanged_when_imported(fair: Fair, organiser: User, tmp_path: Path, client: Client) -> None:
    client.force_login(organiser)
    exported = client.get(f"/fairs/{fair.slug}/organise/import/export.xlsx")
    assert "no-store" in exported["Cache-Control"]
    checked = uploaded(fair, organiser, exported.content)
    assert (checked.report["counts"]["created"], checked.report["counts"]["updated"]) == ({}, {})
    assert checked.report["findings"] == []


def test_template_can_be_checked(fair: Fair, organiser: User, client: Client) -> None:
    client.force_login(organiser)
    template = client.get(f"/fairs/{fair.slug}/organise/import/template.xlsx")
    assert (template.status_code, uploaded(fair, organiser, template.content).state) == (200, "checked")
