"""Answer slips: what a company says to each meeting of its list."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SlipAnswer(models.Model):
    """What one company says to one of its meetings, as the meeting was then: at `starts_at`, or cancelled.

    A meeting that has been moved or cancelled since has not been answered any more.
    """

    class Says(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed")
        CANNOT = "cannot", _("Cannot attend")
        SEEN = "seen", _("Cancellation seen")

    class Reason(models.TextChoices):
        TIME = "time", _("The time does not suit us")
        PERSON = "person", _("Our person is not available")
        PARTNER = "partner", _("The company does not suit us")
        INTERPRETER = "interpreter", _("The interpreting does not suit us")
        WITHDRAWS = "withdraws", _("We no longer take part")
        OTHER = "other", _("Another reason")

    class Source(models.TextChoices):
        PAGE = "page", _("On the page")
        TELEPHONE = "telephone", _("By telephone")
        MESSAGE = "message", _("By WeChat or WhatsApp")
        PAPER = "paper", _("On paper")

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="+")
    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="slip_answers")
    participation = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="slip_answers")
    says = models.CharField(max_length=9, choices=Says.choices)
    starts_at = models.DateTimeField(help_text="of the meeting when this was said")
    reason = models.CharField(max_length=11, choices=Reason.choices, blank=True)
    note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=9, choices=Source.choices, default=Source.PAGE)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "participation"], name="slip_answer_once"),
            models.CheckConstraint(
                condition=models.Q(says="cannot") & ~models.Q(reason="")
                | ~models.Q(says="cannot") & models.Q(reason="", note=""),
                name="only_cannot_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} to {self.meeting_id}: {self.says}"
