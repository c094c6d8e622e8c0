"""A fair's workbook that is too large for a form: it is sent in parts, and its import is that of any other."""

import random
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, RoleAssignment
from fairplatform.files.kinds import MAX_BYTES
from fairplatform.files.models import File, Upload
from fairplatform.workbook.models import WorkbookImport
from fairplatform.workbook.uploading import LARGEST
from fairplatform.workbook.writing import write
from tests.factories import make_fair, make_role
from tests.office.uploads import worked
from tests.workbook.making import with_part

pytestmark = pytest.mark.django_db

UNITS = [{"key": f"unit-{number}", "name_en": f"Bureau {number}", "country": "CN"} for number in range(3)]


@pytest.fixture
def fair() -> Fair:
    return make_fair(state="draft")


@pytest.fixture
def office(fair: Fair) -> Client:
    return organising(fair)


def organising(fair: Fair) -> Client:
    client = Client()
    client.force_login(make_role(fair, "organiser"))
    return client


def large(folder: Path, size: int = MAX_BYTES) -> bytes:
    """A workbook with a picture that makes it larger than a form may be."""
    path = folder / "fair.xlsx"
    write(path, {"units": UNITS})
    return with_part(path, "xl/media/image1.png", random.Random(1).randbytes(size)).read_bytes()


def begin(office: Client, fair: Fair, content: bytes, name: str = "fair.xlsx", **told: Any) -> Any:
    sent = {"name": name, "size": len(content), "modified": 1, **told}
    return office.post(reverse("office:upload_begin", args=[fair.slug]), sent)


def sent(office: Client, fair: Fair, content: bytes, **told: Any) -> dict[str, Any]:
    """All parts of it, as the page's script sends them."""
    begun: dict[str, Any] = begin(office, fair, content, **told).json()
    for start in range(0, len(content), begun["part"]):
        part = content[start : start + begun["part"]]
        assert office.put(f"{begun['parts']}?offset={start}", part).json()["received"] == start + len(part)
    return begun


def test_a_workbook_larger_than_a_form_is_imported(fair: Fair, office: Client, tmp_path: Path) -> None:
    content = large(tmp_path)
    finished = office.post(sent(office, fair, content)["finish"])
    started = WorkbookImport.objects.get()
    assert (finished.status_code, finished.json()) == (
        200,
        {"page": f"/fairs/{fair.slug}/organise/import/{started.pk}/"},
    )
    checked = worked(started)
    assert (checked.state, checked.name, checked.report["counts"]["created"]) == ("checked", "fair.xlsx", {"units": 3})
    assert (started.file.path.read_bytes() == content, Upload.objects.count()) == (True, 0)


def test_the_page_has_the_place_to_begin_and_the_limit(fair: Fair, office: Client) -> None:
    page = office.get(reverse("office:imports", args=[fair.slug])).text
    assert f'begin="{reverse("office:upload_begin", args=[fair.slug])}"' in page
    assert f"Up to {LARGEST.megabytes} MB." in page


def test_beyond_the_limit_the_limit_is_named(fair: Fair, office: Client) -> None:
    refused = begin(office, fair, b"", size=LARGEST.bytes + 1)
    assert (refused.status_code, refused.json()) == (
        409,
        {"code": "file_large", "megabytes": 32, "sentence": "This file is larger than 32 MB. Choose a smaller one."},
    )
    assert begin(office, fair, b"", size=LARGEST.bytes).status_code == 200


def test_what_is_no_workbook_is_refused_and_removed(fair: Fair, office: Client) -> None:
    begun = sent(office, fair, b"%PDF-1.7 prices")
    refused = office.post(begun["finish"])
    assert (refused.status_code, refused.json()["code"]) == (409, "file_kind")
    assert (Upload.objects.count(), WorkbookImport.objects.count(), File.objects.count()) == (0, 0, 0)
    assert begin(office, fair, b"%PDF-1.7 prices").json()["received"] == 0


def test_what_has_arrived_waits_while_another_import_is_at_work(fair: Fair, office: Client, tmp_path: Path) -> None:
    content = large(tmp_path, 1000)
    at_work = WorkbookImport.objects.create(
        fair=fair, user=User.objects.get(), name="other.xlsx", heard_at=timezone.now()
    )
    begun = sent(office, fair, content)
    refused = office.post(begun["finish"])
    assert (refused.status_code, refused.json()["code"]) == (409, "import_running")
    at_work.delete()
    assert begin(office, fair, content).json()["received"] == len(content)
    assert office.post(begun["finish"]).status_code == 200


def test_a_file_that_has_not_arrived_starts_nothing(fair: Fair, office: Client, tmp_path: Path) -> None:
    begun = begin(office, fair, large(tmp_path, 1000)).json()
    refused = office.post(begun["finish"])
    assert (refused.json()["code"], WorkbookImport.objects.count()) == ("upload_unfinished", 0)


def test_nobody_finishes_or_cancels_what_another_sends(fair: Fair, office: Client, tmp_path: Path) -> None:
    begun = sent(office, fair, large(tmp_path, 1000))
    colleague = organising(fair)
    answers = [colleague.post(begun[act]).status_code for act in ("finish", "cancel")]
    assert (answers, Upload.objects.count()) == ([404, 404], 1)
    assert office.post(begun["cancel"]).status_code == 302
    assert Upload.objects.count() == 0


def test_a_workbook_for_one_fair_is_not_finished_in_another(fair: Fair, office: Client, tmp_path: Path) -> None:
    other = make_fair(state="draft", slug="other-fair")
    RoleAssignment.objects.create(fair=other, user=User.objects.get(), role="organiser")
    begun = sent(office, fair, large(tmp_path, 1000))
    finish = reverse("office:upload_finish", args=[other.slug, begun["key"]])
    assert (office.post(finish).status_code, WorkbookImport.objects.count()) == (404, 0)
