"""The titles of an exhibitor's pictures and documents: no text is lost unsaid, and no rival writes one."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from booths import attachments
from booths.attachments import Target
from booths.models import Attachment
from fairplatform.accounts.models import User
from fairplatform.booth_office.files.actions import retitle
from fairplatform.booth_office.files.forms import TitleForm
from fairplatform.errors import Refused
from fairplatform.fairs.models import Participation
from tests.booth_office.attached import act, added, page
from tests.factories import actor, make_exhibitor, make_product, make_staff
from tests.files.made import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.either("booths.attachments")]


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
        ["Someone else changed this to “Pliers” while you were editing. Save again to replace it with yours."],
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
