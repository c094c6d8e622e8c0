"""A link by which one person confirms one version of an outcome for their side, without signing in."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from fairplatform.accounts.models.credentials import CodedLink, Issued

from .meeting import Side
from .outcome import OutcomeVersion

if TYPE_CHECKING:
    from fairplatform.accounts.models import User

VALID = timedelta(days=7)


class OutcomeLink(CodedLink):
    """It is used once, with its entry code. It ends, too, when the version is replaced or withdrawn."""

    class Ended(models.TextChoices):
        USED = "used"
        CHANGED = "changed"  # the outcome is not what it was any more
        REPLACED = "replaced"  # by another link of the same person

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    version = models.ForeignKey(OutcomeVersion, models.CASCADE, related_name="links")
    side = models.CharField(max_length=9, choices=Side.choices)
    issued_by = models.ForeignKey(
        "accounts.User", models.CASCADE, null=True, related_name="+", help_text="null: in a letter that asks again"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=8, choices=Ended.choices, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_because="")
                | models.Q(ended_at__isnull=False) & ~models.Q(ended_because=""),
                name="outcome_link_ends_because",
            ),
        ]

    def __str__(self) -> str:
        return f"link of {self.user_id} to {self.version_id}"

    @classmethod
    def make(
        cls, user: "User", *, version: OutcomeVersion, side: Side, issued_by: "User | None", now: datetime
    ) -> "Issued[OutcomeLink]":
        """A new link, not stored yet."""
        return cls.made(now=now, expires_at=now + VALID, user=user, version=version, side=side, issued_by=issued_by)

    def is_usable(self, now: datetime) -> bool:
        return self.ended_at is None and super().is_usable(now)

    def end(self, because: Ended, now: datetime) -> None:
        self.ended_at, self.ended_because = now, because
        self.save(update_fields=["ended_at", "ended_because"])
