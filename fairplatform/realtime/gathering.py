"""Telling the members of a topic who is there now, once for all who came and went in a moment."""

import asyncio

from fairplatform.observability.duties import attempt

from .hub import HUB
from .publish import send_ephemeral
from .topics import Topic

SOONEST = 0.05  # seconds
SECONDS_A_MEMBER = 0.002  # the list grows with the members and goes to each of them: large circles are told less often
_stirred: dict[str, asyncio.Task[None]] = {}


def stir(topic: Topic) -> None:
    """Somebody has come to this topic or left it."""
    told = _stirred.get(topic.name)
    # A loop that has ended took its tasks with it.
    if told is None or told.get_loop() is not asyncio.get_running_loop():
        task = _stirred[topic.name] = asyncio.ensure_future(_tell(topic))
        task.add_done_callback(lambda _: _stirred.pop(topic.name, None))


async def _tell(topic: Topic) -> None:
    await asyncio.sleep(SOONEST + SECONDS_A_MEMBER * len(HUB.members.get(topic.name, ())))
    _stirred.pop(topic.name, None)
    # One topic alone says nothing of the process.
    with attempt("gathering", is_vital=False):
        here = await HUB.presence.here(topic.name)
        await send_ephemeral(topic.name, await topic.presence_event(here))
