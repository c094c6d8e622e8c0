"""Scans of the signed pages: who reads them, which files are refused, and what the chain keeps of them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from fairplatform.fairs.models import Fair, Participation
from fairplatform.files.models import File
from fairplatform.ledger.chain import Addition, append, verify
from fairplatform.ledger.models import Entry, Scan
from fairplatform.ledger.releasing import Terms, release
from fairplatform.ledger.scanning import MOST_SCANS
from tests.factories import NOW, actor, make_buyer, make_fair, make_staff
from tests.files.made import PDF, picture
from tests.ledger.making import content, party
from tests.office.office import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair() -> Fair:
    return make_fair()


@pytest.fixture
def companies(fair: Fair) -> list[Participation]:
    return [make_buyer(fair), make_buyer(fair)]


@pytest.fixture
def office(fair: Fair, companies: list[Participation], client: Client) -> Office:
    """An organiser, of a fair with one agreement that its parties have confirmed."""
    said = content(*map(party, companies), provenance="parties", outcome="X-1", kind="order")
    append(fair.pk, [Addition(said, "outcome:X-1")], actor=None, now=NOW)
    return Office(client, fair)


def send(office: Office, number: int, name: str, sent: bytes) -> list[str]:
    """What the next page says."""
    file = SimpleUploadedFile(name, sent)
    response = office.client.post(
        f"/fairs/{office.fair.slug}/organise/ledger/{number}/scans/", {"file": file}, follow=True
    )
    return [str(one) for one in response.context["messages"]]


def newest(office: Office) -> Entry:
    return Entry.objects.newest().get(fair=office.fair)


def test_a_scan_is_added_to_the_entry_and_named_on_its_page(office: Office) -> None:
    assert send(office, 1, "signed.pdf", PDF) == ["Saved."]
    assert send(office, 2, "chop.png", picture()) == ["Saved."]
    entry, files = newest(office), list(File.objects.order_by("pk"))
    assert (entry.number, entry.scans, verify(office.fair).ok) == (3, [one.sha256 for one in files], True)
    page = office.get("ledger_entry", 3)
    assert ["signed.pdf" in page, "chop.webp" in page, page.count("Scanned pages") > 1] == [True] * 3


def test_the_same_file_again_adds_nothing(office: Office) -> None:
    send(office, 1, "signed.pdf", PDF)
    send(office, 2, "again.pdf", PDF)
    send(office, 1, "twice.pdf", PDF)  # from the page as it was before the first
    assert (newest(office).number, Scan.objects.count(), File.objects.count()) == (2, 1, 1)


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("signed.pdf", b"<html><script>alert(1)</script>"),
        ("signed.docx", b"PK\x03\x04 a document"),
        ("signed.pdf", b"MZ a program"),
        ("signed.gif", picture(form="GIF")),
    ],
)
def test_other_types_are_refused_in_words(office: Office, name: str, sent: bytes) -> None:
    sentence = "This file type is not accepted. Upload one of these: PDF, JPEG, PNG, WebP."
    assert send(office, 1, name, sent) == [sentence]
    assert (newest(office).number, Scan.objects.count(), File.objects.count()) == (1, 0, 0)


def test_without_a_file_it_says_so(office: Office) -> None:
    address = f"/fairs/{office.fair.slug}/organise/ledger/1/scans/"
    response = office.client.post(address, {}, follow=True)
    assert [str(one) for one in response.context["messages"]] == ["Choose a file."]
    assert send(office, 1, "signed.pdf", b"") in (["The file is empty."], ["Choose a file."])


def test_there_is_room_for_so_many(office: Office) -> None:
    full = content(*(), provenance="report", scans=[f"{number:064}" for number in range(MOST_SCANS)])
    append(office.fair.pk, [Addition(full, "full")], actor=None, now=NOW)
    assert send(office, 2, "signed.pdf", PDF) == [f"There is room for {MOST_SCANS} files here. Remove one first."]


def reads(fair: Fair, person: Any) -> bool:
    client = Client()
    if person:
        client.force_login(person)
    return client.get(f"/files/{File.objects.get().pk}/").status_code == 200


def test_organisers_and_parties_read_it_and_everybody_once_both_release_it(
    office: Office, companies: list[Participation]
) -> None:
    send(office, 1, "signed.pdf", PDF)
    staff = [make_staff(one) for one in companies]
    outsider = make_staff(make_buyer(office.fair))
    assert [reads(office.fair, one) for one in (office.person, *staff, outsider, None)] == [True] * 3 + [False] * 2
    entry = newest(office)
    seen = []
    for amount, scans in ((True, True), (True, False), (True, True)):
        person, company = (staff[0], companies[0]) if not seen else (staff[1], companies[1])
        release(actor(person), entry=entry.pk, company=company.pk, terms=Terms(amount, scans), now=NOW)
        page = Client().get(f"/fairs/{office.fair.slug}/agreements/").content.decode()
        seen.append((reads(office.fair, None), "/files/" in page))
    assert seen == [(False, False), (False, False), (True, True)]


def test_a_wrong_page_of_a_withdrawn_paper_is_taken_away(office: Office, companies: list[Participation]) -> None:
    said = content(*map(party, companies), provenance="document")
    append(office.fair.pk, [Addition(said, "paper")], actor=None, now=NOW)
    send(office, 2, "signed.pdf", PDF)
    assert office.post("ledger_withdraw", 3, reason="A wrong page").status_code == 302
    shown = office.get("ledger_entry", 4)
    assert ["signed.pdf" in shown, ">Remove<" in shown, 'type="file"' in shown] == [True, True, False]
    scan, manager = Scan.objects.get(), make_staff(companies[0])
    assert reads(office.fair, manager) is True
    for number, entries in ((3, 4), (4, 5)):  # the page as it was before the withdrawal removes nothing
        office.client.post(f"/fairs/{office.fair.slug}/organise/ledger/{number}/scans/{scan.pk}/remove/")
        assert (Entry.objects.count(), File.objects.count()) == (entries, 5 - entries)
    entry = Entry.objects.newest().get(key="paper")
    assert (entry.is_withdrawn, entry.scans, entry.corrects.number) == (True, [], 4)  # type: ignore[union-attr]
    assert (Entry.objects.standing().filter(key="paper").exists(), verify(office.fair).ok) == (False, True)
    shown = office.get("ledger_entry", 5)
    assert ["Corrects entry 4." in shown, "Withdraws entry 3." in shown, ">Remove<" in shown] == [True, True, False]
    listed = office.client.get(f"/fairs/{office.fair.slug}/organise/ledger/?state=withdrawn").content.decode()
    assert listed.count('data-label="Number"') == 1


def test_a_wrong_page_is_taken_away(office: Office) -> None:
    send(office, 1, "signed.pdf", PDF)
    address = f"/fairs/{office.fair.slug}/organise/ledger/2/scans/{Scan.objects.get().pk}/remove/"
    assert office.client.post(address).status_code == 302
    entry = newest(office)
    assert (entry.number, entry.scans, File.objects.count(), Scan.objects.count()) == (3, [], 0, 0)
    assert "Scanned pages" in office.get("ledger_entry", 3)
    assert office.client.post(address).status_code == 404
