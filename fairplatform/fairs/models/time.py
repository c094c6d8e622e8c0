"""The days of a fair, the slots of its meetings, and holidays. Instants are UTC."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from fairplatform.i18n.fields import TranslatedField


class FairDay(models.Model):
    """One day of the fair, as dated in the station's country."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="days")
    number = models.PositiveSmallIntegerField()
    date = models.DateField()
    note = TranslatedField()
    moved_minutes = models.IntegerField(
        default=0, help_text="by how much the demonstration moved this day's slots; its calendars move with them"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "number"], name="day_number_once_per_fair"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.date}"


class Slot(models.Model):
    """A time in which meetings are held. The minutes between two slots are for changing over."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="slots")
    day = models.ForeignKey(FairDay, models.CASCADE, related_name="slots")
    number = models.PositiveSmallIntegerField(help_text="counted through the whole fair, from 1")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "number"], name="slot_number_once_per_fair"),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="slot_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.number} · {self.starts_at:%d %b %H:%M}Z"

    def opens_at(self) -> datetime:
        """When the rooms of its meetings may be entered: ten minutes before."""
        return self.starts_at - timedelta(minutes=10)


class Holiday(models.Model):
    """A day on which a country, or one of its cities, does not work."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="holidays")
    date = models.DateField()
    country = models.CharField(max_length=2)
    city = models.CharField(max_length=20, blank=True, help_text="empty: the whole country")
    name = TranslatedField()

    class Meta:
        ordering: ClassVar[list[str]] = ["date"]

    def __str__(self) -> str:
        return f"{self.date} · {self.name}"
