"""A stored file and the object it belongs to, which decides who may read it."""

from pathlib import Path
from typing import Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils import timezone

from fairplatform.accounts.models import Viewer
from fairplatform.policy import Role


class FileQuerySet(models.QuerySet["File"]):
    def visible_to(self, person: Viewer) -> "FileQuerySet":
        """All: a file is visible to those who see its owner, which `roles_of` asks for each file."""
        return self.all()


class File(models.Model):
    """Content stored under its SHA-256 in FILES_DIR. `kind` is what the content is, whatever the upload said."""

    owner_model = models.CharField(max_length=60, help_text="label of the owner's model, for example booths.product")
    owner_key = models.BigIntegerField()
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64, db_index=True)
    kind = models.CharField(max_length=80, help_text="media type")
    size = models.BigIntegerField()
    uploaded_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["File"]] = FileQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["owner_model", "owner_key"])]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return settings.FILES_DIR / self.sha256[:2] / self.sha256

    def owner(self, person: Viewer) -> Any:
        """The object the file belongs to, if this person may see it; else None."""
        model: Any = apps.get_model(self.owner_model)
        return model.objects.visible_to(person).filter(pk=self.owner_key).first()

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        owner = self.owner(person)
        return owner.roles_of(person) if owner is not None else frozenset()
