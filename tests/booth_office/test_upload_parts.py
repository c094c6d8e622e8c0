"""A file of a booth that is sent in parts: where it ends, for whom there is room, and who may finish it."""

from typing import Any

import pytest
from django.test import Client

from booths import attachments
from booths.attachments import Target
from booths.models import Attachment, Product
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Participation
from fairplatform.files.models import File, Upload
from tests.booth_office.attached import added, page, removed
from tests.factories import make_exhibitor, make_product, make_staff
from tests.files.made import PDF, SVG, picture

pytestmark = [pytest.mark.django_db, pytest.mark.either("booths.attachments")]


def begin(client: Client, address: str, content: bytes, place: str = "document", **told: Any) -> Any:
    sent = {"place": place, "name": "a.pdf", "size": len(content), "modified": 1, **told}
    return client.post(f"{address}uploads/", sent)


def test_an_upload_finds_no_room_that_others_have_used_since_it_was_begun(
    client: Client, seller: User, ours: Participation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "COMPANY_MEGABYTES", 1)
    large = PDF + bytes(600 * 1024)
    begun = begin(client, page(ours), large).json()
    client.put(f"{begun['parts']}?offset=0", large)
    added(seller, Target(ours.company, None, "document"), large + b"x", "b.pdf")
    full = client.post(begun["finish"])
    assert (full.status_code, full.json()["code"], Attachment.objects.count()) == (409, "company_full", 1)
    removed(seller, ours, Attachment.objects.get())
    assert (client.post(begun["finish"]).status_code, Attachment.objects.count()) == (200, 1)


def test_what_is_removed_at_once_does_not_fill_the_disk(
    client: Client, seller: User, ours: Participation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "SENT_MEGABYTES", 3)
    target = Target(ours.company, None, "document")
    for number in range(2):
        removed(seller, ours, added(seller, target, PDF + bytes(number), "a.pdf"))
    begun = begin(client, page(ours), PDF).json()
    client.put(f"{begun['parts']}?offset=0", PDF)
    assert client.post(begun["finish"]).status_code == 200
    with pytest.raises(Refused, match="uploads_often"):
        added(seller, target, PDF + b"x", "a.pdf")
    begun = begin(client, page(ours), PDF, modified=2).json()
    client.put(f"{begun['parts']}?offset=0", PDF)
    assert client.post(begun["finish"]).json()["code"] == "uploads_often"


def test_who_has_left_a_company_keeps_none_of_its_room(client: Client, seller: User, ours: Participation) -> None:
    sent = {"place": "document", "name": "a.pdf", "size": 50 * 1024**2, "modified": 1}
    begun = [client.post(f"{page(ours)}uploads/", {**sent, "modified": number}).json() for number in range(8)]
    assert client.put(f"{begun[0]['parts']}?offset=0", PDF).json()["received"] == len(PDF)
    seller.positions.all().delete()
    late = client.put(f"{begun[0]['parts']}?offset={len(PDF)}", PDF)
    assert (late.status_code, late.json()["code"]) == (404, "not_found")
    stays = Client()
    stays.force_login(make_staff(ours))
    answers = [stays.post(f"{page(ours)}uploads/", {**sent, "modified": number}) for number in range(8)]
    assert [answer.status_code for answer in answers] == [200] * 8


def test_an_upload_in_parts_ends_in_its_place(client: Client, seller: User, ours: Participation) -> None:
    product = make_product(ours)
    content = picture((900, 600))
    begun = begin(client, page(ours, product), content, "gallery", name="Zange.png").json()
    assert (begun["received"], begun["part"]) == (0, 4 * 1024**2)
    early = client.post(begun["finish"])
    assert (early.status_code, early.json()["code"]) == (409, "upload_unfinished")
    client.put(f"{begun['parts']}?offset=0", content[:300])
    assert begin(client, page(ours, product), content, "gallery", name="Zange.png").json()["received"] == 300
    assert "Unfinished: <bdi>Zange.png</bdi>." in client.get(page(ours, product)).content.decode()
    client.put(f"{begun['parts']}?offset=300", content[300:])
    done = client.post(begun["finish"])
    row = Attachment.objects.get()
    assert (done.json(), row.product, row.place, row.file.name) == (
        {"attachment": row.pk}, product, "gallery", "Zange.webp"
    )  # fmt: skip
    assert (Product.objects.get().picture, Upload.objects.count()) == (row.file, 0)
    assert client.post(begun["finish"]).status_code == 404


def test_an_upload_that_lies_about_its_kind_is_refused_at_its_end(client: Client, seller: User, ours) -> None:
    begun = begin(client, page(ours), SVG).json()
    client.put(f"{begun['parts']}?offset=0", SVG)
    answer = client.post(begun["finish"])
    assert (answer.status_code, answer.json()["sentence"]) == (
        409, "This file type is not accepted. Upload one of these: PDF, .xlsx."
    )  # fmt: skip
    assert (Attachment.objects.count(), File.objects.count(), Upload.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"size": 5_000_000_000}, "file_large"),
        ({"size": 10**30}, "upload_longer"),
        ({"size": "much"}, "upload_longer"),
        ({"name": "../../x.pdf"}, "file_name"),
        ({"name": "a\x00.pdf"}, "file_name"),
        ({"place": "elsewhere"}, "upload_longer"),
        ({"modified": ""}, "upload_longer"),
    ],
    ids=range(7),
)
def test_what_cannot_be_is_refused_before_it_is_sent(client: Client, seller: User, ours, told, code) -> None:
    answer = begin(client, page(ours), PDF, **told)
    assert (answer.status_code, answer.json()["code"], Upload.objects.count()) == (409, code, 0)


def test_a_rival_finishes_and_cancels_no_upload_of_ours(client: Client, seller: User, ours: Participation) -> None:
    begun = begin(client, page(ours), PDF).json()
    theirs = make_exhibitor(ours.fair)
    for other in (make_staff(theirs), make_staff(ours)):
        client.force_login(other)
        for what in ("finish", "cancel"):
            assert client.post(begun[what]).status_code == 404
    client.force_login(seller)
    assert client.post(begun["cancel"])["Location"] == page(ours)
    assert Upload.objects.count() == 0


def test_an_upload_to_a_product_that_is_gone_can_only_be_cancelled(client: Client, seller: User, ours) -> None:
    product = make_product(ours)
    begun = begin(client, page(ours, product), PDF).json()
    client.put(f"{begun['parts']}?offset=0", PDF)
    product.delete()
    assert client.post(begun["finish"]).json()["code"] == "not_found"
    assert client.post(begun["cancel"])["Location"] == page(ours)
    assert (Upload.objects.count(), File.objects.count()) == (0, 0)


def test_who_has_left_the_company_finishes_nothing_for_it(client: Client, seller: User, ours: Participation) -> None:
    begun = begin(client, page(ours), PDF).json()
    client.put(f"{begun['parts']}?offset=0", PDF)
    elsewhere = make_exhibitor(ours.fair)
    seller.positions.update(company=elsewhere.company)
    assert client.post(begun["finish"]).json()["code"] == "not_found"
    assert Attachment.objects.count() == 0


def test_nothing_is_added_to_what_has_ended_while_its_picture_was_encoded(seller: User, ours: Participation) -> None:
    target = Target(ours.company, make_product(ours), "gallery")
    Product.objects.all().delete()
    with pytest.raises(Refused, match="not_found"):
        added(seller, target)
    seller.positions.all().delete()
    with pytest.raises(Refused, match="not_found"):
        added(seller, Target(ours.company, None, "gallery"))
    assert (Attachment.objects.count(), File.objects.count()) == (0, 0)
