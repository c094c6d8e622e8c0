"""The write queue of a process: messages that wait while the database is busy are stored together, or not at all."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from chat import write_queue
from chat.models import Conversation, Message
from chat.write_batch import NewMessage
from chat.write_queue import WriteQueue
from fairplatform.accounts.actor import Actor
from fairplatform.errors import Refused
from fairplatform.observability.duties import DUTIES, HANGING_AFTER, Duty, failing_duties
from tests.factories import actor, make_buyer, make_conversation, make_exhibitor, make_fair, make_person, make_staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either]
ROUNDS = 5


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
def conversations_locked() -> Iterator[Callable[[], None]]:
    """Another transaction locks all conversations until the end, or until the yielded function is called."""
    locked, released = threading.Event(), threading.Event()

    def lock() -> None:
        try:
            with transaction.atomic():
                list(Conversation.objects.select_for_update())
                locked.set()
                released.wait(30)
        finally:
            connection.close()

    thread = threading.Thread(target=lock)
    thread.start()

    def release() -> None:
        released.set()
        thread.join()

    assert locked.wait(10)
    try:
        yield release
    finally:
        release()


def stored() -> list[tuple[int, str]]:
    return list(Message.objects.order_by("pk").values_list("seq", "body"))


async def start_writing(queue: WriteQueue, *messages: NewMessage) -> list["asyncio.Task[Message]"]:
    """Hands the messages over one after the other, without waiting for the results."""
    tasks = []
    for message in messages:
        tasks.append(asyncio.create_task(queue.write(message)))
        await asyncio.sleep(0)
    return tasks


async def test_messages_that_wait_are_stored_together_and_in_order(queue: WriteQueue) -> None:
    seller, buyer, conversation = await sync_to_async(make_talk)()
    people = [seller, buyer] * 15
    with conversations_locked():
        tasks = await start_writing(
            queue, *(NewMessage(a, conversation, uuid4(), str(n)) for n, a in enumerate(people, 1))
        )
    assert [(await task).seq for task in tasks] == list(range(1, 31))
    assert await sync_to_async(stored)() == [(n, str(n)) for n in range(1, 31)]
    # One time per transaction: the one that waited for the lock, and the one of all messages that gathered meanwhile.
    assert await sync_to_async(Message.objects.values("sent_at").distinct().count)() <= 2


async def test_no_result_before_the_commit(queue: WriteQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commits are delayed: a result sent before its commit would arrive before the row is visible."""
    commit = BaseDatabaseWrapper.commit
    monkeypatch.setattr(BaseDatabaseWrapper, "commit", lambda database: (time.sleep(0.02), commit(database)))
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    _, buyer, conversation = await sync_to_async(make_talk)()
    other_connection = connection.copy()
    seen = []

    def look(_: object) -> None:
        with other_connection.cursor() as cursor:
            seen.append(cursor.execute("SELECT MAX(seq) FROM chat_message").fetchone()[0])

    try:
        for number in range(ROUNDS):
            [task] = await start_writing(queue, NewMessage(buyer, conversation, uuid4(), str(number)))
            task.add_done_callback(look)
            await task
    finally:
        other_connection.close()
    assert seen == list(range(1, ROUNDS + 1))


async def test_a_refused_message_does_not_affect_the_others(queue: WriteQueue) -> None:
    _, buyer, conversation = await sync_to_async(make_talk)()
    stranger = await sync_to_async(lambda: actor(make_person()))()
    with conversations_locked():
        tasks = await start_writing(
            queue,
            NewMessage(buyer, conversation, uuid4(), "1"),
            NewMessage(stranger, conversation, uuid4(), "let me in"),
            NewMessage(buyer, conversation, uuid4(), ""),
            NewMessage(buyer, conversation, uuid4(), "2"),
        )
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [getattr(a, "seq", getattr(a, "code", a)) for a in results] == [1, "not_found", "message_empty", 2]


