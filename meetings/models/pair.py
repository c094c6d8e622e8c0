"""Pairs of companies that an organiser has matched before the schedule is made."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Pair(models.Model):
    """Two companies that are to meet, once; `starts_at` pins the meeting to that time."""

    class Need(models.TextChoices):
        REQUIRED = "required", _("Interpreter required")
        WELCOME = "welcome", _("Interpreter welcome")
        NONE = "none", _("No interpreter")
        ON_CALL = "on_call", _("Interpreter on call")
        OWN = "own", _("Own interpreter")

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="pairs")
    number = models.PositiveIntegerField(null=True, blank=True)
    exhibitor = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="pairs_as_exhibitor")
    buyer = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="pairs_as_buyer")
    need = models.CharField(max_length=8, choices=Need.choices, blank=True)
    interpreter = models.ForeignKey("accounts.User", models.SET_NULL, null=True, blank=True, related_name="+")
    language_pair = models.CharField(max_length=16, blank=True, help_text="for example zh-ur")
    starts_at = models.DateTimeField(null=True, blank=True, help_text="the pinned start")
    zone = models.CharField(max_length=40, blank=True, help_text="IANA time zone in which the start was written")
    remarks = models.TextField(blank=True, help_text="read by organisers only")

    class Meta:
        ordering: ClassVar[list[str]] = ["number", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["exhibitor", "buyer"], name="pair_once"),
            models.CheckConstraint(condition=~models.Q(exhibitor=models.F("buyer")), name="pair_of_two_companies"),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor_id} with {self.buyer_id}"
