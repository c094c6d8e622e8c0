"""Files: what is stored, who may read it, and the headers it is served with."""

import io
import struct
import zlib

import pytest
from asgiref.sync import sync_to_async
from django.urls import reverse
from PIL import Image

from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.files.actions import store
from fairplatform.files.kinds import check
from fairplatform.files.models import File
from tests.factories import NOW, actor, make_exhibitor, make_fair, make_staff
from tests.faults.full_disk import full_disk

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8


def picture(size: tuple[int, int] = (30, 20), form: str = "PNG", **options) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "#3a7").save(out, form, **options)
    return out.getvalue()


def pixel_bomb() -> bytes:
    """A PNG of a few hundred bytes that claims 60,000 × 60,000 pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    content = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + content


@pytest.fixture
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return tmp_path


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_picture_is_encoded_again_without_its_metadata(form: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    original = picture(form=form, exif=exif)
    assert b"a secret place" in original
    checked = check(original)
    assert b"a secret place" not in checked.content
    assert checked.kind == f"image/{form.lower()}"
    assert Image.open(io.BytesIO(checked.content)).size == (30, 20)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "file_kind"),
        (b"<html><script>alert(1)</script></html>", "file_kind"),
        (b"GIF89a" + bytes(50), "file_kind"),
        (b"", "file_kind"),
        (picture()[:60], "file_kind"),
        (b"PK\x03\x04" + bytes(100), "file_kind"),
        (pixel_bomb(), "picture_large"),
        (b"%PDF-" + bytes(8 * 1024 * 1024), "file_large"),
    ],
)
def test_other_kinds_lies_and_bombs_are_refused(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        check(content)
    assert refused.value.code == code


@pytest.mark.django_db
def test_of_a_multi_picture_file_the_first_is_stored() -> None:
    second = Image.new("RGB", (30, 20), "#123")
    stored = check(picture(form="MPO", save_all=True, append_images=[second]))
    assert (stored.kind, Image.open(io.BytesIO(stored.content)).format) == ("image/jpeg", "JPEG")


@pytest.mark.django_db
def test_nothing_is_stored_of_a_refused_file(folder) -> None:
    booth = make_exhibitor(make_fair()).booth
    with pytest.raises(Refused):
        store(actor(make_staff(booth.participation)), owner=booth, name="x.svg", content=b"<svg/>", now=NOW)
    assert File.objects.count() == 0
    assert list(folder.iterdir()) == []


@pytest.mark.django_db
def test_a_file_without_room_on_the_disk_is_refused_and_leaves_nothing(folder) -> None:
    booth = make_exhibitor(make_fair()).booth
    who = actor(make_staff(booth.participation))
    with full_disk(beyond=len(PDF) - 1), pytest.raises(Refused) as refused:
        store(who, owner=booth, name="a.pdf", content=PDF, now=NOW)
    assert refused.value.code == "unavailable"
    assert (File.objects.count(), [path for path in folder.rglob("*") if path.is_file()]) == (0, [])
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
    assert (first.status_code, first["Cache-Control"]) == (200, "public, max-age=3600")
    again = await async_client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "public, max-age=3600")
    other = await async_client.get(address, headers={"If-None-Match": '"another"'})
    assert other.status_code == 200
    await async_client.aforce_login(staff)
    assert (await async_client.get(address))["Cache-Control"] == "private, max-age=3600"
