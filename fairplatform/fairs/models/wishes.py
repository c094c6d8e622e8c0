"""What decides, before any matching, who meets whom and when not: preferences, sole agents and absences."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class Preference(models.Model):
    """What a company wishes about meeting another. A "no" forbids the meeting in both directions and is never told."""

    class Wish(models.TextChoices):
        MUST = "must", _("must meet")
        WOULD = "would", _("would like to meet")
        NO = "no", _("does not want to meet")

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="preferences")
    participation = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="preferences")
    wanted = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="+")
    wish = models.CharField(max_length=5, choices=Wish.choices)
    said_by = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="who says it for the company",
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["participation", "wanted"], name="preference_once_per_pair"),
            models.CheckConstraint(
                condition=~models.Q(participation=models.F("wanted")), name="preference_of_another_company"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} {self.wish} {self.wanted_id}"

    @property
    def is_prohibition(self) -> bool:
        """Whether it is a "no" that organisers have entered, which they alone lift."""
        return self.wish == self.Wish.NO and self.said_by_id is None


class SoleAgency(models.Model):
    """A company is the sole agent of another, its principal, in its own country.

    They know each other, so the pair is forbidden. The principal is a company of the fair, or known by name only.
    """

    participation = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="sole_agencies")
    principal = models.ForeignKey("fairs.Participation", models.CASCADE, null=True, blank=True, related_name="+")
    principal_name = models.CharField(max_length=200, blank=True, help_text="where the principal is not in the fair")

    class Meta:
        verbose_name_plural = "sole agencies"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["participation", "principal", "principal_name"],
                name="sole_agency_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} for {self.principal_id or self.principal_name}"


class Absence(models.Model):
    """When a company, or one person, cannot meet: a whole day, or part of one in the wall-clock time of `zone`."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="absences")
    participation = models.ForeignKey(
        "fairs.Participation", models.CASCADE, null=True, blank=True, related_name="absences"
    )
    user = models.ForeignKey("accounts.User", models.CASCADE, null=True, blank=True, related_name="absences")
    date = models.DateField()
    from_time = models.TimeField(null=True, blank=True, help_text="null, with until: the whole day")
    until_time = models.TimeField(null=True, blank=True)
    zone = models.CharField(max_length=40, blank=True, help_text="IANA time zone; empty: that of the company's country")

    class Meta:
        ordering: ClassVar[list[str]] = ["date", "from_time"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(participation__isnull=True) ^ models.Q(user__isnull=True),
                name="absence_of_a_company_or_a_person",
            ),
            models.UniqueConstraint(
                fields=["fair", "participation", "user", "date", "from_time", "until_time", "zone"],
                name="absence_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id or self.user_id} away on {self.date}"
