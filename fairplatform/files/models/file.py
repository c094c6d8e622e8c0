"""A stored file and the object it belongs to, which decides who may read it; a picture in several widths."""

from pathlib import Path
from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.utils import timezone

from fairplatform.accounts.models import Viewer
from fairplatform.policy import Role

from ..kinds import DRAWING
from ..storage import stored_path


class FileQuerySet(models.QuerySet["File"]):
    def visible_to(self, person: Viewer) -> "FileQuerySet":
        """All: a file is visible to those who see its owner, which `roles_of` asks for each file."""
        return self.all()

    def with_picture(self, sha256: str) -> "FileQuerySet":
        """The pictures that have this content in one of their widths; a drawing, in its only one."""
        of_width = Rendition.objects.filter(sha256=sha256).values("file")
        return self.filter(models.Q(pk__in=of_width) | models.Q(sha256=sha256, kind=DRAWING))

    def first_seen_by(self, person: Viewer) -> int | None:
        """The key of a file whose owner this person sees, with one query for each kind of owner, not for each file."""
        owners: dict[str, dict[int, int]] = {}
        for pk, label, key in self.order_by("pk").values_list("pk", "owner_model", "owner_key"):
            owners.setdefault(label, {})[key] = pk
        for label, files in owners.items():
            model: Any = apps.get_model(label)
            seen = model.objects.visible_to(person).filter(pk__in=files).order_by("pk").first()
            if seen is not None:
                return files[seen.pk]
        return None


class File(models.Model):
    """Content stored under its SHA-256 in FILES_DIR. `kind` is what the content is, whatever the upload said.

    Of a picture it is the largest of its renditions. A drawing of the program's own, image/svg+xml, has none.
    """

    owner_model = models.CharField(max_length=60, help_text="label of the owner's model, for example booths.product")
    owner_key = models.BigIntegerField()
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=80, help_text="media type")
    size = models.BigIntegerField()
    uploaded_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[FileQuerySet] = FileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["owner_model", "owner_key"])]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return stored_path(self.sha256)

    def owner(self, person: Viewer) -> Any:
        """The object the file belongs to, if this person may see it; else None."""
        model: Any = apps.get_model(self.owner_model)
        return model.objects.visible_to(person).filter(pk=self.owner_key).first()

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        owner = self.owner(person)
        return owner.roles_of(person) if owner is not None else frozenset()


class Rendition(models.Model):
    """A picture in one width, stored under its SHA-256 like a file. Who may read the file may read it."""

    file = models.ForeignKey(File, models.CASCADE, related_name="renditions")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.BigIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["width"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["file", "width"], name="rendition_once_per_width"),
            models.CheckConstraint(condition=models.Q(width__gt=0, height__gt=0), name="rendition_has_a_size"),
        ]

    def __str__(self) -> str:
        return f"{self.width} × {self.height}"

    @property
    def path(self) -> Path:
        return stored_path(self.sha256)
