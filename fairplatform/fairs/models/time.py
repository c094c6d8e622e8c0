"""The days of a fair, the slots of its meetings, and holidays. Instants are UTC."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models

from fairplatform.i18n.fields import TranslatedField


class FairDay(models.Model):
    """One day of the fair, dated as in its zone when it starts; it may last over midnight."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="days")
    number = models.PositiveSmallIntegerField()
    date = models.DateField()
    starts = models.TimeField(null=True, blank=True, help_text="when the first slot starts, in `zone`")
    ends = models.TimeField(
        null=True, blank=True, help_text="no slot ends later; if it is not after `starts`, on the next date"
    )
    zone = models.CharField(max_length=40, blank=True, help_text="IANA time zone; empty: the station's")
    reserve_slots = models.PositiveSmallIntegerField(default=0, help_text="kept free for what goes wrong")
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

    def planned_times(self) -> tuple[datetime, datetime]:
        """Start and end as planned, before the demonstration moved its day to the present."""
        moved = timedelta(minutes=self.day.moved_minutes)
        return self.starts_at - moved, self.ends_at - moved

    def opens_at(self) -> datetime:
        """When the rooms of its meetings may be entered: ten minutes before."""
        return self.starts_at - timedelta(minutes=10)


class Holiday(models.Model):
    """A day, or part of one, on which a country or one of its cities does not work; or works although it usually does
    not (`works`): the Chinese tiaoxiu, a working Sunday.
    """

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="holidays")
    date = models.DateField()
    country = models.CharField(max_length=2)
    city = models.CharField(max_length=60, blank=True, help_text="as in accounts.Company; empty: the whole country")
    from_time = models.TimeField(null=True, blank=True, help_text="null, with until: the whole day")
    until_time = models.TimeField(null=True, blank=True)
    works = models.BooleanField(default=False)
    name = TranslatedField()

    class Meta:
        ordering: ClassVar[list[str]] = ["date"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "date", "country", "city"], name="holiday_once_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.date} · {self.name}"


class WorkingHours(models.Model):
    """When a country, or one of its cities, works on some weekdays, in wall-clock time of `zone`.

    Hours that close earlier than they open last over midnight: until that time of the next date, whatever its weekday.
    A row for a city, or for certain dates, replaces the country's row only on the weekdays and dates that it names.
    """

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="working_hours")
    country = models.CharField(max_length=2)
    city = models.CharField(max_length=60, blank=True, help_text="as in accounts.Company; empty: the whole country")
    weekdays = models.JSONField(default=list, help_text="1 is Monday, 7 Sunday")
    opens = models.TimeField()
    closes = models.TimeField()
    zone = models.CharField(max_length=40, blank=True, help_text="IANA time zone; empty: the fair's for this country")
    pauses = models.JSONField(
        default=list,
        blank=True,
        help_text="breaks: a list of {starts: HH:MM, ends: HH:MM, name: as written, or {language: text}}",
    )
    first = models.DateField(null=True, blank=True, help_text="null: no first date (Ramadan has one)")
    last = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["country", "city", "first", "pk"]
        verbose_name_plural = "working hours"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(closes=models.F("opens")), name="working_hours_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.city} {self.weekdays}"
