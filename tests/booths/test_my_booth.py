"""The page of an exhibitor's own booth; and a visitor's button that opens a conversation with a booth."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from booths.actions import open_inquiry
from booths.models import Inquiry
from tests.factories import NOW, actor, make_buyer, make_exhibitor, make_fair, make_staff


@pytest.fixture
def scene(db: Any) -> tuple[Any, Any, Any]:
    fair = make_fair()
    exhibitor = make_exhibitor(fair)
    return exhibitor.booth, make_staff(exhibitor), make_staff(make_buyer(fair))


def my_booth(booth: Any) -> str:
    return reverse("booths:my_booth", args=[booth.fair.slug])


def contact(booth: Any) -> str:
    return reverse("booths:contact", args=[booth.fair.slug, booth.slug])


def test_only_people_of_a_company_with_a_booth_have_the_page(scene: Any, client: Client) -> None:
    booth, seller, buyer = scene
    assert client.get(my_booth(booth)).status_code == 302
    client.force_login(buyer)
    assert client.get(my_booth(booth)).status_code == 404
    client.force_login(seller)
    assert client.get(my_booth(booth)).context["booth"] == booth


def test_another_booths_inquiry_is_not_shown(scene: Any, client: Client) -> None:
    booth, _, buyer = scene
    other = make_exhibitor(booth.fair)
    inquiry = open_inquiry(actor(buyer), booth=booth.pk, now=NOW)
    client.force_login(make_staff(other))
    for key in (inquiry.pk, "x", "", "٣", "9" * 40):
        assert client.get(my_booth(booth), {"inquiry": key}).context["chosen"] is None


def test_contact_opens_one_conversation(scene: Any, client: Client) -> None:
    booth, _, buyer = scene
    client.force_login(buyer)
    answer = client.post(contact(booth))
    inquiry = Inquiry.objects.get()
    page = reverse("chat:conversation", args=[booth.fair.slug, inquiry.conversation_id])
    assert (answer.status_code, answer["Location"]) == (302, page)
    panel = client.post(contact(booth), headers={"HX-Request": "true"}).content.decode()
    assert f'topic="{inquiry.conversation.topic}"' in panel
    assert Inquiry.objects.count() == 1


def test_a_booths_own_people_cannot_contact_it(scene: Any, client: Client) -> None:
    booth, seller, _ = scene
    client.force_login(seller)
    assert client.post(contact(booth)).status_code == 409
    assert Inquiry.objects.count() == 0


def test_the_page_takes_the_same_number_of_queries_for_one_and_for_ten_inquiries(
    scene: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    booth, seller, buyer = scene
    open_inquiry(actor(buyer), booth=booth.pk, now=NOW)
    client.force_login(seller)
    client.get(my_booth(booth))
    with django_assert_max_num_queries(60) as one:
        client.get(my_booth(booth))
    cost = len(one)
    for _ in range(9):
        open_inquiry(actor(make_staff(make_buyer(booth.fair))), booth=booth.pk, now=NOW)
    client.get(my_booth(booth))
    with django_assert_max_num_queries(cost):
        assert len(client.get(my_booth(booth)).context["rows"]) == 10
