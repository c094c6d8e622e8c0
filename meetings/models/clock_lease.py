"""The lease by which one process at a time runs the clock."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models


class ClockLease(models.Model):
    """The single row that names the process running the clock. It expires at `until` unless its holder renews it."""

    DURATION = timedelta(seconds=10)
    KEY: ClassVar[int] = 1

    holder = models.CharField(max_length=40)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.holder} until {self.until:%H:%M:%S}Z"

    @classmethod
    def acquire(cls, holder: str, now: datetime) -> bool:
        """Acquires or renews the lease; whether `holder` has it now.

        One UPDATE decides, so of several processes that ask at once exactly one succeeds.
        """
        until = now + cls.DURATION
        # A lease never runs longer than DURATION: an end further away was written before the wall clock was set back.
        free = models.Q(holder=holder) | models.Q(until__lte=now) | models.Q(until__gt=now + 2 * cls.DURATION)
        if cls.objects.filter(free, pk=cls.KEY).update(holder=holder, until=until):
            return True
        if cls.objects.filter(pk=cls.KEY).exists():
            return False
        ClockLease.objects.bulk_create([ClockLease(pk=cls.KEY, holder=holder, until=until)], ignore_conflicts=True)
        return cls.objects.filter(pk=cls.KEY, holder=holder).exists()

    @classmethod
    def release(cls, holder: str) -> None:
        """Ends the holder's lease, so that another process need not wait for it to expire."""
        cls.objects.filter(pk=cls.KEY, holder=holder).delete()
