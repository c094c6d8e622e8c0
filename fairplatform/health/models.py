"""The failing duties of all processes, as each has published its own."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone


class FailingQuerySet(models.QuerySet["Failing"]):
    def current(self) -> "FailingQuerySet":
        """Without those of processes that were killed and can no longer withdraw them."""
        return self.filter(told_at__gt=timezone.now() - Failing.LENGTH)


class Failing(models.Model):
    """A duty that is failing in a process. The process writes the row again every few seconds while it is."""

    LENGTH = timedelta(seconds=30)  # after this a row is out of date

    process = models.CharField(max_length=80, help_text="name of the computer and number of the process")
    duty = models.CharField(max_length=80)
    failures = models.PositiveIntegerField(help_text="in a row; 0 when it hangs")
    kind = models.CharField(max_length=80, blank=True, help_text="of the newest exception")
    told_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Failing"]] = FailingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["process", "duty"], name="duty_once_per_process"),
        ]

    def __str__(self) -> str:
        return f"{self.duty} in {self.process}"
