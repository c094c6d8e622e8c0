"""Files: what is stored, who may read it, and the headers it is served with."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from asgiref.sync import sync_to_async
from django.urls import reverse

from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.files.actions import store
from fairplatform.files.kinds import check_list, check_workbook
from fairplatform.files.models import File
from tests.factories import NOW, actor, make_exhibitor, make_fair, make_staff
from tests.faults.full_disk import full_disk

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8


@pytest.fixture
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return tmp_path


def content_in(folder: Path) -> list[Path]:
    """What is there besides the lock."""
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock"]


@pytest.mark.django_db
@pytest.mark.parametrize("accepts", [check_workbook, check_list])
def test_an_archive_of_very_many_parts_is_no_workbook(accepts: Callable[[bytes], str]) -> None:
    """To list the 155,000 names that fit into 8 MB takes seconds."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("xl/workbook.xml", *(f"{number:x}" for number in range(3000))):
            archive.writestr(name, b"")
    with pytest.raises(Refused, match="file_kind"):
        accepts(out.getvalue())


@pytest.mark.django_db
def test_nothing_is_stored_of_a_refused_file(folder) -> None:
    booth = make_exhibitor(make_fair()).booth
    with pytest.raises(Refused):
        store(actor(make_staff(booth.participation)), owner=booth, name="x.svg", content=b"<svg/>", now=NOW)
    assert File.objects.count() == 0
    assert content_in(folder) == []


@pytest.mark.django_db
def test_a_file_without_room_on_the_disk_is_refused_and_leaves_nothing(folder) -> None:
    booth = make_exhibitor(make_fair()).booth
    who = actor(make_staff(booth.participation))
    with full_disk(beyond=len(PDF) - 1), pytest.raises(Refused) as refused:
        store(who, owner=booth, name="a.pdf", content=PDF, now=NOW)
    assert refused.value.code == "unavailable"
    assert (File.objects.count(), content_in(folder)) == (0, [])
    assert store(who, owner=booth, name="a.pdf", content=PDF, now=NOW).path.read_bytes() == PDF


@pytest.mark.django_db
def test_name_is_a_label_never_a_path(folder) -> None:
    booth = make_exhibitor(make_fair()).booth
    file = store(
        actor(make_staff(booth.participation)), owner=booth, name="../../etc/pass\nwd.pdf", content=PDF, now=NOW
    )
    assert file.name == "passwd.pdf"
    assert file.path.parent.parent == folder
    assert file.path.read_bytes() == PDF


@pytest.mark.django_db(transaction=True)
async def test_file_is_read_by_those_who_see_its_owner(folder, async_client) -> None:
    @sync_to_async
    def make_files() -> tuple[File, File]:
        draft = make_exhibitor(make_fair(state="draft")).booth
        booth = make_exhibitor(make_fair()).booth
        who = actor(make_staff(booth.participation))
        return tuple(store(who, owner=o, name="a.pdf", content=PDF, now=NOW) for o in (booth, draft))

    public, hidden = await make_files()
    answer = await async_client.get(reverse("files:file", args=[public.pk]))
    assert answer.status_code == 200
    assert b"".join([part async for part in answer.streaming_content]) == PDF
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"] == 'attachment; filename="a.pdf"'
    assert (await async_client.get(reverse("files:file", args=[hidden.pk]))).status_code == 404
    assert (await async_client.get(reverse("files:file", args=[10**30]))).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("bytes=0-9", 206, PDF[:10]),
        ("bytes=2050-", 206, PDF[2050:]),
        ("bytes=-5", 206, PDF[-5:]),
        ("bytes=99999-", 416, b""),
        ("bytes=9-2", 416, b""),
        ("lines=1-2", 200, PDF),
        (f"bytes={'9' * 5000}-", 416, b""),
        (f"bytes=5-{'9' * 5000}", 206, PDF[5:]),
        (f"bytes=-{'9' * 5000}", 200, PDF),
    ],
)
async def test_ranges(folder, async_client, asked: str, status: int, content: bytes) -> None:
    @sync_to_async
    def make_file() -> File:
        booth = make_exhibitor(make_fair()).booth
        return store(actor(make_staff(booth.participation)), owner=booth, name="a.pdf", content=PDF, now=NOW)

    file = await make_file()
    answer = await async_client.get(reverse("files:file", args=[file.pk]), headers={"Range": asked})
    assert answer.status_code == status
    body = b"".join([part async for part in answer.streaming_content]) if answer.streaming else answer.content
    assert body == content


@pytest.mark.django_db(transaction=True)
async def test_who_may_store_a_file_and_who_has_it_already(folder, async_client) -> None:
    @sync_to_async
    def make_file_and_staff() -> tuple[File, User]:
        booth = make_exhibitor(make_fair()).booth
        who = make_staff(booth.participation)
        return store(actor(who), owner=booth, name="a.pdf", content=PDF, now=NOW), who

    file, staff = await make_file_and_staff()
    address = reverse("files:file", args=[file.pk])
    first = await async_client.get(address)
    assert (first.status_code, first["Cache-Control"]) == (200, "public, no-cache")
    again = await async_client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "public, no-cache")
    other = await async_client.get(address, headers={"If-None-Match": '"another"'})
    assert other.status_code == 200
    await async_client.aforce_login(staff)
    assert (await async_client.get(address))["Cache-Control"] == "private, no-cache"
