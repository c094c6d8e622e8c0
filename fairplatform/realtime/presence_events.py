"""Publishes to the members of a topic who is present: one event for all who came and went in a short while."""

import asyncio

from fairplatform.observability.duties import attempt

from .hub import HUB
from .publish import send_ephemeral
from .topics import Topic

DELAY = 0.05  # seconds
# More by each member: the list grows with the members and is sent to all of them.
DELAY_PER_MEMBER = 0.002
_pending: dict[str, asyncio.Task[None]] = {}  # by topic


def publish_presence_soon(topic: Topic) -> None:
    """Somebody entered or left this topic. Further calls until the event is sent do nothing (debounced)."""
    task = _pending.get(topic.name)
    # A task of another event loop never runs: that loop has ended.
    if task is None or task.get_loop() is not asyncio.get_running_loop():
        task = _pending[topic.name] = asyncio.ensure_future(_send(topic))
        task.add_done_callback(lambda _: _pending.pop(topic.name, None))


async def _send(topic: Topic) -> None:
    await asyncio.sleep(DELAY + DELAY_PER_MEMBER * len(HUB.members.get(topic.name, ())))
    _pending.pop(topic.name, None)
    # A failure for one topic says nothing about the process.
    with attempt("presence.publish", is_vital=False):
        here = await HUB.presence.here(topic.name)
        await send_ephemeral(topic.name, await topic.presence_event(here))
