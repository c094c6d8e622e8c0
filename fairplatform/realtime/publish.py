"""The only two ways from the program to the sockets: `publish` for changes, `send_ephemeral` for what may be lost."""

from collections.abc import Iterable, Mapping
from functools import partial

from django.db import transaction

from . import topic_names
from .hub import HUB, encode
from .models import TopicVersion
from .protocol import Event
from .topic_names import public_name


def publish(topic: str, event: Event) -> int:
    """Sends an event to the members of `topic` once the transaction is committed; returns its number.

    Called by actions, inside their transaction.
    """
    return publish_each([topic], event)[topic]


def publish_each(topics: Iterable[str], event: Event) -> dict[str, int]:
    """Publishes the same event to several topics, each of which gives it a number of its own."""
    numbers = TopicVersion.advance_all(dict.fromkeys(topics, 1))
    publish_numbered(numbers, event)
    return numbers


def publish_numbered(numbers: Mapping[str, int], event: Event) -> None:
    """Publishes an event whose numbers, by topic, the caller has taken already because it stores them.

    All topics get the same text, so they must have the same public name, as the topics of people do (`me`).
    """
    if numbers:
        [_] = {public_name(topic) for topic in numbers}
        # Robust: what is committed has been done, whether or not it reaches anybody.
        transaction.on_commit(partial(HUB.dispatch, dict(numbers), encode(next(iter(numbers)), event)), robust=True)


async def send_ephemeral(topic: str, event: Event, *, to: str = "") -> None:
    """Sends an event without a number at once: typing, presence, signalling. It may be lost.

    `to`: only to the connection of that name, which is subscribed to the topic of that connection.
    """
    HUB.dispatch({topic_names.connection(to) if to else topic: None}, encode(topic, event))
