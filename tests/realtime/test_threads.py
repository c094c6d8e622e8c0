"""Reading beside a writer."""

import asyncio
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.threads import in_thread, read_in_thread, reading

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either("fairplatform.realtime.threads")]


def number() -> int:
    return TopicVersion.current(["counter:read"])["counter:read"]


def test_a_reader_sees_one_state_and_waits_for_no_writer() -> None:
    written, read = Event(), Event()

    def write() -> None:
        try:
            with transaction.atomic():
                TopicVersion.advance_all({"counter:read": 1})
                written.set()
                read.wait(60)
        finally:
            connection.close()

    writer = Thread(target=write)
    writer.start()
    written.wait(60)
    connection.close()
    with reading():
        before = number()
        read.set()
        writer.join()
        assert (before, number()) == (0, 0)
    assert number() == 1


def test_the_next_transaction_begins_as_ever() -> None:
    connection.close()
    with reading():
        number()
    usual = connection.settings_dict["OPTIONS"].get("transaction_mode")
    assert getattr(connection, "transaction_mode", None) == usual


async def test_reads_do_not_wait_for_commands() -> None:
    acted = Event()
    actions = [asyncio.create_task(in_thread(acted.wait, 60)) for _ in range(50)]
    async with asyncio.timeout(10):
        assert await asyncio.gather(*(read_in_thread(number) for _ in range(50))) == [0] * 50
    assert not any(action.done() for action in actions)
    acted.set()
    assert await asyncio.gather(*actions) == [True] * 50
