"""Who of a fair is to meet whom, as matching found it, before any of them has a time."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from .meeting import Side


class Match(models.Model):
    """The last run of matching of a fair; a new run replaces it."""

    fair = models.OneToOneField("fairs.Fair", models.CASCADE, related_name="match")
    made_at = models.DateTimeField()
    suiting = models.PositiveIntegerField(
        default=0, db_default=0, help_text="pairs that suit each other, may meet and had no meeting yet"
    )

    def __str__(self) -> str:
        return f"{self.fair_id} · {self.made_at:%d %b %H:%M}Z"


class MatchBasis(models.Model):
    """A digest of what one topic of the fair was when it was matched: if it differs now, the match is out of date."""

    class Topic(models.TextChoices):
        FAIR = "fair", _("Numbers of meetings")
        COMPANIES = "companies", _("Companies")
        GOODS = "goods", _("Products and demands")
        PEOPLE = "people", _("Languages and interpreters")
        TIMES = "times", _("Days, working hours and absences")
        WISHES = "wishes", _("Wishes")
        PAIRS = "pairs", _("Pairs")

    match = models.ForeignKey(Match, models.CASCADE, related_name="basis")
    topic = models.CharField(max_length=9, choices=Topic.choices)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name_plural = "match bases"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["match", "topic"], name="match_basis_once"),
        ]

    def __str__(self) -> str:
        return f"{self.match_id} · {self.topic}"


class MatchedPair(models.Model):
    """Two companies that are to meet; or, with `left_out`, that should have met and cannot.

    Those that meet already were matched before, and stay with the reasons of then when the fair is matched again.
    `points` only put pairs in order: they are shown to no company.
    """

    class Origin(models.TextChoices):
        PAIR = "pair"  # the organisers' own
        MUST = "must"  # a company's wish
        SCORE = "score"

    class LeftOut(models.TextChoices):
        NO = "no"  # told to organisers only
        SOLE_AGENT = "sole_agent"
        NOT_APPROVED = "not_approved"
        ONE_SIDE = "one_side"  # neither sells what the other could buy: both only sell, or only buy
        NO_COMMON_HOURS = "no_common_hours"
        EXHIBITOR_FULL = "exhibitor_full"
        BUYER_FULL = "buyer_full"
        BOTH_FULL = "both_full"

    match = models.ForeignKey(Match, models.CASCADE, related_name="pairs")
    exhibitor = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="+")
    buyer = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="+")
    origin = models.CharField(max_length=5, choices=Origin.choices)
    points = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=list, help_text="of matching.Reason: {code, subject, quantity, unit}")
    left_out = models.CharField(max_length=16, choices=LeftOut.choices, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["match", "exhibitor", "buyer"], name="matched_once"),
            models.CheckConstraint(condition=~models.Q(exhibitor=models.F("buyer")), name="matched_two_companies"),
            models.CheckConstraint(
                condition=models.Q(left_out="") | ~models.Q(origin="score"), name="only_firsts_are_left_out"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.exhibitor_id} with {self.buyer_id}"

    @property
    def is_first(self) -> bool:
        """Whether it comes before the pairs that only suit each other."""
        return self.origin != self.Origin.SCORE


class MatchShortfall(models.Model):
    """A company that has fewer meetings in a role than it should, and why: a code of matching.shortfalls."""

    match = models.ForeignKey(Match, models.CASCADE, related_name="shortfalls")
    participation = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="+")
    side = models.CharField(max_length=9, choices=Side.choices)
    meetings = models.PositiveSmallIntegerField()
    floor = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=20)
    count = models.PositiveIntegerField(default=0, help_text="of the companies that suit it, or of its free times")
    suiting = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["match", "participation", "side"], name="shortfall_once"),
            models.CheckConstraint(condition=models.Q(meetings__lt=models.F("floor")), name="shortfall_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id}: {self.meetings} of {self.floor}"
