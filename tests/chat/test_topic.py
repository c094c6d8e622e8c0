"""A conversation over the socket: acknowledged messages are stored, missed ones replayed, strangers receive none."""

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import transaction

from chat.actions import add_members, post_message
from chat.models import Conversation, Message
from chat.queries import MAX_OTHER_MEMBERS
from chat.topics import REPLAY_PAGE
from fairplatform.accounts.models import User
from fairplatform.realtime.models import TopicVersion
from tests.factories import (
    NOW,
    actor,
    make_buyer,
    make_conversation,
    make_exhibitor,
    make_fair,
    make_person,
    make_staff,
)
from tests.realtime.client import Client, session_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either]


def make_seller_and_buyer() -> tuple[Any, Any, str]:
    fair = make_fair()
    seller, buyer = make_staff(make_exhibitor(fair)), make_staff(make_buyer(fair))
    return seller, buyer, make_conversation(fair, [seller, buyer]).topic


async def connect(person: Any) -> Client:
    return await Client.open(await sync_to_async(session_of)(person))


@pytest.fixture
async def sockets() -> AsyncIterator[tuple[Client, Client, str]]:
    """The seller's socket, the buyer's, and their topic."""
    seller, buyer, topic = await sync_to_async(make_seller_and_buyer)()
    sockets = await connect(seller), await connect(buyer)
    yield *sockets, topic
    for socket in sockets:
        await socket.close()


def post_messages(topic: str, count: int, body: str = "") -> None:
    author, conversation = User.objects.order_by("-pk").first(), int(topic.split(":")[1])
    for n in range(count):
        post_message(actor(author), conversation=conversation, client_id=uuid4(), body=body or f"{n + 1}", now=NOW)


def add_strangers(topic: str, count: int) -> None:
    add_members(Conversation.objects.get(pk=topic.split(":")[1]), [make_person() for _ in range(count)])


def encoded(frame: Any) -> bytes:
    return json.dumps(frame, ensure_ascii=False, separators=(",", ":")).encode()


async def test_an_acknowledged_message_is_stored_and_reaches_both(sockets: Any) -> None:
    seller, buyer, topic = sockets
    await seller.send("join", topic)
    await buyer.send("join", topic)
    client_id = str(uuid4())
    answer = await buyer.send("message.post", topic, client_id=client_id, body=" 价格? ")
    assert answer == {"type": "ok", "ref": 2, "topic": topic, "seq": 1, "more": False}
    assert await sync_to_async(Message.objects.values_list("seq", "body").get)() == (1, "价格?")
    received = [await socket.event("message.posted") for socket in (seller, buyer)]
    assert received[0] == received[1]
    assert {name: received[0][name] for name in ("topic", "seq", "client_id", "body")} == {
        "topic": topic, "seq": 1, "client_id": client_id, "body": "价格?",
    }  # fmt: skip


async def test_a_message_sent_again_is_acknowledged_again_and_published_once(sockets: Any) -> None:
    seller, buyer, topic = sockets
    await seller.send("join", topic)
    await buyer.send("join", topic)
    client_id = str(uuid4())
    numbers = [(await buyer.send("message.post", topic, client_id=client_id, body="once"))["seq"] for _ in range(3)]
    refused = await buyer.send("message.post", topic, client_id=client_id, body="twice")
    assert (numbers, refused["code"]) == ([1, 1, 1], "message_differs")
    await buyer.send("message.post", topic, client_id=str(uuid4()), body="next")
    assert [(await seller.event("message.posted"))["seq"] for _ in range(2)] == [1, 2]


async def test_joining_gives_the_newest_page_and_older_ones_load_on_demand(sockets: Any) -> None:
    _, buyer, topic = sockets
    await sync_to_async(post_messages)(topic, 60)
    first = (await buyer.send("join", topic))["snapshot"]
    assert ([m["seq"] for m in first["messages"]], first["earlier"]) == (list(range(11, 61)), True)
    older = (await buyer.send("messages.load", topic, before=11))["snapshot"]
    assert ([m["seq"] for m in older["messages"]], older["earlier"]) == (list(range(1, 11)), False)


