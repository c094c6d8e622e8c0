"""Somebody sends far more than a page does: he is closed, and nobody else waits long for it."""

import asyncio
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from uuid import uuid4

import pytest

from tests.abuse.cost import computed, memory, p95
from tests.abuse.flood import flood, flood_of
from tests.laid import Laid, lay
from tests.peers import SocketClient
from tests.servers.serve import Server, Servers
from tests.sizes import full

PACE = 0.07  # seconds between two messages of somebody who keeps to the limits
COUNT = full(60, small=40)


async def waits(server: Server, writer: SocketClient, topic: str) -> float:
    """How long somebody who keeps to the limits waits for an acknowledgement, in 95 of 100 cases.

    In seconds that the server computes meanwhile, for him and for whoever comes before him.
    """
    found = []
    for number in range(COUNT):
        before = computed(server)
        await writer.send(topic, "message.post", client_id=str(uuid4()), body=f"Sample {number}")
        found.append(computed(server) - before)
        await asyncio.sleep(PACE)
    return p95(found)


async def besiege(server: Server, laid: Laid, kind: str, offender: Executor) -> None:
    writer, topic = await SocketClient.open(server.socket_url, laid.tokens[0]), laid.topic
    await writer.send(topic, "join")
    await waits(server, writer, topic)
    quiet, before = await waits(server, writer, topic), memory(server)
    siege = offender.submit(flood, server.socket_url, laid.tokens[1], flood_of(kind, topic), COUNT * PACE)
    besieged = await waits(server, writer, topic)
    assert set(await asyncio.wrap_future(siege)) == {4429}
    assert memory(server) - before < 100 * 1024 * 1024
    # A piece of the flood may be looked at before his message; all of it would be a hundred times as much.
    assert besieged < 3 * max(quiet, await waits(server, writer, topic))
    await writer.close()


@pytest.mark.parametrize("kind", full(["messages", "heartbeats", "joins", "giants"], small=["messages"]))
def test_who_floods_is_closed_and_delays_nobody(serve: Servers, kind: str) -> None:
    server = serve("--no-clock", "--no-tasks")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as offender:
        offender.submit(time.monotonic).result()
        asyncio.run(besiege(server, lay(server, people=2), kind, offender))
