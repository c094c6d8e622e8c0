"""Many messages in one transaction: each is answered for itself, and none costs another its place."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chat import queries
from chat.actions import add_members
from chat.models import Conversation, Message
from chat.write_batch import LARGE, NewMessage, write_batch
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Token, User
from fairplatform.errors import Refused
from fairplatform.realtime.models import TopicVersion
from tests.factories import (
    NOW,
    actor,
    make_buyer,
    make_conversation,
    make_exhibitor,
    make_fair,
    make_person,
    make_role,
    make_staff,
)

pytestmark = [pytest.mark.django_db, pytest.mark.either("chat.sql")]


@pytest.fixture
def people() -> tuple[Any, Any, Any]:
    fair = make_fair()
    return fair, make_staff(make_exhibitor(fair)), make_staff(make_buyer(fair))


def post(person: Any, place: Conversation, body: str, client_id: UUID | None = None) -> NewMessage:
    acts = person if isinstance(person, Actor) else actor(person)
    return NewMessage(acts, place.pk, client_id or uuid4(), body)


def said(answers: list[Message | Exception]) -> list[Any]:
    """The number of each message, or the code of its refusal."""
    return [answer.seq if isinstance(answer, Message) else getattr(answer, "code", answer) for answer in answers]


def test_each_of_a_batch_gets_their_own_answer(people: Any) -> None:
    fair, seller, buyer = people
    first, second, closed, foreign = (make_conversation(fair, [seller, buyer]) for _ in range(4))
    Conversation.objects.filter(pk=closed.pk).update(state="closed")
    foreign.members.filter(user=buyer).delete()
    [earlier] = write_batch([post(buyer, first, "1", key := uuid4())], now=NOW - timedelta(hours=1))
    batch = [
        post(buyer, first, "2", again := uuid4()),
        post(seller, second, "a"),
        post(buyer, first, " 2\n", again),
        post(buyer, first, "1", key),
        post(buyer, first, "another 1", key),
        post(buyer, second, "2", again),
        post(buyer, foreign, "let me in"),
        post(buyer, closed, "one more thing"),
        post(buyer, Conversation(pk=2**63), "nowhere"),
        post(buyer, first, " \0 "),
        post(buyer, first, "x" * 4001),
        post(seller, first, "3"),
        post(buyer, second, "b"),
    ]
    answers = write_batch(batch, now=NOW)
    assert said(answers) == [
        2, 1, 2, 1, "message_differs", "message_differs", "not_found", "not_now", "not_found", "message_empty",
        "message_long", 3, 2,
    ]  # fmt: skip
    assert (answers[2], answers[3]) == (answers[0], earlier)
    rows = Message.objects.order_by("conversation", "seq").values_list("conversation", "seq", "body", "sent_at")
    assert list(rows) == [
        (first.pk, 1, "1", NOW - timedelta(hours=1)),
        (first.pk, 2, "2", NOW),
        (first.pk, 3, "3", NOW),
        (second.pk, 1, "a", NOW),
        (second.pk, 2, "b", NOW),
    ]


def test_sent_twice_in_one_batch_it_keeps_its_first_place(people: Any) -> None:
    fair, seller, buyer = people
    place = make_conversation(fair, [seller, buyer])
    one, two = post(buyer, place, "1"), post(seller, place, "2")
    assert said(write_batch([one, two, one, two, one], now=NOW)) == [1, 2, 1, 2, 1]


def test_a_batch_leaves_everything_as_its_messages_one_by_one_would(people: Any) -> None:
    fair, seller, buyer = people
    place, quiet = (make_conversation(fair, [seller, buyer]) for _ in range(2))
    third = make_person()
    add_members(place, [third])
    write_batch([post(buyer, place, "1"), post(seller, place, "2"), post(buyer, place, "3")], now=NOW)
    topics = [place.topic, *(f"me:{person.pk}" for person in (seller, buyer, third)), quiet.topic]
    assert TopicVersion.current(topics) == dict(zip(topics, (3, 2, 1, 3, 0), strict=True))
    read = dict(place.members.values_list("user", "read_up_to"))
    assert read == {seller.pk: 2, buyer.pk: 3, third.pk: 0}
    assert set(quiet.members.values_list("read_up_to", flat=True)) == {0}
    newest = dict(Conversation.objects.values_list("pk", "last_message_at"))
    assert newest == {place.pk: NOW, quiet.pk: None}


def test_what_the_database_refuses_costs_no_neighbour_anything(people: Any) -> None:
    fair, seller, buyer = people
    place, damaged = (make_conversation(fair, [seller, buyer]) for _ in range(2))
    write_batch([post(seller, damaged, "its number will be lost")], now=NOW)
    TopicVersion.objects.filter(topic=damaged.topic).delete()
    batch = [post(buyer, place, "1"), post(buyer, damaged, "1"), post(buyer, place, "\ud800"), post(buyer, place, "2")]
    first, twice, unspeakable, second = write_batch(batch, now=NOW)
    assert said([first, second]) == [1, 2]
    assert (type(twice).__name__, type(unspeakable).__name__) == ("IntegrityError", "UnicodeEncodeError")
    assert list(place.messages.values_list("body", flat=True)) == ["1", "2"]
    assert list(damaged.messages.values_list("body", flat=True)) == ["its number will be lost"]
    assert damaged.members.get(user=buyer).read_up_to == 0


def test_a_token_writes_where_and_what_it_is_for(people: Any) -> None:
    fair, seller, buyer = people
    other = make_fair()
    place, elsewhere = (make_conversation(each, [seller, buyer]) for each in (fair, other))

    def program(*rows: str) -> Actor:
        token, _ = Token.issue(buyer, fair=fair, permissions=list(rows), expires_at=NOW + timedelta(days=9999))
        return Actor(buyer, token=token)

    batch = [
        post(program("conversation.write"), place, "1"),
        post(program("conversation.write"), elsewhere, "2"),
        post(program("conversation.read"), place, "3"),
    ]
    assert said(write_batch(batch, now=NOW)) == [1, "not_permitted", "not_permitted"]
    assert list(Message.objects.values_list("body", flat=True)) == ["1"]


def test_who_acts_for_another_is_stored_beside_them(people: Any) -> None:
    fair, seller, buyer = people
    organiser = make_role(fair, "organiser")
    place, foreign = (make_conversation(fair, those) for those in ([seller, buyer], [seller]))
    proxy = Actor(organiser, on_behalf_of=buyer)
    answers = write_batch(
        [post(proxy, place, "for them"), post(proxy, foreign, "?"), post(organiser, place, "!")], now=NOW
    )
    assert said(answers) == [1, "not_found", "not_found"]
    message = place.messages.get()
    assert (message.author, message.on_behalf_of) == (organiser, buyer)
    topics = [f"me:{person.pk}" for person in (seller, buyer, organiser)]
    assert TopicVersion.current(topics) == dict(zip(topics, (1, 0, 0), strict=True))
    assert dict(place.members.values_list("user", "read_up_to")) == {seller.pk: 0, buyer.pk: 1}


def test_who_was_deleted_a_moment_ago_takes_nobody_with_them(people: Any) -> None:
    fair, seller, buyer = people
    place = make_conversation(fair, [seller, buyer])
    gone, member = actor(make_role(fair, "organiser")), actor(make_person())
    add_members(place, [member.user])
    proxy = Actor(gone.user, on_behalf_of=buyer)
    User.objects.filter(pk__in=[gone.user.pk, member.user.pk]).delete()
    batch = [post(proxy, place, "a ghost"), post(member, place, "another"), post(buyer, place, "alive")]
    assert said(write_batch(batch, now=NOW)) == ["sign_in", "not_found", 1]


def test_many_messages_to_many_members_cost_no_more_statements_than_one_to_one(people: Any) -> None:
    fair, seller, buyer = people
    small, large = (make_conversation(fair, [seller, buyer]) for _ in range(2))
    others = User.objects.bulk_create(User(email=f"{n}@circle.example") for n in range(LARGE - 2))
    add_members(large, others)
    counted = []
    for places in ([small], [large], [small, large], [small, large] * 5):
        batch = [post(buyer, place, "x") for place in places]
        with CaptureQueriesContext(connection) as queries:
            answers = write_batch(batch, now=NOW)
        assert [type(answer) for answer in answers] == [Message] * len(batch)
        counted.append(len(queries))
    assert counted == [13 if connection.vendor == "sqlite" else 14] * 4
    assert set(TopicVersion.current(f"me:{one.pk}" for one in others).values()) == {7}


def test_a_message_to_a_crowd_is_told_in_its_conversation_alone(
    people: Any, django_capture_on_commit_callbacks: Any
) -> None:
    fair, seller, buyer = people
    small, large = (make_conversation(fair, [seller, buyer]) for _ in range(2))
    others = User.objects.bulk_create(User(email=f"{n}@crowd.example") for n in range(LARGE - 1))
    add_members(large, others)
    stranger = make_person()
    batch = [post(buyer, large, "1"), post(seller, large, "2"), post(buyer, small, "a"), post(stranger, large, "?")]
    with django_capture_on_commit_callbacks() as told:
        assert said(write_batch(batch, now=NOW)) == [1, 2, 1, "not_found"]
    assert [next(iter(call.args[0])) for call in told] == [large.topic, large.topic, small.topic, f"me:{seller.pk}"]
    topics = [f"me:{one.pk}" for one in (seller, buyer, *others)]
    assert list(TopicVersion.current(topics).values()) == [1, 0] + [0] * (LARGE - 1)
    # All the same it waits for everybody who has not read it.
    assert [queries.unread_by_conversation(one) for one in (seller, buyer, others[0])] == [
        {small.pk: 1}, {large.pk: 1}, {large.pk: 2},
    ]  # fmt: skip


def test_nobody_who_is_not_signed_in_writes_to_a_crowd(people: Any) -> None:
    fair, seller, buyer = people
    large = make_conversation(fair, [seller, buyer])
    add_members(large, User.objects.bulk_create(User(email=f"{n}@crowd.example") for n in range(LARGE)))
    assert said(write_batch([post(Actor(AnonymousUser()), large, "?")], now=NOW)) == ["not_found"]


def test_nothing_is_told_of_what_was_refused(people: Any, django_capture_on_commit_callbacks: Any) -> None:
    fair, seller, buyer = people
    place = make_conversation(fair, [seller, buyer])
    with django_capture_on_commit_callbacks() as told:
        answers = write_batch([post(make_person(), place, "?"), post(buyer, place, "")], now=NOW)
    assert ([type(answer) for answer in answers], told) == ([Refused, Refused], [])
    with django_capture_on_commit_callbacks() as told:
        write_batch([post(buyer, place, "1", key := uuid4()), post(buyer, place, "1", key)], now=NOW)
    assert len(told) == 2
