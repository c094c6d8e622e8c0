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
    conversation = make_conversation(fair, [seller, buyer])
    post_message(actor(seller), conversation=conversation.pk, client_id=uuid4(), body="您好 <b>", now=NOW)
    return fair, seller, buyer, conversation


def url(fair: Any, conversation: Any = None) -> str:
    if conversation is None:
        return reverse("chat:conversations", args=[fair.slug])
    return reverse("chat:conversation", args=[fair.slug, conversation.pk])


def signed_in(client: Client, person: Any) -> Client:
    client.force_login(person)
    return client


def test_a_message_is_written_by_a_plain_form_once(talk: Any, client: Client) -> None:
    fair, _, buyer, conversation = talk
    form = {"client_id": str(uuid4()), "body": "500 pieces\r\nby May"}
    for _ in range(2):
        response = signed_in(client, buyer).post(url(fair, conversation), form)
        assert (response.status_code, response["Location"]) == (302, url(fair, conversation))
    assert list(Message.objects.values_list("body", flat=True)) == ["您好 <b>", "500 pieces\nby May"]


@pytest.mark.parametrize("charset", ["utf-7", "unicode_escape", "idna", "rot13", "utf-16"])
def test_a_form_is_read_as_utf_8_whatever_charset_it_names(talk: Any, client: Client, charset: str) -> None:
    fair, _, buyer, conversation = talk
    fields = {"client_id": str(uuid4()), "body": "+2AA- \\ud800 ٹھیک"}
    parts = [f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in fields.items()]
    kind = f"multipart/form-data; charset={charset}; boundary=x"
    response = signed_in(client, buyer).generic(
        "POST", url(fair, conversation), "".join([*parts, "--x--\r\n"]).encode(), kind
    )
    assert response.status_code == 302
    assert Message.objects.last().body == fields["body"]


def test_a_refused_message_stays_in_the_form(talk: Any, client: Client) -> None:
    fair, _, buyer, conversation = talk
    key = uuid4()
    post_message(actor(buyer), conversation=conversation.pk, client_id=key, body="5,000", now=NOW)
    response = signed_in(client, buyer).post(url(fair, conversation), {"client_id": key, "body": "50,000"})
    assert "This message has already been sent with different text." in response.content.decode()
    assert response.context["form"]["body"].value() == "50,000"


def test_opening_the_page_marks_its_messages_as_read(talk: Any, client: Client) -> None:
    fair, _, buyer, conversation = talk
    listed = signed_in(client, buyer).get(url(fair)).context["rows"][0][0]
    assert (listed.unread, listed.last) == (1, "您好 <b>")
    assert "您好 &lt;b&gt;" in client.get(url(fair, conversation)).content.decode()
    assert client.get(url(fair)).context["rows"][0][0].unread == 0


def test_a_stranger_gets_404_and_a_visitor_the_sign_in_page(talk: Any, client: Client) -> None:
    fair, _, _, conversation = talk
    assert client.get(url(fair, conversation)).status_code == 302
    assert signed_in(client, make_person()).get(url(fair, conversation)).status_code == 404


def test_a_conversation_is_not_found_under_another_fair(talk: Any, client: Client) -> None:
    _, _, buyer, conversation = talk
    assert signed_in(client, buyer).get(url(make_fair(), conversation)).status_code == 404


def test_conversations_are_found_by_name_and_company(talk: Any, client: Client) -> None:
    fair, seller, buyer, conversation = talk
    seller.name = three("Lin Wei") | {"zh-hans": "林伟"}
    seller.save()
    company = str(seller.positions.get().company.name["en"])
    for words, expected in (("lin", [conversation]), ("林", [conversation]), (company, [conversation]), ("Nobody", [])):
        response = signed_in(client, buyer).get(url(fair), {"q": words})
        assert [row for row, _ in response.context["rows"]] == expected
    assert "No conversations match this name" in response.content.decode()


def test_the_list_takes_the_same_queries_for_one_and_for_ten(
    talk: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    fair, _, buyer, _ = talk
    signed_in(client, buyer)
    client.get(url(fair))
    with django_assert_max_num_queries(60) as first:
        client.get(url(fair))
    queries = len(first)
    for _ in range(9):
        seller = make_staff(make_exhibitor(fair))
        conversation = make_conversation(fair, [seller, buyer])
        post_message(actor(seller), conversation=conversation.pk, client_id=uuid4(), body="x", now=NOW)
    client.get(url(fair))
    with django_assert_max_num_queries(queries):
        assert len(client.get(url(fair)).context["rows"]) == 10


def test_message_texts_have_a_lang_attribute(talk: Any, client: Client) -> None:
    fair, _, buyer, conversation = talk
    for address in (url(fair, conversation), url(fair)):
        [language] = re.findall(
            r'<span class="\w+" dir="auto"( lang="[\w-]+")?>您好', signed_in(client, buyer).get(address).text
        )
        assert language == ' lang="zh-Hans"'
