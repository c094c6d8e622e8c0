"""A file with the signed and chopped pages of an agreement."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from fairplatform.accounts.models import Viewer
from fairplatform.policy import Role

from .entry import Entry
from .release import KEY_LENGTH, Release


class ScanQuerySet(models.QuerySet["Scan"]):
    def visible_to(self, person: Viewer) -> "ScanQuerySet":
        """Those of the agreements that a person organises or is a party of; all, once they are released with these."""
        own = Entry.objects.newest().inside(person).filter(fair=OuterRef("fair"), key=OuterRef("key"))
        public = Entry.objects.released().filter(fair=OuterRef("fair"), key=OuterRef("key"))
        kept = Release.objects.filter(fair=OuterRef("fair"), key=OuterRef("key"), shows_scans=False)
        return self.filter(Q(Exists(own)) | Q(Exists(public) & ~Exists(kept)))


class Scan(models.Model):
    """Its digest stands in the entry that was added with it. The agreement's newest entry says who sees it."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="scans")
    key = models.CharField(max_length=KEY_LENGTH, help_text="of the agreement's entries")
    file = models.OneToOneField("files.File", models.CASCADE, related_name="+")

    objects: ClassVar[ScanQuerySet] = ScanQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["fair", "key"], name="scans_of_agreement")]

    def __str__(self) -> str:
        return f"scan of {self.key}"

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        entry = Entry.objects.newest().filter(fair=self.fair_id, key=self.key).first()
        if entry is None:
            return frozenset()
        roles = entry.roles_of(person)
        kept = Release.objects.filter(fair=self.fair_id, key=self.key, shows_scans=False)
        return roles - {Role.PUBLIC} if Role.PUBLIC in roles and kept.exists() else roles