async def test_when_the_database_fails_every_message_fails_and_the_queue_goes_on(
    queue: WriteQueue, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    _, buyer, conversation = await sync_to_async(make_talk)()
    # SQLite gives up after its time; from PostgreSQL we take the connections that wait.
    if connection.vendor == "sqlite":
        monkeypatch.setitem(connections.settings["default"]["OPTIONS"], "timeout", 0.3)
    with conversations_locked():
        tasks = await start_writing(queue, *(NewMessage(buyer, conversation, uuid4(), str(n)) for n in range(5)))
        async with asyncio.timeout(10):
            while connection.vendor == "postgresql" and not all(task.done() for task in tasks):
                await sync_to_async(terminate_waiting_backends)()
                await asyncio.sleep(0.01)
        results = await asyncio.gather(*tasks, return_exceptions=True)
    assert [type(result) for result in results] == [OperationalError] * 5
    # However many transactions failed, the duty logs it once.
    logged = [
        record for record in caplog.records if record.name in ("chat.write_queue", "fairplatform.observability.duties")
    ]
    assert [record.getMessage().partition(":")[0] for record in logged] == ["writer failed, and is tried again"]
    assert await sync_to_async(stored)() == []
    assert (await queue.write(NewMessage(buyer, conversation, uuid4(), "again"))).seq == 1


async def test_a_hanging_writer_is_reported(queue: WriteQueue) -> None:
    now = 0.0
    DUTIES["writer"] = Duty("writer", clock=lambda: now)
    _, buyer, conversation = await sync_to_async(make_talk)()
    with conversations_locked():
        [task] = await start_writing(queue, NewMessage(buyer, conversation, uuid4(), "Are you there?"))
        async with asyncio.timeout(10):
            while not failing_duties():  # its thread may not have begun yet
                now += HANGING_AFTER + 1
                await asyncio.sleep(0.01)
        assert [(duty.name, duty.is_hanging) for duty in failing_duties()] == [("writer", True)]
    await task
    assert failing_duties() == []


def terminate_waiting_backends() -> None:
    """Those of this database: beside it are others of the same run."""
    waiting = "FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid) {waiting}")


async def test_a_full_queue_refuses_messages(queue: WriteQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write_queue, "MAX_WAITING", 3)
    _, buyer, conversation = await sync_to_async(make_talk)()
    with conversations_locked():
        [first] = await start_writing(queue, NewMessage(buyer, conversation, uuid4(), "first"))
        async with asyncio.timeout(10):
            while queue.waiting:  # noqa: ASYNC110 — until the thread has taken the first one
                await asyncio.sleep(0.01)
        tasks = await start_writing(queue, *(NewMessage(buyer, conversation, uuid4(), str(n)) for n in range(5)))
    results = await asyncio.gather(first, *tasks, return_exceptions=True)
    codes = [result.code if isinstance(result, Refused) else result.seq for result in results]
    assert codes == [1, 2, 3, 4, "too_fast", "too_fast"]
    assert (await queue.write(NewMessage(buyer, conversation, uuid4(), "later"))).seq == 5


async def test_finish_stores_everything_in_the_queue_even_for_closed_sockets(queue: WriteQueue) -> None:
    _, buyer, conversation = await sync_to_async(make_talk)()
    finishing = threading.Event()

    def finish() -> list[tuple[int, str]]:
        """What is stored when `finish` returns."""
        finishing.set()
        queue.finish()
        try:
            return stored()
        finally:
            connection.close()

    with conversations_locked() as release:
        tasks = await start_writing(queue, *(NewMessage(buyer, conversation, uuid4(), str(n)) for n in range(1, 151)))
        tasks[7].cancel()
        ending = asyncio.create_task(asyncio.to_thread(finish))
        assert await asyncio.to_thread(finishing.wait, 10)
        assert not ending.done()
        await asyncio.to_thread(release)
        stored_by_then = await ending
    assert stored_by_then == [(n, str(n)) for n in range(1, 151)]
    assert [(await asyncio.wait_for(tasks[n], 10)).seq for n in (6, 8, 149)] == [7, 9, 150]
    with pytest.raises(RuntimeError):
        await queue.write(NewMessage(buyer, conversation, uuid4(), "too late"))
