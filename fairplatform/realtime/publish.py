"""The two doors out. Nothing else of the program speaks to sockets."""

from functools import partial

from django.db import transaction

from .hub import HUB, encode
from .models import TopicVersion
from .protocol import Event


def publish(topic: str, event: Event, *, seq: int | None = None) -> int:
    """Tells everybody on `topic` of a change, once it is committed; returns the event's number.

    Called by actions, inside their transaction. `seq` is given where the number was needed earlier (a message's own).
    """
    number = TopicVersion.advance(topic) if seq is None else seq
    transaction.on_commit(partial(HUB.post, {topic: number}, encode(topic, event)))
    return number


async def send_ephemeral(topic: str, event: Event, *, to: str = "") -> None:
    """Tells everybody on `topic` at once, without a number: typing, presence, signalling. May be lost.

    `to`: only the one admitted connection of that name (a socket the hub knows as `connection:<to>`).
    """
    HUB.post({f"connection:{to}" if to else topic: None}, encode(topic, event))
