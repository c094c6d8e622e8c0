"""The socket as a page meets it: joining, numbers, refusals, limits, revocation."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from fairplatform.accounts import socket_auth as identity_module
from fairplatform.accounts.models import Token, User
from fairplatform.accounts.socket_auth import recheck
from fairplatform.asgi import application
from fairplatform.realtime import maintenance
from fairplatform.realtime import socket as socket_module
from fairplatform.realtime.hub import HUB
from fairplatform.realtime.maintenance import each
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.registry import OPEN_SOCKETS
from tests.factories import make_fair, make_person
from tests.realtime.client import ORIGIN, cookie, session_of
from tests.realtime.counter import CounterClient, CounterTopic, raise_counter
from tests.sizes import full

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either]


@pytest.fixture
async def person() -> User:
    return await sync_to_async(make_person)()


@pytest.fixture
async def client(person: User) -> AsyncIterator[CounterClient]:
    client = await CounterClient.open(await sync_to_async(session_of)(person))
    yield client
    await client.close()


async def test_join_gives_state_and_number_and_then_the_next_events(client: CounterClient) -> None:
    await sync_to_async(raise_counter)("counter:open")
    answer = await client.send("join")
    assert answer == {
        "type": "ok", "ref": 1, "topic": "counter:open", "seq": 1, "snapshot": {"counter": 1}, "more": False,
    }  # fmt: skip
    await sync_to_async(raise_counter)("counter:open", by=5)
    event = await client.event("counter.raised")
    assert event == {"topic": "counter:open", "type": "counter.raised", "by": 5, "seq": 2}


async def test_a_command_is_answered_with_its_ref_and_its_event_reaches_everybody(
    client: CounterClient, person: User
) -> None:
    other = await CounterClient.open(await sync_to_async(session_of)(person))
    await client.send("join")
    await other.send("join")
    assert await client.send("counter.raise", by=2) == {
        "type": "ok", "ref": 2, "topic": "counter:open", "seq": 1, "more": False,
    }  # fmt: skip
    assert [(await c.event("counter.raised"))["seq"] for c in (client, other)] == [1, 1]
    await other.close()


async def test_events_between_subscribing_and_reading_are_neither_lost_nor_doubled(
    client: CounterClient, monkeypatch
) -> None:
    read = CounterTopic.snapshot

    def raised_meanwhile(self: CounterTopic, after: int | None):
        joined = read(self, after)
        # Committed by somebody else after the state was read, before the answer is sent.
        for number in (joined.seq, joined.seq + 1):
            HUB.dispatch({"counter:open": number}, json.dumps({"type": "counter.raised"}))
        return joined

    monkeypatch.setattr(CounterTopic, "snapshot", raised_meanwhile)
    assert (await client.send("join"))["seq"] == 0
    assert (await client.event("counter.raised"))["seq"] == 1
    await client.event("presence.changed")
    assert [f for f in client.frames if f["type"] == "counter.raised"] == []


async def test_events_during_a_failing_rejoin_are_delivered(client: CounterClient, monkeypatch) -> None:
    await client.send("join")

    def away_meanwhile(self: CounterTopic, after: int | None) -> None:
        HUB.dispatch({"counter:open": 1}, json.dumps({"type": "counter.raised"}))
        raise OperationalError("the database is away on purpose")

    monkeypatch.setattr(CounterTopic, "snapshot", away_meanwhile)
    assert (await client.send("join"))["code"] == "unavailable"
    assert (await client.event("counter.raised"))["seq"] == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (" ", "malformed"),
        ("{", "malformed"),
        ("[" * 5000, "malformed"),
        ("[1]", "malformed"),
        ("null", "malformed"),
        ('{"type": "join"}', "malformed"),
        ('{"ref": 1, "topic": "counter:open", "type": ["join"]}', "malformed"),
        ('{"ref": 1, "topic": "counter:open", "type": {}}', "malformed"),
        ('{"ref": 1, "topic": "counter:open\\u0000", "type": "join"}', "malformed"),
        ('{"ref": 1, "topic": "counter:open\\ud800", "type": "join"}', "malformed"),
        ('{"ref": NaN, "topic": "counter:open", "type": "join"}', "malformed"),
        ('{"ref": 1, "topic": "counter:open", "type": "join", "extra": 1}', "malformed"),
        ('{"ref": -1, "topic": "counter:open", "type": "join"}', "malformed"),
        ('{"ref": true, "topic": "counter:open", "type": "join"}', "malformed"),
        ('{"ref": 1, "topic": "../etc", "type": "join"}', "malformed"),
        ('{"ref": 1, "topic": "counter:open", "type": "join", "after": "x"}', "malformed"),
        ('{"ref": 1, "topic": "nothing:1", "type": "join"}', "not_found"),
        ('{"ref": 1, "topic": "counter:closed", "type": "join"}', "not_found"),
        ('{"ref": 1, "topic": "counter:open", "type": "counter.raise"}', "not_joined"),
    ],
)
async def test_unreadable_frame_is_refused_by_code_and_the_socket_lives(
    client: CounterClient, text: str, code: str
) -> None:
    assert (await client.raw(text))["code"] == code
    assert (await client.send("join"))["type"] == "ok"


AGAIN = {"Reload it. Your draft is kept.", "Reload the page. Your draft is kept."}


async def test_unknown_command_and_a_defect_of_ours_are_refused_by_code(client: CounterClient, caplog) -> None:
    await client.send("join")
    unknown, malformed = await client.send("counter.burn"), await client.send("counter.raise", by="many")
    assert (unknown["code"], malformed["code"]) == ("unknown_type", "malformed")
    # A page of ours says such a thing only when it is of an earlier release than the server.
    assert {text.partition(". ")[2] for text in (unknown["detail"], malformed["detail"])} == AGAIN
    answer = await client.send("counter.break")
    assert answer["code"] == "failed"
    assert "broken on purpose" not in answer["detail"]
    assert (await client.send("counter.raise"))["seq"] == 1


async def test_refusal_is_in_the_language_of_the_page(person: User) -> None:
    key = await sync_to_async(session_of)(person)
    details = set()
    for language in ("en", "zh-hans", "ur"):
        client = await CounterClient.open(key, language)
        details.add((await client.raw("{"))["detail"])
        await client.close()
    assert len(details) == 3


async def test_too_many_frames_close_the_socket_and_nobody_else(client: CounterClient, person: User) -> None:
    other_person = await sync_to_async(make_person)()
    other = await CounterClient.open(await sync_to_async(session_of)(other_person))
    for _ in range(int(socket_module.BURST) + 5):
        await client.wire.send_to(text_data="{}")
    assert await client.closed_with() == 4429
    assert (await other.send("join"))["type"] == "ok"
    await other.close()


async def refused_before_accept(*headers: tuple[bytes, bytes]) -> bool:
    client = CounterClient(*headers)
    accepted, _ = await client.wire.connect(timeout=5)
    if accepted:
        await client.close()
    return not accepted


async def test_foreign_or_missing_origin_is_refused_before_accept(person: User) -> None:
    key = await sync_to_async(session_of)(person)
    assert await refused_before_accept(cookie(key), (b"origin", b"http://evil.example"))
    assert await refused_before_accept(cookie(key), (b"origin", b"null"))
    assert await refused_before_accept(cookie(key))
    assert not await refused_before_accept(cookie(key), ORIGIN)


@sync_to_async
def issue_token(person: User, days: int) -> bytes:
    expires = timezone.now() + timedelta(days=days)
    _, secret = Token.issue(person, fair=make_fair(), permissions=["page.signed_in"], expires_at=expires)
    return f"Bearer {secret}".encode()


async def test_there_is_one_socket_and_no_other(person: User) -> None:
    headers = [cookie(await sync_to_async(session_of)(person)), ORIGIN]
    accepted = []
    for path in ("/ws/", "/ws", "/ws/chat/", "/", "/fairs/"):
        wire = WebsocketCommunicator(application, path, headers=headers)
        accepted.append((await wire.connect(timeout=5))[0])
        await wire.disconnect()
    assert accepted == [True, False, False, False, False]


async def test_token_opens_the_socket_only_without_an_origin(person: User) -> None:
    token = await issue_token(person, days=1)
    assert not await refused_before_accept((b"authorization", token))
    assert await refused_before_accept((b"authorization", token), ORIGIN)
    assert await refused_before_accept((b"authorization", b"Bearer nonsense"))
    assert await refused_before_accept((b"authorization", await issue_token(person, days=-1)))


async def test_a_socket_with_an_ended_session_is_accepted_and_closed_with_its_code() -> None:
    client = CounterClient(cookie("no-such-session"), ORIGIN)
    await client.wire.connect(timeout=5)
    assert await client.closed_with() == 4401


async def verdict_after(client: CounterClient, change) -> str:
    socket = next(iter(OPEN_SOCKETS))
    await sync_to_async(change)()
    return (await sync_to_async(recheck)([socket.identity]))[0]


@pytest.mark.parametrize("how", ["signed out", "expired", "deactivated", "password", "deleted"])
async def test_lost_access_is_noticed_by_the_next_recheck(client: CounterClient, person: User, how: str) -> None:
    def change() -> None:
        if how == "signed out":
            Session.objects.all().delete()
        elif how == "expired":
            Session.objects.update(expire_date=timezone.now())
        elif how == "deactivated":
            User.objects.filter(pk=person.pk).update(is_active=False)
        elif how == "password":
            person.set_password("another long 42")
            person.save()
        else:
            person.delete()

    assert await verdict_after(client, lambda: None) == "same"
    assert await verdict_after(client, change) == "gone"


@pytest.mark.parametrize("how", ["expired", "revoked"])
async def test_a_token_that_ends_closes_its_open_socket_and_no_other(
    person: User, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    ends = await CounterClient.open_with((b"authorization", await issue_token(person, days=1)))
    ending = await sync_to_async(Token.objects.get)()
    stays = await CounterClient.open_with((b"authorization", await issue_token(person, days=1)))
    for client in (ends, stays):
        await client.send("join")
    which = Token.objects.filter(pk=ending.pk)
    await sync_to_async(lambda: which.update(expires_at=timezone.now()) if how == "expired" else which.delete())()
    monkeypatch.setattr(maintenance, "RECHECK_SECONDS", 0)
    looking = asyncio.create_task(maintenance.revocations(recheck))
    assert await ends.closed_with() == 4401
    looking.cancel()
    assert (await stays.send("counter.raise"))["type"] == "ok"
    await stays.close()


async def test_changed_roles_close_the_topics_that_are_no_longer_open(client: CounterClient, person: User) -> None:
    await client.send("join")
    await client.send("join", topic="counter:other")
    assert await verdict_after(client, lambda: User.objects.filter(pk=person.pk).update(access_version=1)) == "changed"
    CounterTopic.closed.add("other")
    try:
        await next(iter(OPEN_SOCKETS)).recheck()
        assert await client.event("left") == {"type": "left", "topic": "counter:other", "code": "not_found"}
        assert (await client.send("counter.raise", topic="counter:other"))["code"] == "not_joined"
        assert (await client.send("counter.raise"))["type"] == "ok"
    finally:
        CounterTopic.closed.discard("other")


async def test_joining_again_where_one_may_no_longer_be_is_leaving(client: CounterClient) -> None:
    await client.send("join", topic="counter:other")
    CounterTopic.closed.add("other")
    try:
        assert (await client.send("join", topic="counter:other"))["code"] == "not_found"
    finally:
        CounterTopic.closed.discard("other")
    assert (await client.send("counter.raise", topic="counter:other"))["code"] == "not_joined"
    await client.send("join")
    for topic in ("counter:other", "counter:open"):
        await sync_to_async(raise_counter)(topic)
    assert (await client.event("counter.raised"))["topic"] == "counter:open"


async def test_one_failing_socket_does_not_stop_the_others(client: CounterClient, person: User, caplog) -> None:
    clients = [client, *[await CounterClient.open(await sync_to_async(session_of)(person)) for _ in range(2)]]
    for each_client in clients:
        await each_client.send("join")
    broken, *others = OPEN_SOCKETS
    had_their_turn = []

    async def act(socket) -> None:
        if socket is broken:
            raise RuntimeError("broken on purpose")
        had_their_turn.append(socket)

    await each([broken, *others], act)
    assert (had_their_turn, len(others)) == (others, 2)
    assert "broken on purpose" in caplog.text


async def test_going_away_carries_the_time_to_reconnect(client: CounterClient) -> None:
    await maintenance.going_away()
    assert await client.event("going_away") == {"type": "going_away", "retry_after": maintenance.RETRY_SECONDS}
    assert await client.closed_with() == 4503


async def test_a_page_that_answers_no_heartbeat_is_closed_as_idle(client: CounterClient, monkeypatch) -> None:
    monkeypatch.setattr(maintenance, "HEARTBEAT_SECONDS", 0.05)
    beating = asyncio.create_task(maintenance.heartbeats())
    await client.send("join")
    await client.event("heartbeat")
    assert not client.wire.future.done()
    monkeypatch.setattr(maintenance, "IDLE_SECONDS", 0.0)
    assert await client.closed_with() == 4408
    beating.cancel()


async def test_heartbeat_carries_the_number_of_a_change_without_an_event(client: CounterClient) -> None:
    await client.send("join")

    @sync_to_async
    def committed_elsewhere() -> dict[str, int]:
        TopicVersion.objects.create(topic="counter:open", version=7)
        return TopicVersion.current(["counter:open"])

    await HUB.send_heartbeat(await committed_elsewhere(), only_news=True)
    assert await client.event("heartbeat") == {"type": "heartbeat", "seqs": {"counter:open": 7}}
    assert (await client.send("join", after=0))["snapshot"] == {"counter": 7}


async def test_presence_counts_a_person_once_and_ends_with_the_last_tab(client: CounterClient, person: User) -> None:
    await client.send("join")
    assert (await client.event("presence.changed"))["here"] == [person.pk]
    second = await CounterClient.open(await sync_to_async(session_of)(person))
    await second.send("join")
    assert (await client.event("presence.changed"))["here"] == [person.pk]
    await second.close()
    assert (await client.event("presence.changed"))["here"] == [person.pk]
    await client.send("leave")
    assert await HUB.presence.here("counter:open") == set()


def test_random_frames_never_kill_the_socket(transactional_db, monkeypatch) -> None:
    monkeypatch.setattr(identity_module, "PERSON_BURST", 1e6)  # the limit has a test of its own
    key = session_of(make_person())
    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
        max_leaves=8,
    )
    frames = st.fixed_dictionaries(
        {},
        optional={
            "ref": st.integers(-2, 5) | values,
            "topic": st.sampled_from(["counter:open", "me", "chat:1"]) | values,
            "type": st.sampled_from(["join", "leave", "counter.raise"]) | values,
            "after": values,
            "by": values,
        },
    )

    async def answers(batch: list[dict]) -> None:
        client = await CounterClient.open(key)
        client.ref = 1000
        for frame in batch:
            await client.wire.send_to(text_data=json.dumps(frame))
        assert (await client.send("join"))["type"] == "ok"
        await client.close()
        await asyncio.sleep(0)

    @hypothesis_settings(max_examples=full(500, small=25))
    @given(st.lists(frames, max_size=15))
    def check(batch: list[dict]) -> None:
        asyncio.run(answers(batch))

    check()
