"""The pictures and documents of a booth: added, named, ordered and removed by its people, seen by its visitors."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from booths import attachments
from booths.attachments import Target
from booths.models import Attachment, Display, Product
from fairplatform.accounts.models import User
from fairplatform.booth_office.files.actions import retitle
from fairplatform.booth_office.files.forms import TitleForm
from fairplatform.errors import Refused
from fairplatform.fairs.models import Participation
from fairplatform.files.models import File, Rendition, Upload
from meetings.models.meeting import Side
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import NOW, actor, make_buyer, make_exhibitor, make_fair, make_product, make_slots, make_staff
from tests.files.made import PDF, SVG, picture, workbook
from tests.files.test_files import content_in

pytestmark = [pytest.mark.django_db, pytest.mark.either("booths.attachments")]


@pytest.fixture(autouse=True)
def folder(settings, tmp_path: Path) -> Path:
    settings.FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def ours() -> Participation:
    return make_exhibitor(make_fair())


@pytest.fixture
def seller(client: Client, ours: Participation) -> User:
    person = make_staff(ours, is_manager=False)
    client.force_login(person)
    return person


def page(ours: Participation, product: Product | None = None) -> str:
    route, own = ("product_files", [product.pk]) if product else ("files", [])
    return reverse(f"booth_office:{route}", args=[ours.fair.slug, *own])


def act(ours: Participation, what: str, key: Any) -> str:
    return reverse(f"booth_office:{what}", args=[ours.fair.slug, key])


def added(seller: User, target: Target, content: bytes | None = None, name: str = "a.png") -> Attachment:
    return attachments.attach(actor(seller), target=target, name=name, content=content or picture(), now=NOW)


def removed(seller: User, ours: Participation, attachment: Attachment) -> None:
    attachments.remove(actor(seller), fair=ours.fair.slug, attachment=attachment.pk)


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


def test_titles_are_the_alternative_texts(client: Client, seller: User, ours: Participation) -> None:
    product = make_product(ours)
    row = added(seller, Target(ours.company, product, "gallery"))
    answer = client.post(act(ours, "attachment_title", row.pk), {"title_en": "Pliers, open", "title_ur": "پلاس"})
    assert answer["Location"] == f"{page(ours, product)}#attachment-{row.pk}"
    address = reverse("booths:product", args=[ours.fair.slug, product.pk])
    assert 'alt="Pliers, open"' in Client().get(address).content.decode()
    assert 'alt="پلاس"' in Client().get(address, headers={"accept-language": "ur"}).content.decode()


def test_two_people_who_title_a_file_at_once_lose_nothing_unsaid(
    client: Client, seller: User, ours: Participation
) -> None:
    row = added(seller, Target(ours.company, None, "gallery"))
    seen = TitleForm(row, seller)["seen"].value()
    address = act(ours, "attachment_title", row.pk)
    empty = dict.fromkeys(("title_en", "title_zh-hans", "title_ur"), "")
    assert client.post(address, {**empty, "seen": seen, "title_en": "Pliers"}).status_code == 302
    assert client.post(address, {**empty, "seen": seen, "title_ur": "پلاس"}).status_code == 302
    assert Attachment.objects.get().title == {"en": "Pliers", "ur": "پلاس"}
    told = client.post(address, {**empty, "seen": seen, "title_en": "Old pliers", "title_zh-hans": "钳"})
    [form] = [item.form for section in told.context["sections"] for item in section.items]
    assert (told.status_code, [str(said) for said in form.errors["title"]]) == (
        409,
        ["Someone else changed this to “Pliers · پلاس” while you were editing. Save again to replace it with yours."],
    )
    assert Attachment.objects.get().title == {"en": "Pliers", "ur": "پلاس"}
    again = {name: form.data[name] for name in (*empty, "seen")}
    assert client.post(address, again).status_code == 302
    assert Attachment.objects.get().title == {"en": "Old pliers", "zh-hans": "钳", "ur": "پلاس"}


def test_a_title_reads_as_it_is_stored(client: Client, seller: User, ours: Participation) -> None:
    row = added(seller, Target(ours.company, None, "document"), PDF, "a.pdf")
    client.post(
        act(ours, "attachment_title", row.pk), {"title_en": "price\u202efdp.exe\u2066", "title_ur": "قیمت\u200cنامہ"}
    )
    assert Attachment.objects.get().title == {"en": "pricefdp.exe", "ur": "قیمت\u200cنامہ"}


def test_a_title_that_is_too_long_comes_back_as_it_was_typed(client: Client, seller: User, ours) -> None:
    row = added(seller, Target(ours.company, None, "gallery"))
    answer = client.post(act(ours, "attachment_title", row.pk), {"title_en": "x" * 121})
    text = answer.content.decode()
    assert (answer.status_code, "x" * 121 in text, "has 121 characters. At most 120" in text) == (409, True, True)
    assert Attachment.objects.get().title == {}


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


def begin(client: Client, address: str, content: bytes, place: str = "document", **told: Any) -> Any:
    sent = {"place": place, "name": "a.pdf", "size": len(content), "modified": 1, **told}
    return client.post(f"{address}uploads/", sent)


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


@pytest.mark.parametrize(
    "do",
    [
        lambda who, own: attachments.move(who, **own, by=1),
        lambda who, own: attachments.remove(who, **own),
        lambda who, own: retitle(who, **own, data=QueryDict("title_en=Fake")),
    ],
    ids=["move", "remove", "retitle"],
)
def test_no_action_lets_a_rival_touch_a_file_of_ours(seller: User, ours: Participation, do: Any) -> None:
    row = added(seller, Target(ours.company, None, "gallery"))
    rival = make_staff(make_exhibitor(ours.fair))
    with pytest.raises(Refused, match="not_found"):
        do(actor(rival), {"fair": ours.fair.slug, "attachment": row.pk})
    assert Attachment.objects.values_list("title", flat=True).get() == {}
