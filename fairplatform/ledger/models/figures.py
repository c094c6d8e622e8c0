"""What was reported elsewhere, beside the ledger, and the rates of exchange."""

from typing import ClassVar

from django.db import models

from fairplatform.fairs.models.participation import KEY_LENGTH
from fairplatform.money.rates import Rate


class ReportedFigure(models.Model):
    """A figure that somebody has published. It stands beside the totals of the ledger, never in one."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="reported_figures")
    key = models.CharField(max_length=KEY_LENGTH)
    label = models.CharField(max_length=200)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    qualifier = models.CharField(max_length=40, blank=True, help_text="such as about, or more than")
    source = models.CharField(max_length=400)
    date = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["date", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "key"], name="reported_key_once_per_fair"),
            models.CheckConstraint(condition=models.Q(amount_minor__gte=0), name="reported_not_negative"),
        ]

    def __str__(self) -> str:
        return self.label


class ExchangeRate(models.Model):
    """What one unit of a currency was worth in another, by a source. See money.rates."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="exchange_rates")
    date = models.DateField()
    base = models.CharField(max_length=3)
    quote = models.CharField(max_length=3)
    scaled = models.BigIntegerField(help_text="in parts of money.rates.SCALE")
    source = models.CharField(max_length=400)

    class Meta:
        ordering: ClassVar[list[str]] = ["date", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "date", "base", "quote"], name="rate_once_a_day"),
            models.CheckConstraint(condition=models.Q(scaled__gt=0), name="rate_positive"),
        ]

    def __str__(self) -> str:
        return str(self.rate)

    @property
    def rate(self) -> Rate:
        return Rate(self.date, self.base, self.quote, self.scaled, self.source)
