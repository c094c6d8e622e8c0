"""Which process is the clock."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models


class ClockLease(models.Model):
    """The one row that says who turns the clock, and until when, unless they renew it."""

    LENGTH = timedelta(seconds=10)
    KEY: ClassVar[int] = 1

    holder = models.CharField(max_length=40)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.holder} until {self.until:%H:%M:%S}Z"

    @classmethod
    def take(cls, holder: str, now: datetime) -> bool:
        """Whether `holder` is the clock from now on: it already was, or the one before has let go.

        One statement decides, so of several who ask at once one gets it.
        """
        until = now + cls.LENGTH
        # Nobody takes it for longer than LENGTH: an end further away was written before the clock was set back.
        free = models.Q(holder=holder) | models.Q(until__lte=now) | models.Q(until__gt=now + 2 * cls.LENGTH)
        if cls.objects.filter(free, pk=cls.KEY).update(holder=holder, until=until):
            return True
        if cls.objects.filter(pk=cls.KEY).exists():
            return False
        ClockLease.objects.bulk_create([ClockLease(pk=cls.KEY, holder=holder, until=until)], ignore_conflicts=True)
        return cls.objects.filter(pk=cls.KEY, holder=holder).exists()

    @classmethod
    def give_back(cls, holder: str) -> None:
        """Lets the next one begin without waiting."""
        cls.objects.filter(pk=cls.KEY, holder=holder).delete()
