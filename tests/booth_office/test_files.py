"""The pictures and documents of a booth: added, named, ordered and removed by its people, seen by its visitors."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booths import attachments
from booths.attachments import Target
from booths.models import Attachment, Display, Product
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Participation
from fairplatform.files.models import File, Rendition
from meetings.models.meeting import Side
from meetings.schedule.actions.planning import schedule_meeting
from tests.booth_office.attached import act, added, page, removed
from tests.factories import make_attachment, make_buyer, make_exhibitor, make_fair, make_product, make_slots, make_staff
from tests.files.made import PDF, SVG, picture, workbook
from tests.files.test_files import content_in

pytestmark = [pytest.mark.django_db, pytest.mark.either("booths.attachments")]


def upload(client: Client, address: str, place: str, content: bytes, name: str = "a.png") -> str:
    """Sends it with the plain form; returns what the page then says."""
    sent = {"place": place, "file": SimpleUploadedFile(name, content)}
    answer = client.post(address, sent, follow=True)
    return " ".join(re.findall(r'<span class="notice__text">(.*?)</span>', answer.content.decode()))


def test_the_empty_page_has_a_place_for_everything(client: Client, seller: User, ours: Participation) -> None:
    text = client.get(page(ours)).content.decode()
    places = ["logo", "banner", "gallery", "document"]
    assert re.findall(r'<input type="hidden" name="place" value="(\w+)">', text) == places
    assert text.count("Nothing here yet.") == 4
    assert "JPEG, PNG, WebP, up to 20 MB each." in text
    assert "PDF, .xlsx, up to 50 MB each." in text


def address(attachment: Attachment, width: int) -> str:
    return reverse("files:picture", args=[attachment.file.renditions.get(width=width).sha256])


def test_a_plain_form_adds_a_file_and_visitors_see_it(client: Client, seller: User, ours: Participation) -> None:
    for place in ("logo", "banner", "gallery"):
        assert upload(client, page(ours), place, picture((700, 350))) == "Uploaded."
    assert upload(client, page(ours), "document", PDF, "Prices.pdf") == "Uploaded."
    shown = Client().get(ours.booth.get_absolute_url()).content.decode()
    for row in Attachment.objects.exclude(place="document"):
        assert f'srcset="{address(row, 320)} 320w' in shown
    assert f'<a href="/files/{Attachment.objects.get(place="document").file_id}/"><bdi>Prices.pdf</bdi></a>' in shown
    hall = reverse("booths:hall", args=[ours.fair.slug, ours.hall.number])
    logo = Attachment.objects.get(place="logo")
    assert address(logo, 320) in Client().get(hall).content.decode()


@pytest.mark.parametrize(
    ("place", "name", "content", "said"),
    [
        ("gallery", "a.svg", SVG, "This file type is not accepted. Upload one of these: JPEG, PNG, WebP."),
        ("document", "a.pdf", picture(), "This file type is not accepted. Upload one of these: PDF, .xlsx."),
        ("gallery", "a.png", b"", "The file is empty."),
    ],
    ids=range(3),
)
def test_what_is_wrong_with_a_file_is_said_and_nothing_is_stored(
    client: Client, seller: User, ours: Participation, folder: Path, place: str, name: str, content: bytes, said: str
) -> None:
    assert upload(client, page(ours), place, content, name) == said
    assert (Attachment.objects.count(), File.objects.count(), content_in(folder)) == (0, 0, [])


@pytest.mark.parametrize(
    ("name", "content", "saved_as"),
    [
        ("catalogue.hta", PDF, "catalogue.hta.pdf"),
        ("Prices v1.2", PDF, "Prices v1.2.pdf"),
        ("Prices.PDF", PDF, "Prices.pdf"),
        ("x" * 130 + ".pdf", PDF, "x" * 116 + ".pdf"),
        ("prices.xlsm", workbook(), "prices.xlsm.xlsx"),
    ],
    ids=range(5),
)
def test_nobody_saves_a_document_under_the_name_of_a_program(
    seller: User, ours: Participation, name: str, content: bytes, saved_as: str
) -> None:
    row = added(seller, Target(ours.company, None, "document"), content, name)
    assert row.file.name == saved_as
    assert Client().get(f"/files/{row.file_id}/")["Content-Disposition"] == f'attachment; filename="{saved_as}"'


def test_a_form_without_a_file_or_a_place_of_the_page_is_refused(client: Client, seller: User, ours) -> None:
    answer = client.post(page(ours), {"place": "logo"}, follow=True)
    assert "Choose a file." in answer.content.decode()
    upload(client, page(ours, make_product(ours)), "logo", picture())
    assert Attachment.objects.count() == 0


def test_a_new_logo_takes_the_place_of_the_old_with_its_title(seller: User, ours: Participation) -> None:
    target = Target(ours.company, None, "logo")
    old = added(seller, target)
    Attachment.objects.filter(pk=old.pk).update(title={"en": "Our mark"})
    new = added(seller, target, picture((90, 90)))
    assert list(Attachment.objects.values_list("pk", "title")) == [(new.pk, {"en": "Our mark"})]
    assert list(File.objects.values_list("pk", "owner_model", "owner_key")) == [
        (new.file_id, "booths.attachment", new.pk)
    ]


def test_the_first_picture_of_a_product_is_its_cover(client: Client, seller: User, ours: Participation) -> None:
    product = make_product(ours)
    target = Target(ours.company, product, "gallery")
    added(seller, Target(ours.company, product, "document"), PDF, "a.pdf")
    first, second, third = (added(seller, target, picture((90 + n, 60))) for n in range(3))

    def cover() -> int | None:
        return Product.objects.values_list("picture", flat=True).get()

    def order() -> list[int]:
        return list(target.attachments().values_list("pk", flat=True))

    assert (cover(), order()) == (first.file_id, [first.pk, second.pk, third.pk])
    client.post(act(ours, "attachment_move", third.pk), {"to": "up"})
    client.post(act(ours, "attachment_move", third.pk), {"to": "up"})
    client.post(act(ours, "attachment_move", third.pk), {"to": "up"})
    assert (cover(), order()) == (third.file_id, [third.pk, first.pk, second.pk])
    client.post(act(ours, "attachment_move", third.pk), {"to": "down"})
    assert (cover(), order()) == (first.file_id, [first.pk, third.pk, second.pk])
    answer = client.post(act(ours, "attachment_remove", first.pk))
    assert (answer["Location"], cover(), order()) == (page(ours, product), third.file_id, [third.pk, second.pk])
    for row in (third, second):
        client.post(act(ours, "attachment_remove", row.pk))
    assert (cover(), File.objects.count(), Rendition.objects.count()) == (None, 1, 0)


def test_the_plain_form_keeps_no_name_that_hides_what_it_is(client: Client, seller: User, ours: Participation) -> None:
    assert upload(client, page(ours), "document", PDF, "../../a\u202eslx.pdf") == "Uploaded."
    assert File.objects.get().name == "aslx.pdf"


def test_a_rival_changes_and_removes_nothing(client: Client, seller: User, ours: Participation) -> None:
    row = added(seller, Target(ours.company, None, "gallery"))
    theirs = make_exhibitor(ours.fair)
    client.force_login(make_staff(theirs))
    for what in ("attachment_title", "attachment_move", "attachment_remove"):
        assert client.post(act(ours, what, row.pk), {"title_en": "Fake", "to": "up"}).status_code == 404
    assert client.get(page(ours, make_product(ours))).status_code == 404
    assert Attachment.objects.get().title == {}


def test_what_is_not_shown_yet_is_read_by_the_company_alone(client: Client, seller: User) -> None:
    hidden = make_exhibitor(make_fair(state="draft"))
    own = make_staff(hidden)
    product = make_product(hidden)
    Display.objects.filter(product=product).delete()
    files = [added(own, Target(hidden.company, each, "gallery")).file for each in (None, product)]
    for file in files:
        assert not file.roles_of(User.objects.get(pk=seller.pk))
        assert file.roles_of(User.objects.get(pk=own.pk)) == {"staff", "manager"} | file.owner(own).roles_of(own)


def test_a_full_place_says_so(seller: User, ours: Participation, monkeypatch: pytest.MonkeyPatch) -> None:
    target = Target(ours.company, None, "gallery")
    monkeypatch.setitem(attachments.MOST, attachments.Place.GALLERY, 1)
    added(seller, target)
    with pytest.raises(Refused) as refused:
        added(seller, target)
    assert (refused.value.code, Attachment.objects.count(), File.objects.count()) == ("place_full", 1, 1)


def test_a_company_that_has_used_its_room_stores_no_more(seller: User, ours: Participation) -> None:
    row = added(seller, Target(ours.company, None, "gallery"))
    File.objects.filter(pk=row.file_id).update(size=500 * 1024**2)
    with pytest.raises(Refused, match="company_full"):
        added(seller, Target(ours.company, None, "document"), PDF, "a.pdf")


def test_pages_take_as_many_queries_for_many_pictures(client: Client, seller: User, ours: Participation) -> None:
    def queries() -> list[int]:
        found = []
        hall = reverse("booths:hall", args=[ours.fair.slug, ours.hall.number])
        products = reverse("booths:products", args=[ours.fair.slug])
        for address in (page(ours), ours.booth.get_absolute_url(), hall, products):
            client.get(address)
            with CaptureQueriesContext(
                connection,
            ) as captured:
                client.get(address)
            found.append(len(captured))
        return found

    for place in ("logo", "gallery", "document"):
        added(seller, Target(ours.company, None, place), PDF if place == "document" else None)
    added(seller, Target(ours.company, make_product(ours), "gallery"))
    before = queries()
    for _ in range(3):
        other = make_exhibitor(ours.fair)
        added(make_staff(other), Target(other.company, None, "logo"))
        added(seller, Target(ours.company, None, "gallery"))
        added(seller, Target(ours.company, make_product(ours), "gallery"))
    assert queries() == before


def test_lists_show_a_new_cover_at_once(client: Client, seller: User, ours: Participation) -> None:
    product = make_product(ours)
    products = reverse("booths:products", args=[ours.fair.slug])
    assert "/files/" not in Client().get(products).content.decode()
    first = added(seller, Target(ours.company, product, "gallery"))
    assert address(first, 30) in Client().get(products).content.decode()
    removed(seller, ours, first)
    assert "/files/" not in Client().get(products).content.decode()


def test_a_product_that_goes_takes_its_files_along(seller: User, ours: Participation) -> None:
    product = make_product(ours)
    added(seller, Target(ours.company, product, "gallery"))
    product.delete()
    assert (Attachment.objects.count(), File.objects.count(), Rendition.objects.count()) == (0, 0, 0)


def test_a_meeting_shows_the_logos_of_its_companies(client: Client, seller: User, ours: Participation) -> None:
    logo = added(seller, Target(ours.company, None, "logo"))
    buyers = make_buyer(ours.fair)
    parties = [(seller, Side.EXHIBITOR), (make_staff(buyers), Side.BUYER)]
    [slot] = make_slots(ours.fair, first=timezone.now() + timedelta(hours=1), number=1)
    meeting = schedule_meeting(
        fair=ours.fair, exhibitor=ours, buyer=buyers, slot=slot, parties=parties, interpreter=None,
        interpreting="not_needed", reason={},
    )  # fmt: skip
    text = client.get(meeting.get_absolute_url()).content.decode()
    assert text.count(f'src="{address(logo, 30)}"') == 1


def test_titles_that_a_language_lacks_are_counted(client: Client, seller: User, ours: Participation) -> None:
    make_attachment(ours.company), make_attachment(ours.company, "document")
    make_attachment(ours.company, title={"en": "Our hall"})
    make_attachment(make_product(ours), "document", title={"en": "Data sheet"})
    missing = client.get(page(ours)).context["missing"]
    assert [(one.language, one.number, one.total) for one in missing] == [("en", 1, 2), ("zh-hans", 2, 2), ("ur", 2, 2)]
    assert "Urdu: 1 of 1 texts missing" in " ".join(client.get(page(ours, Product.objects.get())).text.split())
