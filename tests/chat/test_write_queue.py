"""The writer of a process: what gathers while the database is busy is stored together, or not at all."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError, connection, connections, transaction

from chat import write_queue
from chat.models import Conversation, Message
from chat.write_batch import NewMessage
from chat.write_queue import WriteQueue
from fairplatform.accounts.actor import Actor
from fairplatform.errors import Refused
from fairplatform.observability.duties import DUTIES, HANGING_AFTER, Duty, failing_duties
from tests.factories import actor, make_buyer, make_conversation, make_exhibitor, make_fair, make_person, make_staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either]
MOMENTS = 40


def make_talk() -> tuple[Actor, Actor, int]:
    fair = make_fair()
    seller, buyer = make_staff(make_exhibitor(fair)), make_staff(make_buyer(fair))
    return actor(seller), actor(buyer), make_conversation(fair, [seller, buyer]).pk


@pytest.fixture
async def queue() -> AsyncIterator[WriteQueue]:
    queue = WriteQueue()
    yield queue
    await asyncio.to_thread(queue.finish)


@contextmanager
def occupied() -> Iterator[Callable[[], None]]:
    """Somebody else holds the conversations until the end, or until what is yielded is called."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                list(Conversation.objects.select_for_update())
                held.set()
                done.wait(30)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()

    def release() -> None:
        done.set()
        thread.join()

    assert held.wait(10)
    try:
        yield release
    finally:
        release()


def stored() -> list[tuple[int, str]]:
    return list(Message.objects.order_by("pk").values_list("seq", "body"))


async def begin(queue: WriteQueue, *posts: NewMessage) -> list["asyncio.Task[Message]"]:
    """Hands them over one after the other, without waiting for the answers."""
    tasks = []
    for post in posts:
        tasks.append(asyncio.create_task(queue.write(post)))
        await asyncio.sleep(0)
    return tasks


async def test_what_gathers_is_stored_together_and_in_order(queue: WriteQueue) -> None:
    seller, buyer, place = await sync_to_async(make_talk)()
    people = [seller, buyer] * 15
    with occupied():
        tasks = await begin(queue, *(NewMessage(a, place, uuid4(), str(n)) for n, a in enumerate(people, 1)))
        await asyncio.sleep(0.1)
    assert [(await task).seq for task in tasks] == list(range(1, 31))
    assert await sync_to_async(stored)() == [(n, str(n)) for n in range(1, 31)]
    # One moment for each transaction: the one that waited for the lock, and the one for all that gathered meanwhile.
    assert await sync_to_async(Message.objects.values("sent_at").distinct().count)() <= 2


async def test_nobody_is_told_before_the_commit(queue: WriteQueue) -> None:
    _, buyer, place = await sync_to_async(make_talk)()
    with occupied():
        [task] = await begin(queue, NewMessage(buyer, place, uuid4(), "Are you there?"))
        await asyncio.sleep(0.2)
        assert not task.done()
        assert await sync_to_async(stored)() == []
    assert (await task).seq == 1
    assert await sync_to_async(stored)() == [(1, "Are you there?")]


