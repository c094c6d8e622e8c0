"""Uploads in parts: each byte once and in its place, after every kind of cut; limits that no client can lie about."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.files.cleaning import ABANDONED, remove_leftovers
from fairplatform.files.kinds import DOCUMENTS, PICTURES, Accepted
from fairplatform.files.models import File, Upload
from fairplatform.files.storage import stored_path, write_part
from fairplatform.files.uploads import MOST_AT_ONCE, MOST_PART, Declared, begin, give_up, receive, taken_in
from tests.factories import NOW, actor, make_exhibitor, make_fair, make_staff
from tests.faults.full_disk import full_disk
from tests.files.made import PDF
from tests.files.test_files import content_in

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.files.uploads")]
ROOM = 500 * 1024**2


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def person() -> User:
    return make_staff(make_exhibitor(make_fair()))


def begun(person: User, size: int, *, accepted: Accepted = DOCUMENTS, room: int = ROOM, name: str = "a.pdf") -> Upload:
    company = person.positions.get().company
    declared = Declared(name, size, 1_589_000_000_000)
    return begin(
        actor(person), company=company, purpose="document", accepted=accepted, declared=declared, room=room, now=NOW
    )


def send(upload: Upload, offset: int, part: bytes) -> int:
    return receive(actor(upload.user), upload=upload.pk, offset=offset, part=part, now=NOW)


def test_parts_arrive_in_order_and_are_stored_whole(person: User) -> None:
    upload = begun(person, len(PDF))
    assert [send(upload, at, PDF[at : at + 500]) for at in range(0, len(PDF), 500)][-1] == len(PDF)
    content = taken_in(Upload.objects.get(), DOCUMENTS)
    assert stored_path(content.stored.sha256).read_bytes() == PDF


def test_what_is_stored_is_what_was_checked_though_another_tab_still_writes(person: User) -> None:
    sent = [b"%PDF-1.7\n" + letter * (2 * 1024**2) for letter in (b"a", b"b")]
    upload = begun(person, len(sent[0]))
    send(upload, 0, sent[0])
    whole, began, ended = Upload.objects.get(), Event(), Event()

    def write_on() -> None:
        while not ended.is_set():
            for content in sent:
                write_part(upload.path, content, 0)
            began.set()

    with ThreadPoolExecutor(1) as other_tab:
        writing = other_tab.submit(write_on)
        assert began.wait(timeout=60)
        try:
            stored = [taken_in(whole, DOCUMENTS).stored.sha256 for _ in range(40)]
        finally:
            ended.set()
    writing.result()
    assert stored == [sha256(stored_path(name).read_bytes()).hexdigest() for name in stored]


def test_a_repeated_part_is_no_error_and_one_that_overlaps_goes_on(person: User) -> None:
    upload = begun(person, len(PDF))
    assert [send(upload, 0, PDF[:1000]), send(upload, 0, PDF[:1000]), send(upload, 0, PDF[:10])] == [1000] * 3
    assert send(upload, 500, PDF[500:1500]) == 1500
    assert send(upload, 1500, PDF[1500:]) == len(PDF)
    assert upload.path.read_bytes() == PDF


@pytest.mark.parametrize("offset", [11, 1000, -1])
def test_a_gap_is_refused_with_the_offset_that_is_expected(person: User, offset: int) -> None:
    upload = begun(person, len(PDF))
    send(upload, 0, PDF[:10])
    with pytest.raises(Refused) as refused:
        send(upload, offset, PDF[:5])
    assert (refused.value.code, refused.value.parameters) == ("upload_gap", {"received": 10})
    assert upload.path.read_bytes() == PDF[:10]


def test_more_than_was_declared_is_refused(person: User) -> None:
    upload = begun(person, 10)
    for offset, part in ((0, b"x" * 11), (5, b"x" * 6), (0, b"x" * (MOST_PART + 1))):
        with pytest.raises(Refused, match="upload_longer"):
            send(upload, offset, part)
    assert (Upload.objects.get().received, upload.path.exists()) == (0, False)


def test_the_same_file_chosen_again_goes_on_where_it_was_cut_off(person: User) -> None:
    upload = begun(person, len(PDF))
    send(upload, 0, PDF[:700])
    again = begun(person, len(PDF))
    assert (again.pk, again.received) == (upload.pk, 700)
    assert begun(person, len(PDF) - 1).pk != upload.pk
    assert begun(make_staff(make_exhibitor(make_fair())), len(PDF)).pk != upload.pk


@pytest.mark.parametrize(
    ("name", "size", "accepted", "code"),
    [
        ("a.png", 20 * 1024**2 + 1, PICTURES, "file_large"),
        ("a.pdf", 5_000_000_000, DOCUMENTS, "file_large"),
        ("a.pdf", 0, DOCUMENTS, "file_empty"),
        ("../a.pdf", 10, DOCUMENTS, "file_name"),
        ("a\u202efdp.exe", 10, DOCUMENTS, "file_name"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_before_it_is_sent(person: User, name, size, accepted, code) -> None:
    with pytest.raises(Refused, match=code):
        begun(person, size, accepted=accepted, name=name)
    assert Upload.objects.count() == 0


def test_a_person_has_so_many_at_once(person: User) -> None:
    for number in range(MOST_AT_ONCE):
        begun(person, 100 + number)
    with pytest.raises(Refused) as refused:
        begun(person, 99)
    assert (refused.value.code, begun(person, 100).size) == ("uploads_many", 100)
    give_up(actor(person), upload=Upload.objects.get(size=100).pk)
    assert begun(person, 99).size == 99


def test_nobody_else_sends_or_gives_up_an_upload(person: User) -> None:
    upload = begun(person, len(PDF))
    rival = actor(make_staff(make_exhibitor(make_fair())))
    with pytest.raises(Refused, match="not_found"):
        receive(rival, upload=upload.pk, offset=0, part=PDF, now=NOW)
    with pytest.raises(Refused, match="not_found"):
        give_up(rival, upload=upload.pk)
    person.positions.all().delete()
    with pytest.raises(Refused, match="not_found"):
        send(upload, 0, PDF)
    assert (Upload.objects.get().received, upload.path.exists()) == (0, False)


def test_a_company_has_room_for_what_its_people_have_begun(person: User) -> None:
    colleague = make_staff(make_exhibitor(make_fair()))
    colleague.positions.update(company=person.positions.get().company)
    begun(person, 600, room=1000)
    with pytest.raises(Refused, match="company_full"):
        begun(colleague, 401, room=1000)
    assert begun(colleague, 400, room=1000).size == 400


def test_what_has_not_arrived_whole_is_not_taken_in(person: User) -> None:
    upload = begun(person, len(PDF))
    send(upload, 0, PDF[:-1])
    with pytest.raises(Refused, match="upload_unfinished"):
        taken_in(Upload.objects.get(), DOCUMENTS)
    assert Upload.objects.get().received == len(PDF) - 1


def test_nothing_stays_of_what_is_refused_for_what_it_is(
    person: User, folder: Path, django_capture_on_commit_callbacks
) -> None:
    upload = begun(person, 4)
    send(upload, 0, b"\x7fELF")
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused, match="file_kind"):
        taken_in(Upload.objects.get(), DOCUMENTS)
    assert (Upload.objects.count(), File.objects.count(), content_in(folder)) == (0, 0, [])


def test_on_a_full_disk_an_upload_waits_and_goes_on(person: User) -> None:
    upload = begun(person, len(PDF))
    with full_disk(beyond=1000), pytest.raises(Refused, match="unavailable"):
        send(upload, 0, PDF)
    assert Upload.objects.get().received == 0
    assert (send(upload, 0, PDF), upload.path.read_bytes()) == (len(PDF), PDF)


def test_over_http_a_part_is_put_at_its_offset_and_only_by_its_sender(client: Client, person: User) -> None:
    upload = begun(person, len(PDF), name="报价.pdf")
    address = reverse("files:upload", args=[upload.pk])
    client.force_login(person)
    first = client.put(f"{address}?offset=0", PDF[:9], content_type="application/octet-stream")
    assert (first.status_code, first.json()["received"]) == (200, 9)
    gap = client.put(f"{address}?offset=10", PDF[10:], content_type="application/octet-stream")
    assert (gap.status_code, gap.json()["code"], gap.json()["received"]) == (409, "upload_gap", 9)
    for odd in ("", "?offset=", "?offset=-1", "?offset=9e9", f"?offset={'9' * 40}", "?offset=٩"):
        assert client.put(address + odd, b"x", content_type="application/octet-stream").status_code == 409
    assert client.get(address).json() == {
        "key": str(upload.key), "name": "报价.pdf", "size": len(PDF), "received": 9
    }  # fmt: skip
    rival = make_staff(make_exhibitor(make_fair()))
    client.force_login(rival)
    for guessed in (upload.pk, uuid4()):
        answer = client.put(reverse("files:upload", args=[guessed]) + "?offset=9", PDF[9:])
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert Upload.objects.get().received == 9


def test_the_largest_part_passes_and_a_larger_one_does_not(client: Client, person: User) -> None:
    upload = begun(person, 2 * MOST_PART)
    address = reverse("files:upload", args=[upload.pk])
    client.force_login(person)
    content = bytes(MOST_PART)
    answers = [
        client.put(f"{address}?offset=0", sent, content_type="application/octet-stream")
        for sent in (content + b"x", content)
    ]
    assert [answer.status_code for answer in answers] == [409, 200]
    assert upload.path.stat().st_size == MOST_PART


def test_abandoned_uploads_are_removed(person: User, folder: Path, django_capture_on_commit_callbacks) -> None:
    old, new = begun(person, 100), begun(person, 200)
    for upload in (old, new):
        send(upload, 0, b"x" * 50)
    Upload.objects.filter(pk=new.pk).update(touched_at=NOW + timedelta(minutes=1))
    with django_capture_on_commit_callbacks(execute=True):
        remove_leftovers(NOW + ABANDONED + timedelta(seconds=1))
    assert (list(Upload.objects.all()), content_in(folder)) == ([new], [new.path])
