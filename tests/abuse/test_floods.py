"""A socket that sends far more than a page does is closed, and no other waits long because of it."""

import asyncio
import time
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple
from uuid import uuid4

import pytest

from tests.abuse.cost import computed, memory, p95
from tests.abuse.flood import flood, flood_of
from tests.scenarios import ChatScenario, make_chat_scenario
from tests.servers.serve import Server, Servers
from tests.sizes import full
from tests.webrtc_peers import SocketClient

PACE = 0.07  # seconds between two messages of a client within the limits
COUNT = full(60, small=40)


class Sent(NamedTuple):
    """What 95 of 100 messages cost, and how many were answered before the next.

    A server that sleeps or waits for a lock computes nothing, but is late for the next.
    """

    cost: float
    prompt: int


async def cost(server: Server, writer: SocketClient, topic: str, body: str) -> float:
    """What the server computes until it acknowledges, in seconds: for this message and for whatever comes before it."""
    before = computed(server)
    await writer.send(topic, "message.post", client_id=str(uuid4()), body=body)
    return computed(server) - before


async def send_messages(server: Server, writer: SocketClient, topic: str) -> Sent:
    """Sends at its pace, whether or not it is answered."""
    answers, prompt = [], 0
    for number in range(COUNT):
        answers.append(asyncio.create_task(cost(server, writer, topic, f"Sample {number}")))
        await asyncio.sleep(PACE)
        prompt += answers[-1].done()
    return Sent(p95(await asyncio.gather(*answers)), prompt)


async def flood_and_measure(server: Server, scenario: ChatScenario, kind: str, offender: Executor) -> None:
    writer, topic = await SocketClient.open(server.socket_url, scenario.tokens[0]), scenario.topic
    await writer.send(topic, "join")
    await send_messages(server, writer, topic)
    before, memory_before = await send_messages(server, writer, topic), memory(server)
    flooding = offender.submit(flood, server.socket_url, scenario.tokens[1], flood_of(kind, topic), COUNT * PACE)
    during = await send_messages(server, writer, topic)
    assert set(await asyncio.wrap_future(flooding)) == {4429}
    assert memory(server) - memory_before < 100 * 1024 * 1024
    after = await send_messages(server, writer, topic)
    # A piece of the flood may be looked at before a message; all of it would be a hundred times as much.
    assert during.cost < 3 * max(before.cost, after.cost)
    # The flood is sent for as long as these: in the midst of it answers come as they do without it.
    assert during.prompt > min(before.prompt, after.prompt) / 2
    await writer.close()


@pytest.mark.parametrize("kind", full(["messages", "heartbeats", "joins", "giants"], small=["messages"]))
def test_a_flooding_socket_is_closed_and_delays_nobody(serve: Servers, kind: str) -> None:
    server = serve("--no-clock", "--no-tasks")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as offender:
        offender.submit(time.monotonic).result()
        asyncio.run(flood_and_measure(server, make_chat_scenario(server, people=2), kind, offender))
