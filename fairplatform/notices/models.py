"""Notices: a code and its parameters, made into a sentence only where it is shown."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from fairplatform.accounts.models import Viewer
from fairplatform.policy import Role


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, person: Viewer) -> "NoticeQuerySet":
        return self.filter(recipient=person) if person.is_authenticated else self.none()


class Notice(models.Model):
    """One notice for one person. `code` is one of notices.sentences; `path` is the page it is about."""

    recipient = models.ForeignKey("accounts.User", models.CASCADE, related_name="notices")
    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    path = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["Notice"]] = NoticeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["recipient", "read_at"])]

    def __str__(self) -> str:
        return f"{self.code} for {self.recipient_id}"

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        return frozenset({Role.SELF}) if person.pk == self.recipient_id else frozenset()
