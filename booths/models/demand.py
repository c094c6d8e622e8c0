"""What a company wants to buy, or the partner it looks for."""

from typing import ClassVar

from django.db import models

from fairplatform.fairs.models import Cooperation
from fairplatform.fairs.models.participation import KEY_LENGTH
from fairplatform.i18n.fields import TranslatedField

from .product import Unit


class Demand(models.Model):
    """A demand of a participation. The target price is an integer of 1/10,000 of the currency's unit."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="demands")
    participation = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="demands")
    key = models.CharField(max_length=KEY_LENGTH, blank=True, help_text="the organiser's short name for it")
    kind = models.CharField(max_length=24, choices=Cooperation.choices)
    text = TranslatedField()
    hs_code = models.CharField(max_length=10, blank=True, help_text="2 to 10 digits, as entered")
    quantity = models.PositiveBigIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=6, choices=Unit.choices, blank=True)
    target_price = models.BigIntegerField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    incoterm = models.CharField(max_length=3, blank=True)
    place = models.CharField(max_length=60, blank=True)
    certificates = models.JSONField(default=list, blank=True)
    deadline = models.DateField(null=True, blank=True)
    entered_by = models.CharField(max_length=120, blank=True, help_text="who took it down for the company")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["fair", "key"], condition=~models.Q(key=""), name="demand_key_once_per_fair"
            ),
            models.CheckConstraint(condition=models.Q(target_price__gte=0), name="demand_price_not_negative"),
        ]

    def __str__(self) -> str:
        return str(self.text)
