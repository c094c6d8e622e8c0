"""What organisers have changed in a published schedule in one act, and what became of each meeting."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """One act: a company left, an interpreter fell ill, or a place had an outage, between two times.

    `key` is made for the page that asks: the same press twice is one act.
    """

    class What(models.TextChoices):
        COMPANY = "company", _("A company leaves")
        INTERPRETER = "interpreter", _("An interpreter is unavailable")
        OUTAGE = "outage", _("Outage")

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="changes")
    key = models.UUIDField()
    what = models.CharField(max_length=11, choices=What.choices)
    participation = models.ForeignKey("fairs.Participation", models.CASCADE, null=True, related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    place = models.CharField(max_length=80, blank=True, help_text="the key of a meetings.changes.outage.Place")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "key"], name="change_once"),
            models.CheckConstraint(
                condition=models.Q(what="company", participation__isnull=False, user=None, place="")
                | models.Q(what="interpreter", participation=None, user__isnull=False, place="")
                | models.Q(what="outage", participation=None, user=None) & ~models.Q(place=""),
                name="change_of_one_thing",
            ),
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="change_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.what} · {self.starts_at:%d %b %H:%M}Z"


class ChangedMeeting(models.Model):
    """What an act did to a meeting. `substitute`: the one that is held instead of it."""

    class Act(models.TextChoices):
        CANCELLED = "cancelled", _("Cancelled")
        REPLACED = "replaced", _("Cancelled, and another meeting instead")
        COVERED = "covered", _("Another interpreter")
        SPOKEN = "spoken", _("Without an interpreter")
        UNCOVERED = "uncovered", _("An interpreter is missing")
        TELEPHONE = "telephone", _("By telephone")
        MOVED = "moved", _("Moved to a reserve slot")
        LEFT = "left", _("Left as it is")

    change = models.ForeignKey(Change, models.CASCADE, related_name="meetings")
    meeting = models.ForeignKey("meetings.Meeting", models.CASCADE, related_name="changes")
    act = models.CharField(max_length=9, choices=Act.choices)
    substitute = models.ForeignKey("meetings.Meeting", models.CASCADE, null=True, related_name="+")
    interpreter = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", help_text="who interprets now"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["change", "meeting"], name="changed_once_by_an_act"),
            models.CheckConstraint(
                condition=models.Q(act="replaced", substitute__isnull=False)
                | ~models.Q(act="replaced") & models.Q(substitute=None),
                name="only_replaced_has_a_substitute",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id}: {self.act}"
