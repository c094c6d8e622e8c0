"""The number of the newest event of each topic."""

from collections.abc import Iterable, Mapping

from django.db import models, transaction

from fairplatform.db.sql import found_of, parts, rows

_ADVANCE = """
    INSERT INTO realtime_topicversion (topic, version) VALUES []
    ON CONFLICT (topic) DO UPDATE SET version = realtime_topicversion.version + excluded.version
    RETURNING topic, version
"""
_CURRENT = "FROM realtime_topicversion WHERE topic IN ([])"


class TopicVersion(models.Model):
    """One number per topic that grows by one with each change, inside its transaction.

    For a conversation it is the number of its newest message, so messages are numbered without a gap.
    """

    topic = models.CharField(max_length=100, primary_key=True)
    version = models.BigIntegerField(default=0)

    @classmethod
    def advance(cls, topic: str) -> int:
        """The topic's next number. Holds the topic's row until the transaction ends, so numbers follow commits."""
        return cls.advance_all({topic: 1})[topic]

    @classmethod
    def advance_all(cls, steps: Mapping[str, int]) -> dict[str, int]:
        """Moves each topic on by its steps, in one statement however many they are; returns their newest numbers.

        The rows are locked in the order of their keys, so that two writers never wait for each other.
        """
        topics = in_order(steps)
        numbers: dict[str, int] = {}
        for some in parts(topics):
            numbers |= cls._advance([(topic, steps[topic]) for topic in some])
        return numbers

    @classmethod
    def _advance(cls, steps: list[tuple[str, int]]) -> dict[str, int]:
        assert transaction.get_connection().in_atomic_block
        # The ORM's own upsert can only replace a value.
        return dict(rows(_ADVANCE, steps))

    @classmethod
    def current(cls, topics: Iterable[str]) -> dict[str, int]:
        numbers = dict.fromkeys(topics, 0)
        return numbers | dict(found_of("topic, version", _CURRENT, list(numbers)))


def in_order(topics: Iterable[str]) -> list[str]:
    """The order in which everybody locks topics. People's own come in the order of their keys: me:9 before me:10."""
    return sorted(topics, key=lambda topic: (len(topic), topic))
