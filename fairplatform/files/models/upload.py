"""A file on its way, which arrives in parts."""

from pathlib import Path
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models, transaction
from django.utils import timezone

from fairplatform.accounts.models import Staff, Viewer
from fairplatform.policy import Role

from ..storage import unfinished

NAME_LENGTH = 120


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, person: Viewer) -> "UploadQuerySet":
        """A person's own, for the companies that they work for still or have begun it on behalf of."""
        return self.taking_room().filter(user=person.pk) if person.is_active else self.none()

    def taking_room(self) -> "UploadQuerySet":
        """Without those of people who no longer work for the company: they take up none of its room."""
        works = Staff.objects.filter(company=models.OuterRef("company"), user=models.OuterRef("user"))
        return self.filter(models.Q(on_behalf=True) | models.Exists(works))


class Upload(models.Model):
    """What its sender says of a file, and how many of its bytes have arrived; they are in a file of their own."""

    key = models.UUIDField(primary_key=True, default=uuid4)
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="uploads")
    company = models.ForeignKey(
        "accounts.Company",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="uploads",
        help_text="whose room it takes; a workbook of a fair takes that of no company",
    )
    purpose = models.CharField(max_length=60, help_text="what it becomes, in the words of whoever began it")
    name = models.CharField(max_length=NAME_LENGTH)
    size = models.BigIntegerField(help_text="bytes, as its sender says")
    modified = models.BigIntegerField(help_text="when its sender changed it last, in milliseconds since 1970")
    received = models.BigIntegerField(default=0, help_text="bytes that have arrived, without a gap")
    on_behalf = models.BooleanField(
        default=False, db_default=False, help_text="begun by somebody who does not work for the company, or for none"
    )
    touched_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UploadQuerySet] = UploadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar[list[str]] = ["touched_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            # So that a file that is chosen again goes on where it was cut off.
            models.UniqueConstraint(
                fields=["user", "company", "purpose", "name", "size", "modified"], name="upload_begun_once"
            ),
            models.CheckConstraint(
                condition=models.Q(received__gte=0, received__lte=models.F("size")), name="upload_within_its_size"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return unfinished() / self.key.hex

    @property
    def is_whole(self) -> bool:
        return self.received == self.size

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        if not person.is_active or person.pk != self.user_id:
            return frozenset()
        counts = self.on_behalf or person.positions.filter(company=self.company_id).exists()
        return frozenset({Role.SELF}) if counts else frozenset()


def remove_bytes(instance: Upload, **_: Any) -> None:
    """After an upload was deleted: its bytes go too, once that is certain."""
    path = instance.path  # it has no key any more when the transaction ends
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
