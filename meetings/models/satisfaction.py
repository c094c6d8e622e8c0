"""How companies found their meetings: the measure of how well they were matched."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Satisfaction(models.Model):
    """How one of a meeting's two companies found it, and whether it met the right partner. Never told to the other.

    `right_partner` is null until the company has said so; `because`: why it was the wrong one, if it was.
    """

    class Rating(models.IntegerChoices):
        VERY_POOR = 1, _("Very poor")
        POOR = 2, _("Poor")
        AVERAGE = 3, _("Average")
        GOOD = 4, _("Good")
        VERY_GOOD = 5, _("Very good")

    class Because(models.TextChoices):
        GOODS = "goods", _("Other goods than ours")
        ROLE = "role", _("Not the type of company we look for")
        PRICE = "price", _("Prices too far apart")
        QUANTITY = "quantity", _("Quantities too far apart")
        PERSON = "person", _("The person could not decide")
        LANGUAGE = "language", _("We could not understand each other")
        OTHER = "other", _("Another reason")

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="+")
    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="satisfactions")
    participation = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="+")
    rating = models.PositiveSmallIntegerField(choices=Rating.choices)
    right_partner = models.BooleanField(null=True)
    because = models.CharField(max_length=8, choices=Because.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "participation"], name="satisfaction_once"),
            models.CheckConstraint(condition=models.Q(rating__gte=1, rating__lte=5), name="rating_from_1_to_5"),
            models.CheckConstraint(
                # A condition that is null, as "right_partner = false" would be, admits a row.
                condition=models.Q(right_partner=False, right_partner__isnull=False) | models.Q(because=""),
                name="only_a_wrong_partner_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(right_partner__isnull=False) | models.Q(note=""), name="words_about_a_partner_alone"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} of {self.meeting_id}: {self.rating}"
