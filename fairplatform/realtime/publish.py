"""The two doors out. Nothing else of the program speaks to sockets."""

from collections.abc import Iterable, Mapping
from functools import partial

from django.db import transaction

from .hub import HUB, encode
from .models import TopicVersion
from .protocol import Event
from .topic_names import public_name


def publish(topic: str, event: Event) -> int:
    """Tells everybody on `topic` of a change, once it is committed; returns the event's number.

    Called by actions, inside their transaction.
    """
    return publish_each([topic], event)[topic]


def publish_each(topics: Iterable[str], event: Event) -> dict[str, int]:
    """Tells everybody on these topics the same; each topic gives it a number of its own."""
    numbers = TopicVersion.advance_all(dict.fromkeys(topics, 1))
    publish_numbered(numbers, event)
    return numbers


def publish_numbered(numbers: Mapping[str, int], event: Event) -> None:
    """The same where the numbers, topic by topic, were needed earlier: a message carries its own.

    The topics share one text, so clients must call them by one name, as all people's own are `me`.
    """
    if numbers:
        [_] = {public_name(topic) for topic in numbers}
        # Robust: what is committed has been done, whether or not anybody could be told.
        transaction.on_commit(partial(HUB.post, dict(numbers), encode(next(iter(numbers)), event)), robust=True)


async def send_ephemeral(topic: str, event: Event, *, to: str = "") -> None:
    """Tells everybody on `topic` at once, without a number: typing, presence, signalling. May be lost.

    `to`: only the one admitted connection of that name (a socket the hub knows as `connection:<to>`).
    """
    HUB.post({f"connection:{to}" if to else topic: None}, encode(topic, event))
