"""The number of the newest event of each topic."""

from django.db import models, transaction
from django.db.models import F


class TopicVersion(models.Model):
    """One number per topic that grows by one inside the transaction of each change.

    For a conversation it is the number of its newest message, so messages are numbered without a gap.
    """

    topic = models.CharField(max_length=100, primary_key=True)
    version = models.BigIntegerField(default=0)

    @classmethod
    def advance(cls, topic: str) -> int:
        """The topic's next number. Holds the topic's row until the transaction ends, so numbers follow commits."""
        assert transaction.get_connection().in_atomic_block
        if not cls.objects.filter(topic=topic).update(version=F("version") + 1):
            TopicVersion.objects.bulk_create([TopicVersion(topic=topic)], ignore_conflicts=True)
            cls.objects.filter(topic=topic).update(version=F("version") + 1)
        return int(cls.objects.values_list("version", flat=True).get(topic=topic))

    @classmethod
    def current(cls, topics: list[str]) -> dict[str, int]:
        return dict.fromkeys(topics, 0) | dict(cls.objects.filter(topic__in=topics).values_list("topic", "version"))
