"""An import on the pages of the office: a file that was uploaded, how far it is, and what was found in it."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit
from fairplatform.files.models import File
from fairplatform.policy import Role

SILENCE = {"reading": timedelta(minutes=1), "storing": timedelta(minutes=5)}
"""After which a process counts as ended. One that stores cannot report, and takes 15 seconds for the largest fair."""

OF_COMPANY = {"products": "booth.keep", "people": "booth.manage"}
"""The permission for each sheet that a company imports for itself."""


class GivenUp(Exception):
    """The import has failed in the meantime, or another process works on it."""


class WorkbookImportQuerySet(models.QuerySet["WorkbookImport"]):
    def visible_to(self, person: Viewer) -> "WorkbookImportQuerySet":
        """Those of the fairs that the person organises, those by delegates of the units they are a delegate of, and
        those of the company that they work for; of its people, if they manage it.
        """
        if not person.is_active:
            return self.none()
        organised = models.Q(fair__roles__user=person, fair__roles__role=Role.ORGANISER, participation=None)
        delegated = models.Q(unit__delegates__user=person, unit__delegates__role=Role.DELEGATED, by_delegate=True)
        works = models.Q(participation__company__staff__user=person, participation__state=Participation.State.APPROVED)
        manages = models.Q(participation__company__staff__is_manager=True)
        own = works & (models.Q(kind=WorkbookImport.Kind.PRODUCTS) | manages)
        return self.filter(organised | delegated | own).distinct()


class WorkbookImport(models.Model):
    """A workbook, or a unit's list of firms, that somebody uploaded. A process reads it, and later stores it.

    `report`: what the plan counts and finds, as workbook.reports writes it; empty until the file is read. `preview` and
    `choice` are of lists alone: the file's first rows, and what its columns were said to be.
    """

    class Kind(models.TextChoices):
        WORKBOOK = "workbook", _("Workbook")
        LIST = "list", _("List")
        PRODUCTS = "products", _("A company's products")
        PEOPLE = "people", _("A company's people")

    class State(models.TextChoices):
        READING = "reading", _("Being checked")
        CHOOSING = "choosing", _("Columns to be confirmed")
        CHECKED = "checked", _("Checked")
        STORING = "storing", _("Being imported")
        STORED = "stored", _("Imported")
        FAILED = "failed", _("Could not be read")

    BUSY = (State.READING, State.STORING)

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="imports")
    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.WORKBOOK)
    unit = models.ForeignKey("fairs.RecruitingUnit", models.SET_NULL, null=True, blank=True, related_name="+")
    participation = models.ForeignKey(
        "fairs.Participation",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="the company whose products or people it is, which alone it touches and which alone sees it",
    )
    by_delegate = models.BooleanField(default=False, help_text="so that it may touch companies of the unit alone")
    name = models.CharField(max_length=120, help_text="of the file")
    state = models.CharField(max_length=8, choices=State.choices, default=State.READING)
    sheet = models.CharField(max_length=20, blank=True, help_text="that is being read or stored")
    rows = models.PositiveIntegerField(default=0, help_text="of that sheet, so far")
    report = models.JSONField(default=dict, blank=True)
    preview = models.JSONField(default=dict, blank=True)
    choice = models.JSONField(default=dict, blank=True)
    attempt = models.PositiveIntegerField(
        default=1, help_text="number of its newest process; an earlier one reports and stores nothing"
    )
    created_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(default=timezone.now, help_text="when its process last reported")

    objects: ClassVar[models.Manager["WorkbookImport"]] = WorkbookImportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["fair"],
                condition=models.Q(state__in=("reading", "storing"), participation=None),
                name="one_import_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["participation"],
                condition=models.Q(state__in=("reading", "storing")),
                name="one_import_of_a_company",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=("products", "people")) ^ models.Q(participation=None),
                name="import_of_a_company",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        if self.participation:
            whose = {Role.MANAGER} if self.kind == self.Kind.PEOPLE else {Role.STAFF, Role.MANAGER}
            return self.participation.roles_of(person) & whose
        own = self.fair.roles_of(person)
        if Role.ORGANISER in own:
            return own
        return self.unit.roles_of(person) if self.by_delegate and self.unit else frozenset()

    @property
    def file(self) -> File:
        """The content as uploaded."""
        return File.objects.get(owner_model=self._meta.label_lower, owner_key=self.pk)

    @property
    def only_unit(self) -> RecruitingUnit | None:
        """The unit whose companies alone it may touch; None: it may touch the whole fair. Raises GivenUp without it."""
        if self.by_delegate and self.unit is None:
            raise GivenUp
        return self.unit if self.by_delegate else None

    @property
    def permission(self) -> str:
        """By which it was uploaded and is stored."""
        if self.participation:
            return OF_COMPANY[self.kind]
        return "unit.import" if self.by_delegate else "fair.organise"

    @property
    def subject(self) -> Fair | Participation | RecruitingUnit:
        """What its permission is asked of, and beyond which it touches nothing. Raises GivenUp, as `only_unit` does."""
        return self.participation or self.only_unit or self.fair

    @property
    def is_list(self) -> bool:
        return self.kind == self.Kind.LIST

    @property
    def is_busy(self) -> bool:
        return self.state in self.BUSY

    def heard(self, **fields: Any) -> None:
        """Writes what its process reports. Raises GivenUp if the import no longer waits for this process."""
        own = WorkbookImport.objects.filter(pk=self.pk, attempt=self.attempt, state=self.state)
        if not own.update(heard_at=timezone.now(), **fields):
            raise GivenUp

    def begins_storing(self) -> None:
        """Within the transaction that stores: it ends as stored, or the import was given up. Raises GivenUp."""
        self.heard(state=self.State.STORED)


class ListMemory(models.Model):
    """What a unit's last list was said to be, so that its next one need not be explained again.

    `columns`: what each column is, by its title; "" if it is left out. `fixed`: what held for all its firms.
    """

    unit = models.OneToOneField("fairs.RecruitingUnit", models.CASCADE, related_name="list_memory")
    columns = models.JSONField(default=dict, blank=True)
    fixed = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return str(self.unit)