async def test_a_page_of_long_messages_stays_within_64_kib(sockets: Any) -> None:
    _, buyer, topic = sockets
    body = "الف" * 1333 + "ی"
    await sync_to_async(post_messages)(topic, 12, body)
    answer = await buyer.send("join", topic)
    numbers, size = [m["seq"] for m in answer["snapshot"]["messages"]], len(encoded(answer))
    while answer["snapshot"]["earlier"]:
        answer = await buyer.send("messages.load", topic, before=numbers[0])
        numbers[:0] = [m["seq"] for m in answer["snapshot"]["messages"]]
        size = max(size, len(encoded(answer)))
    assert (numbers, size < 64 * 1024) == (list(range(1, 13)), True)


async def test_a_large_conversation_names_thirty_other_members(sockets: Any) -> None:
    _, buyer, topic = sockets
    await sync_to_async(add_strangers)(topic, 40)
    snapshot = (await buyer.send("join", topic))["snapshot"]
    ids = [member["id"] for member in snapshot["members"]]
    assert (ids[0], len(set(ids)), ids[1:] == sorted(ids[1:])) == (snapshot["me"], MAX_OTHER_MEMBERS + 1, True)


async def test_presence_in_a_large_conversation_has_the_members_of_the_snapshot(
    sockets: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.queries.MAX_OTHER_MEMBERS", 2)
    seller, buyer, topic = sockets
    others = [await sync_to_async(make_person)() for _ in range(3)]
    await sync_to_async(lambda: add_members(Conversation.objects.get(), others))()
    newcomers = [await connect(person) for person in others]
    # Those with the lowest keys join last, so their three keys alone appear only once others are left out.
    ids = [(await socket.send("join", topic))["snapshot"]["me"] for socket in (*newcomers[::-1], buyer, seller)]
    changes = [(await newcomers[-1].event("presence.changed"))["here"]]
    while changes[-1] != sorted(ids)[:3]:
        changes.append((await newcomers[-1].event("presence.changed"))["here"])
    assert max(map(len, changes)) == 3
    for socket in newcomers:
        await socket.close()


async def test_missed_messages_are_replayed_in_pages(sockets: Any) -> None:
    _, buyer, topic = sockets
    await sync_to_async(post_messages)(topic, REPLAY_PAGE + 30)
    answer = await buyer.send("join", topic, after=0)
    assert (answer["seq"], answer["more"], answer["snapshot"]["messages"]) == (REPLAY_PAGE + 30, True, None)
    replayed = [(await buyer.event("message.posted"))["seq"] for _ in range(REPLAY_PAGE)]
    answer = await buyer.send("join", topic, after=REPLAY_PAGE)
    replayed += [(await buyer.event("message.posted"))["seq"] for _ in range(30)]
    assert (replayed, answer["more"]) == (list(range(1, REPLAY_PAGE + 31)), False)


async def test_a_page_ahead_of_the_server_gets_a_snapshot(sockets: Any) -> None:
    _, buyer, topic = sockets
    await sync_to_async(post_messages)(topic, 2)
    answer = await buyer.send("join", topic, after=40)
    assert (answer["seq"], [m["seq"] for m in answer["snapshot"]["messages"]]) == (2, [1, 2])


@pytest.mark.parametrize("topic", ["chat:0", "chat:9999999", "chat:abc", "chat:99999999999999999999", "chat"])
async def test_topics_that_do_not_exist_are_not_found(sockets: Any, topic: str) -> None:
    seller, _, _ = sockets
    assert (await seller.send("join", topic))["code"] == "not_found"


async def test_a_stranger_neither_joins_nor_writes(sockets: Any) -> None:
    _, _, topic = sockets
    stranger = await connect(await sync_to_async(make_person)())
    assert (await stranger.send("join", topic))["code"] == "not_found"
    posted = await stranger.send("message.post", topic, client_id=str(uuid4()), body="let me in")
    assert posted["code"] == "not_joined"
    await stranger.close()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"client_id": str(uuid4()), "body": "x" * 4001}, "message_long"),
        ({"client_id": str(uuid4()), "body": "x" * 20_001}, "malformed"),
        ({"client_id": str(uuid4()), "body": "  "}, "message_empty"),
        ({"client_id": "7", "body": "hello"}, "malformed"),
        ({"client_id": str(uuid4()), "body": "hello", "author": 1}, "malformed"),
        ({"client_id": str(uuid4())}, "malformed"),
    ],
)
async def test_bad_messages_are_refused_and_the_socket_stays_open(sockets: Any, fields: Any, code: str) -> None:
    _, buyer, topic = sockets
    await buyer.send("join", topic)
    assert (await buyer.send("message.post", topic, **fields))["code"] == code
    assert (await buyer.send("message.post", topic, client_id=str(uuid4()), body="well"))["seq"] == 1


