"""Conversations as pages: readable, searchable and writable without JavaScript."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from chat.actions import post_message
from chat.models import Message
from tests.factories import (
    NOW,
    actor,
    make_buyer,
    make_conversation,
    make_exhibitor,
    make_fair,
    make_person,
    make_staff,
    three,
)


@pytest.fixture
def talk(db: Any) -> tuple[Any, Any, Any, Any]:
    fair = make_fair()
    seller, buyer = make_staff(make_exhibitor(fair)), make_staff(make_buyer(fair))
    place = make_conversation(fair, [seller, buyer])
    post_message(actor(seller), conversation=place.pk, client_id=uuid4(), body="您好 <b>", now=NOW)
    return fair, seller, buyer, place


def page(fair: Any, place: Any = None) -> str:
    if place is None:
        return reverse("chat:conversations", args=[fair.slug])
    return reverse("chat:conversation", args=[fair.slug, place.pk])


def signed_in(client: Client, person: Any) -> Client:
    client.force_login(person)
    return client


def test_a_message_is_written_by_a_plain_form_once(talk: Any, client: Client) -> None:
    fair, _, buyer, place = talk
    form = {"client_id": str(uuid4()), "body": "500 pieces\r\nby May"}
    for _ in range(2):
        answer = signed_in(client, buyer).post(page(fair, place), form)
        assert (answer.status_code, answer["Location"]) == (302, page(fair, place))
    assert list(Message.objects.values_list("body", flat=True)) == ["您好 <b>", "500 pieces\nby May"]


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "idna", "rot13", "utf-16"])
def test_whatever_a_form_says_of_itself_it_is_read_as_utf_8(talk: Any, client: Client, charset: str) -> None:
    fair, _, buyer, place = talk
    fields = {"client_id": str(uuid4()), "body": "+2AA- \\ud800 ٹھیک"}
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in fields.items()]
    kind = f"multipart/form-data; charset={charset}; boundary=x"
    answer = signed_in(client, buyer).generic("POST", page(fair, place), "".join([*parts, "--x--\r\n"]).encode(), kind)
    assert answer.status_code == 302
    assert Message.objects.last().body == fields["body"]


def test_what_was_refused_stays_in_the_form(talk: Any, client: Client) -> None:
    fair, _, buyer, place = talk
    key = uuid4()
    post_message(actor(buyer), conversation=place.pk, client_id=key, body="5,000", now=NOW)
    answer = signed_in(client, buyer).post(page(fair, place), {"client_id": key, "body": "50,000"})
    assert "This message was sent before with other words." in answer.content.decode()
    assert answer.context["form"]["body"].value() == "50,000"


def test_reading_the_page_counts_as_reading(talk: Any, client: Client) -> None:
    fair, _, buyer, place = talk
    listed = signed_in(client, buyer).get(page(fair)).context["rows"][0][0]
    assert (listed.unread, listed.last) == (1, "您好 <b>")
    assert "您好 &lt;b&gt;" in client.get(page(fair, place)).content.decode()
    assert client.get(page(fair)).context["rows"][0][0].unread == 0


def test_a_stranger_gets_404_and_a_visitor_the_door(talk: Any, client: Client) -> None:
    fair, _, _, place = talk
    assert client.get(page(fair, place)).status_code == 302
    assert signed_in(client, make_person()).get(page(fair, place)).status_code == 404


def test_a_conversation_belongs_to_its_fair(talk: Any, client: Client) -> None:
    _, _, buyer, place = talk
    assert signed_in(client, buyer).get(page(make_fair(), place)).status_code == 404


def test_conversations_are_found_by_name_and_company(talk: Any, client: Client) -> None:
    fair, seller, buyer, place = talk
    seller.name = three("Lin Wei") | {"zh-hans": "林伟"}
    seller.save()
    company = str(seller.positions.get().company.name["en"])
    for words, found in (("lin", [place]), ("林", [place]), (company, [place]), ("Nobody", [])):
        answer = signed_in(client, buyer).get(page(fair), {"q": words})
        assert [row for row, _ in answer.context["rows"]] == found
    assert "Nobody of that name" in answer.content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(
    talk: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    fair, _, buyer, _ = talk
    signed_in(client, buyer)
    client.get(page(fair))
    with django_assert_max_num_queries(60) as one:
        client.get(page(fair))
    cost = len(one)
    for _ in range(9):
        seller = make_staff(make_exhibitor(fair))
        place = make_conversation(fair, [seller, buyer])
        post_message(actor(seller), conversation=place.pk, client_id=uuid4(), body="x", now=NOW)
    client.get(page(fair))
    with django_assert_max_num_queries(cost):
        assert len(client.get(page(fair)).context["rows"]) == 10


def test_other_peoples_words_say_their_language(talk: Any, client: Client) -> None:
    fair, _, buyer, place = talk
    for address in (page(fair, place), page(fair)):
        [said] = re.findall(
            r'<span class="\w+" dir="auto"( lang="[\w-]+")?>您好', signed_in(client, buyer).get(address).text
        )
        assert said == ' lang="zh-Hans"'
