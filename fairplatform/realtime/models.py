"""The number of the newest event of each topic."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import models, transaction

from fairplatform.db.sql import chunks, execute, placeholders, value_rows


class TopicVersion(models.Model):
    """The number of a topic's newest event: grows by one with each event, inside the transaction that causes it.

    For a conversation it is the number of its newest message, so messages are numbered without a gap.
    """

    topic = models.CharField(max_length=100, primary_key=True)
    version = models.BigIntegerField(default=0)

    @classmethod
    def advance_all(cls, steps: Mapping[str, int]) -> dict[str, int]:
        """Adds to each topic's number, in one statement for up to 10,000 topics; returns the new numbers.

        The rows are locked until the transaction ends, so numbers follow commits; and in one order (`in_order`), so
        that two writers never deadlock.
        """
        numbers: dict[str, int] = {}
        for topics in chunks(in_order(steps)):
            numbers |= cls._advance([(topic, steps[topic]) for topic in topics])
        return numbers

    @classmethod
    def _advance(cls, steps: Sequence[tuple[str, int]]) -> dict[str, int]:
        assert transaction.get_connection().in_atomic_block
        # The ORM's own upsert can only replace a value.
        rows = execute(
            f"""
            INSERT INTO realtime_topicversion (topic, version) VALUES {value_rows(steps)}
            ON CONFLICT (topic) DO UPDATE SET version = realtime_topicversion.version + excluded.version
            RETURNING topic, version
            """,  # noqa: S608
            [value for step in steps for value in step],
        )
        return dict(rows)

    @classmethod
    def current(cls, topics: Iterable[str]) -> dict[str, int]:
        """The newest number of each of these topics, 0 for one without events."""
        numbers = dict.fromkeys(topics, 0)
        for some in chunks(list(numbers)):
            statement = f"SELECT topic, version FROM realtime_topicversion WHERE topic IN ({placeholders(some)})"  # noqa: S608
            numbers |= dict(execute(statement, some))
        return numbers


def in_order(topics: Iterable[str]) -> list[str]:
    """The order in which every writer locks topics: shorter names first, so me:9 before me:10."""
    return sorted(topics, key=lambda topic: (len(topic), topic))