async def test_typing_is_published_without_a_number(sockets: Any) -> None:
    seller, buyer, topic = sockets
    me = (await buyer.send("join", topic))["snapshot"]["me"]
    await seller.send("join", topic)
    for _ in range(3):
        assert (await buyer.send("typing.report", topic))["type"] == "ok"
    assert await seller.event("typing.started") == {"topic": topic, "type": "typing.started", "person": me}
    await buyer.send("message.post", topic, client_id=str(uuid4()), body="done")
    assert (await seller.event("message.posted"))["seq"] == 1
    assert [f for f in seller.frames if f["type"] == "typing.started"] == []


async def test_presence_changes_reach_everybody_on_the_topic(sockets: Any) -> None:
    seller, buyer, topic = sockets
    one = (await seller.send("join", topic))["snapshot"]["me"]
    assert (await seller.event("presence.changed"))["here"] == [one]
    joined = (await buyer.send("join", topic))["snapshot"]
    assert joined["here"] == [one]
    assert (await seller.event("presence.changed"))["here"] == sorted([one, joined["me"]])
    await buyer.send("leave", topic)
    assert (await seller.event("presence.changed"))["here"] == [one]


async def test_a_snapshot_and_its_events_equal_a_fresh_snapshot(sockets: Any) -> None:
    seller, buyer, topic = sockets
    counts = (await seller.send("join", "me"))["snapshot"]["messages"]
    assert counts == {}
    await seller.send("join", topic)
    await buyer.send("join", topic)
    for body in ("one", "two", "three"):
        await buyer.send("message.post", topic, client_id=str(uuid4()), body=body)
        arrived = await seller.event("message.arrived")
        counts[str(arrived["conversation"])] = counts.get(str(arrived["conversation"]), 0) + 1
    await seller.send("read.mark", topic, up_to=2)
    read = await seller.event("conversation.read")
    counts[str(read["conversation"])] = read["unread"]
    assert (await seller.send("join", "me"))["snapshot"]["messages"] == counts == {topic.split(":")[1]: 1}


async def test_message_arrived_has_each_members_own_number(sockets: Any) -> None:
    seller, buyer, topic = sockets
    third = await sync_to_async(make_person)()

    @sync_to_async
    def prepare() -> None:
        add_members(Conversation.objects.get(), [third])
        with transaction.atomic():
            TopicVersion.advance_all({f"me:{third.pk}": 5})

    await prepare()
    sockets = seller, await connect(third)
    joined = [(await socket.send("join", "me"))["seq"] for socket in sockets]
    await buyer.send("join", topic)
    await buyer.send("message.post", topic, client_id=str(uuid4()), body="x" * 200)
    received = [await socket.event("message.arrived") for socket in sockets]
    assert (joined, [frame.pop("seq") for frame in received]) == ([0, 5], [1, 6])
    assert received[0] == received[1]
    assert (received[0]["topic"], received[0]["number"], received[0]["opening"]) == ("me", 1, "x" * 120)
    await sockets[1].close()


async def test_nobody_joins_another_persons_own_topic(sockets: Any) -> None:
    seller, buyer, _ = sockets
    own = (await seller.send("join", "me"))["snapshot"]["id"]
    assert (await buyer.send("join", f"me:{own}"))["code"] == "not_found"
