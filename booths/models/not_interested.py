"""A recommendation that a company does not want to see again."""

from typing import ClassVar

from django.db import models
from django.utils import timezone


class NotInterested(models.Model):
    """A company is recommended another no longer. It forbids no meeting, unlike a preference, and is told to nobody."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="+")
    participation = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="not_interested")
    other = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="+")
    said_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name_plural = "not interested"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["participation", "other"], name="not_interested_once_per_pair"),
            models.CheckConstraint(
                condition=~models.Q(participation=models.F("other")), name="not_interested_in_another_company"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} without {self.other_id}"
