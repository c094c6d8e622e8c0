"""That a party lets everybody read an agreement."""

from typing import ClassVar

from django.db import models

KEY_LENGTH = 60


class Release(models.Model):
    """A company lets everybody read an agreement that it is a party of; the organisers, without a company, for others.

    It is of what is said now: a correction ends it (chain.py).
    """

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="releases")
    key = models.CharField(max_length=KEY_LENGTH, help_text="of the agreement's entries")
    participation = models.ForeignKey(
        "fairs.Participation", models.CASCADE, null=True, related_name="+", help_text="null: by organisers"
    )
    shows_amount = models.BooleanField()
    shows_scans = models.BooleanField()
    released_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    released_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "key", "participation"], name="release_once"),
            models.UniqueConstraint(
                fields=["fair", "key"], condition=models.Q(participation=None), name="release_once_by_organisers"
            ),
            models.UniqueConstraint(
                fields=["fair", "key", "released_by"],
                condition=models.Q(participation__isnull=False),
                name="release_one_person_one_party",
            ),
        ]

    def __str__(self) -> str:
        return f"release of {self.key}"
