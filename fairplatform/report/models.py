"""The daily briefs of a fair: what is being written of a day, and what was approved with its figures as they were."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairplatform.i18n.fields import TranslatedField


class BriefDraft(models.Model):
    """The words of a day's brief until it is approved. `revision`: how often they have been written."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="+")
    date = models.DateField()
    stories = TranslatedField(help_text="the best stories of the day, a line each")
    problems = TranslatedField()
    revision = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "date"], name="brief_draft_once_per_day"),
        ]

    def __str__(self) -> str:
        return f"draft of {self.date}"


class DailyBrief(models.Model):
    """The brief of a day as it was approved. A trigger refuses to change or delete it.

    `as_at`: when its figures were counted; `approver`: the name that the one who approved it had then.
    """

    fair = models.ForeignKey("fairs.Fair", models.PROTECT, related_name="+")
    date = models.DateField()
    as_at = models.DateTimeField()
    approved_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    approver = TranslatedField()
    stories = TranslatedField()
    problems = TranslatedField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "date"], name="brief_once_per_day"),
        ]

    def __str__(self) -> str:
        return f"brief of {self.date}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("a brief that was approved is never changed")
        super().save(*args, **kwargs)


class BriefFigure(models.Model):
    """A figure of an approved brief, with what it was called and what it counted then. Never changed either.

    `key`: of its definition; `part`: what it is of in a breakdown; `value`: a number, or minor units of `currency`;
    `hidden`: how many hidden amounts it is without. `converted_minor` and `rate_…`: its conversion by the rate of then.
    """

    class Scope(models.TextChoices):
        DAY = "day", _("This day")
        SO_FAR = "so_far", _("Fair so far")

    brief = models.ForeignKey(DailyBrief, models.PROTECT, related_name="figures")
    place = models.PositiveSmallIntegerField(help_text="in the order of the brief")
    scope = models.CharField(max_length=6, choices=Scope.choices)
    key = models.CharField(max_length=60)
    group = models.CharField(max_length=12)
    status = models.CharField(max_length=9, blank=True)
    title = TranslatedField()
    sentence = TranslatedField()
    part = models.CharField(max_length=200, blank=True)
    part_name = TranslatedField()
    unit = models.CharField(max_length=12)
    currency = models.CharField(max_length=3, blank=True)
    value = models.BigIntegerField()
    hidden = models.PositiveIntegerField(default=0, db_default=0)
    converted_minor = models.BigIntegerField(null=True, help_text="what the value came to by the rate; null: no rate")
    rate_base = models.CharField(max_length=3, blank=True, default="", db_default="")
    rate_quote = models.CharField(max_length=3, blank=True, default="", db_default="")
    rate_scaled = models.BigIntegerField(null=True, help_text="in parts of money.rates.SCALE")
    rate_on = models.DateField(null=True)
    rate_source = models.CharField(max_length=400, blank=True, default="", db_default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["place"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["brief", "place"], name="brief_place_once"),
            models.UniqueConstraint(fields=["brief", "scope", "key", "part", "currency"], name="brief_figure_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.brief_id}"
