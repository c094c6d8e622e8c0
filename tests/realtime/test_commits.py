"""One process and a command in a second terminal: what it commits reaches the open pages, and what we commit once."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing, suppress

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings

from fairplatform.realtime import maintenance
from tests.factories import make_person
from tests.realtime.client import session_of
from tests.realtime.counter import CounterClient, raise_counter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.embedded]


@pytest.fixture
async def client(settings, monkeypatch) -> AsyncIterator[CounterClient]:
    """A page that has joined, beside the watch for others' commits."""
    monkeypatch.setattr(maintenance, "WAKE_SECONDS", 0.01)
    client = await CounterClient.open(await sync_to_async(session_of)(await sync_to_async(make_person)()))
    await client.send("join")
    watching = asyncio.create_task(maintenance.other_commits())
    await asyncio.sleep(0)  # it has seen the database as it is
    yield client
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    await client.close()


@sync_to_async
def commit_elsewhere(*statements: str) -> None:
    """As another program does it: by a connection that is not ours."""
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as database, database:
        for statement in statements:
            database.execute(statement)


def others(client: CounterClient) -> list[str]:
    """What else has come than who is here."""
    return [frame["type"] for frame in client.frames if frame["type"] != "presence.changed"]


RAISED = "INSERT INTO realtime_topicversion VALUES ('counter:open', 1) ON CONFLICT DO UPDATE SET version = version + 1"


async def test_a_commit_of_another_process_reaches_the_page(client: CounterClient) -> None:
    for number in (1, 2):
        await commit_elsewhere(RAISED)
        assert await client.event("heartbeat") == {"type": "heartbeat", "seqs": {"counter:open": number}}


async def test_a_commit_that_concerns_no_open_page_sends_nothing(client: CounterClient) -> None:
    await commit_elsewhere(RAISED.replace("open", "elsewhere"))
    await commit_elsewhere(RAISED)
    assert await client.event("heartbeat") == {"type": "heartbeat", "seqs": {"counter:open": 1}}
    assert others(client) == []


async def test_our_own_commit_is_sent_once(client: CounterClient) -> None:
    await sync_to_async(raise_counter)("counter:open")
    assert (await client.event("counter.raised"))["seq"] == 1
    await commit_elsewhere(RAISED)
    assert await client.event("heartbeat") == {"type": "heartbeat", "seqs": {"counter:open": 2}}
    assert others(client) == []
