"""What nothing refers to goes from the disk, a day later; what is stored again meanwhile stays."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fairplatform.accounts.models import User
from fairplatform.files.actions import add_file, store
from fairplatform.files.cleaning import ABANDONED, UNUSED, remove_leftovers
from fairplatform.files.contents import take_in
from fairplatform.files.kinds import DOCUMENTS
from fairplatform.files.models import File
from fairplatform.files.storage import put, stored_path, temporary
from tests.factories import NOW, actor, make_exhibitor, make_fair, make_staff
from tests.files.made import PDF, picture
from tests.files.test_files import content_in

pytestmark = [pytest.mark.django_db, pytest.mark.either]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def person() -> User:
    return make_staff(make_exhibitor(make_fair()))


def test_what_a_killed_process_was_copying_is_swept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(_file: int) -> None:
        raise SystemExit

    monkeypatch.setattr(os, "fsync", killed)
    with temporary(PDF) as source, pytest.raises(SystemExit):
        put(source)
    [half] = content_in(folder)
    remove_leftovers(datetime.fromtimestamp(half.stat().st_mtime, UTC) + 2 * ABANDONED - timedelta(minutes=1))
    assert content_in(folder) == [half]
    remove_leftovers(datetime.fromtimestamp(half.stat().st_mtime, UTC) + 2 * ABANDONED + timedelta(minutes=1))
    assert content_in(folder) == []


def later(file: File, after: timedelta) -> datetime:
    """So long after the file was stored, by the clock of the disk."""
    return datetime.fromtimestamp(file.path.stat().st_mtime, UTC) + after


def test_content_goes_a_day_after_the_last_row_that_refers_to_it(person: User, folder: Path) -> None:
    who, owner = actor(person), person.positions.get().company
    first, second = (store(who, owner=owner, name="a.png", content=picture((700, 350)), now=NOW) for _ in range(2))
    content = content_in(folder)
    assert (first.sha256, len(content)) == (second.sha256, 3)
    day_after = later(first, UNUSED + timedelta(minutes=1))
    first.delete()
    remove_leftovers(day_after)
    assert content_in(folder) == content
    second.delete()
    remove_leftovers(later(second, UNUSED - timedelta(minutes=1)))
    assert content_in(folder) == content
    remove_leftovers(day_after)
    assert content_in(folder) == []


def test_content_that_is_stored_again_meanwhile_stays(person: User, folder: Path) -> None:
    with temporary(PDF) as source:
        content = take_in(source, DOCUMENTS)
        path = stored_path(content.stored.sha256)
        os.utime(path, (NOW.timestamp(), NOW.timestamp()))
        take_in(source, DOCUMENTS)
    remove_leftovers(NOW + UNUSED + timedelta(hours=1))
    file = add_file(owner=person.positions.get().company, name="a.pdf", content=content, by=person, now=NOW)
    assert file.path.read_bytes() == PDF