async def test_who_is_told_finds_it_stored_in_that_very_moment(
    queue: WriteQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A commit takes its time on the disk; an answer sent before it would be overtaken by this look now and then."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    _, buyer, place = await sync_to_async(make_talk)()
    onlooker = connection.copy()
    found = []

    def look(_: object) -> None:
        with onlooker.cursor() as cursor:
            found.append(cursor.execute("SELECT MAX(seq) FROM chat_message").fetchone()[0])

    try:
        for number in range(MOMENTS):
            [task] = await begin(queue, NewMessage(buyer, place, uuid4(), str(number)))
            task.add_done_callback(look)
            await task
    finally:
        onlooker.close()
    assert found == list(range(1, MOMENTS + 1))


async def test_one_refusal_is_one_persons(queue: WriteQueue) -> None:
    _, buyer, place = await sync_to_async(make_talk)()
    stranger = await sync_to_async(lambda: actor(make_person()))()
    with occupied():
        tasks = await begin(
            queue,
            NewMessage(buyer, place, uuid4(), "1"),
            NewMessage(stranger, place, uuid4(), "let me in"),
            NewMessage(buyer, place, uuid4(), ""),
            NewMessage(buyer, place, uuid4(), "2"),
        )
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert [getattr(a, "seq", getattr(a, "code", a)) for a in answers] == [1, "not_found", "message_empty", 2]


async def test_when_the_database_fails_nobody_is_told_they_were_heard_and_the_writer_goes_on(
    queue: WriteQueue, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    _, buyer, place = await sync_to_async(make_talk)()
    # SQLite gives up after its time; from PostgreSQL we take the connections that wait.
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "timeout", 0.3)
    with occupied():
        tasks = await begin(queue, *(NewMessage(buyer, place, uuid4(), str(n)) for n in range(5)))
        if connection.vendor == "postgresql":
            await sync_to_async(end_waiting)()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(answer) for answer in answers] == [OperationalError] * 5
    # However many transactions it was, one line of the duty tells of it.
    told = [
        record for record in caplog.records if record.name in ("chat.write_queue", "fairplatform.observability.duties")
    ]
    assert [record.getMessage().partition(":")[0] for record in told] == ["writer failed, and is tried again"]
    assert await sync_to_async(stored)() == []
    assert (await queue.write(NewMessage(buyer, place, uuid4(), "again"))).seq == 1


async def test_a_writer_that_hangs_is_seen(queue: WriteQueue) -> None:
    now = 0.0
    DUTIES["writer"] = Duty("writer", clock=lambda: now)
    _, buyer, place = await sync_to_async(make_talk)()
    with occupied():
        [task] = await begin(queue, NewMessage(buyer, place, uuid4(), "Are you there?"))
        async with asyncio.timeout(10):
            while not failing_duties():  # its thread may not have begun yet
                now += HANGING_AFTER + 1
                await asyncio.sleep(0.01)
        assert [(one.name, one.is_hanging) for one in failing_duties()] == [("writer", True)]
    await task
    assert failing_duties() == []


def end_waiting() -> None:
    """Those of this database: beside it are others of the same run."""
    waiting = "FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute("SELECT pg_sleep(0.3)")
            cursor.execute(f"SELECT pg_terminate_backend(pid) {waiting}")


async def test_a_full_queue_asks_for_patience(queue: WriteQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_queue, "MAX_WAITING", 3)
    _, buyer, place = await sync_to_async(make_talk)()
    with occupied():
        [taken] = await begin(queue, NewMessage(buyer, place, uuid4(), "taken"))
        await asyncio.sleep(0.2)
        tasks = await begin(queue, *(NewMessage(buyer, place, uuid4(), str(n)) for n in range(5)))
    answers = await asyncio.gather(taken, *tasks, return_exceptions=True)
    codes = [answer.code if isinstance(answer, Refused) else answer.seq for answer in answers]
    assert codes == [1, 2, 3, 4, "too_fast", "too_fast"]
    assert (await queue.write(NewMessage(buyer, place, uuid4(), "later"))).seq == 5


async def test_what_it_holds_is_stored_before_it_ends_whoever_still_listens(queue: WriteQueue) -> None:
    _, buyer, place = await sync_to_async(make_talk)()
    with occupied() as release:
        tasks = await begin(queue, *(NewMessage(buyer, place, uuid4(), str(n)) for n in range(1, 151)))
        tasks[7].cancel()
        ending = asyncio.create_task(asyncio.to_thread(queue.finish))
        await asyncio.sleep(0.2)
        assert not ending.done()
        await asyncio.to_thread(release)
        await ending
    assert await sync_to_async(stored)() == [(n, str(n)) for n in range(1, 151)]
    assert [(await asyncio.wait_for(tasks[n], 10)).seq for n in (6, 8, 149)] == [7, 9, 150]
    with pytest.raises(RuntimeError):
        await queue.write(NewMessage(buyer, place, uuid4(), "too late"))
