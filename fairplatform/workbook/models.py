"""An import on the pages of the office: a file that was uploaded, how far it is, and what was found in it."""

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import Viewer
from fairplatform.files.models import File
from fairplatform.policy import Role

SILENCE = timedelta(seconds=60)  # after which a process that reads or stores counts as ended


class WorkbookImportQuerySet(models.QuerySet["WorkbookImport"]):
    def visible_to(self, person: Viewer) -> "WorkbookImportQuerySet":
        """Those of the fairs that the person organises."""
        if not person.is_active:
            return self.none()
        return self.filter(fair__roles__user=person, fair__roles__role=Role.ORGANISER).distinct()


class WorkbookImport(models.Model):
    """A workbook that an organiser uploaded. A process of its own reads it, and later stores it.

    `report`: what the plan counts and finds, as workbook.reports writes it; empty until the file is read.
    """

    class State(models.TextChoices):
        READING = "reading", _("Being checked")
        CHECKED = "checked", _("Checked")
        STORING = "storing", _("Being stored")
        STORED = "stored", _("Stored")
        FAILED = "failed", _("Could not be read")

    BUSY = (State.READING, State.STORING)

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="imports")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    name = models.CharField(max_length=120, help_text="of the file")
    state = models.CharField(max_length=8, choices=State.choices, default=State.READING)
    sheet = models.CharField(max_length=20, blank=True, help_text="that is being read or stored")
    rows = models.PositiveIntegerField(default=0, help_text="of that sheet, so far")
    report = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(default=timezone.now, help_text="when its process last reported")

    objects: ClassVar[models.Manager["WorkbookImport"]] = WorkbookImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["fair"], condition=models.Q(state__in=("reading", "storing")), name="one_import_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        own = self.fair.roles_of(person)
        return own if Role.ORGANISER in own else frozenset()

    @property
    def file(self) -> File:
        """The content as uploaded."""
        return File.objects.get(owner_model=self._meta.label_lower, owner_key=self.pk)

    @property
    def is_busy(self) -> bool:
        return self.state in self.BUSY

    def has_ended_silently(self, now: datetime) -> bool:
        """Whether its process ended without a word, for instance because the server was restarted."""
        return self.is_busy and now - self.heard_at > SILENCE

    def heard(self, **fields: Any) -> None:
        """Writes what its process reports."""
        WorkbookImport.objects.filter(pk=self.pk).update(heard_at=timezone.now(), **fields)
