"""The outcome of a meeting: versions that participants draft, and the version that each side has confirmed."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fairplatform.ledger.kinds import Kind

from .meeting import Meeting, Side


class Outcome(models.Model):
    """The outcome of one meeting. It is agreed once both sides have confirmed the same version."""

    class State(models.TextChoices):
        DRAFTED = "drafted", _("Drafted")
        ONE_SIDE = "one_side", _("Submitted by one side")
        DIFFERING = "differing", _("Mismatched")
        WITHDRAWN = "withdrawn", _("Withdrawn")  # a side took back its confirmation, and the other has none
        AGREED = "agreed", _("Agreed")

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="outcome")
    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="outcomes")
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFTED, db_index=True)
    agreed = models.ForeignKey("meetings.OutcomeVersion", models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True, help_text="for the first time")
    corrected_at = models.DateTimeField(null=True, blank=True, help_text="when both sides last agreed on a correction")
    number = models.PositiveIntegerField(null=True, blank=True, help_text="counts agreed outcomes of the fair")
    is_amount_hidden = models.BooleanField(
        default=False, db_default=False, help_text="a side hides it from everyone but the other; totals include it"
    )

    confirmed_before: list["Statement"]
    """Of an outcome locked for an act (outcomes/versions.py): what both sides had confirmed before it."""

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state="agreed", agreed__isnull=False, agreed_at__isnull=False, number__isnull=False)
                | ~models.Q(state="agreed") & models.Q(agreed__isnull=True),
                name="agreed_has_its_version",
            ),
            models.UniqueConstraint(fields=["fair", "number"], name="outcome_number_once"),
        ]

    def __str__(self) -> str:
        return f"outcome of {self.meeting_id}"

    @property
    def reference(self) -> str:
        """What an agreed outcome is cited by, on paper too: `PK2020-0042`."""
        return f"{self.fair.slug.upper()}-{self.number:04}"


class OutcomeVersion(models.Model):
    """One version of an outcome's content; never changed once written."""

    Kind = Kind
    NEED_AMOUNT = (Kind.INTENDED_DEAL, Kind.TRIAL_ORDER, Kind.ORDER, Kind.CONTRACT)
    MAY_HAVE_AMOUNT = (*NEED_AMOUNT, Kind.QUOTATION, Kind.LOI, Kind.MOU, Kind.AGENCY, Kind.JOINT_VENTURE)
    NEED_MONTHS = (Kind.INTENDED_DEAL,)  # all others have none
    MAY_HAVE_BAND = MAY_NAME_DEMAND = (Kind.INTENDED_DEAL,)

    class Step(models.TextChoices):
        NONE = "", _("No next step")
        SAMPLE = "sample", _("Sample by courier")
        QUOTATION = "quotation", _("Quotation")
        DRAWING = "drawing", _("Technical drawing")
        FACTORY_TOUR = "factory_tour", _("Factory video tour")
        VISIT = "visit", _("Site visit")
        INVITATION = "invitation", _("Visa invitation letter")
        INSPECTION = "inspection", _("Third-party inspection")
        ACCOUNT = "account", _("Bank details")

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=13, choices=Kind.choices)
    goods = models.CharField(max_length=200, blank=True)
    hs6 = models.CharField(max_length=6, blank=True, help_text="what codes of two countries are compared by")
    hs_code = models.CharField(max_length=10, blank=True, help_text="as typed: 6 digits, 8 (PCT) or 10 (China)")
    quantity = models.CharField(max_length=60, blank=True)
    amount_minor = models.BigIntegerField(null=True, blank=True)
    highest_minor = models.BigIntegerField(
        null=True, blank=True, help_text="the upper end of a band, which begins at the amount; null: no band"
    )
    currency = models.CharField(max_length=3, blank=True)
    months = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    demand = models.ForeignKey(
        "booths.Demand", models.SET_NULL, null=True, blank=True, related_name="+", help_text="that a deal answers"
    )
    terms = models.CharField(max_length=200, blank=True, help_text="Incoterm, place, payment")
    next_step = models.CharField(max_length=12, choices=Step.choices, blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    next_step_by = models.CharField(max_length=9, choices=Side.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True)
    written_as = models.CharField(max_length=16, help_text="side, or the role of a draft's writer")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["outcome", "number"], name="version_number_once"),
            models.CheckConstraint(
                condition=models.Q(amount_minor__isnull=True, currency="")
                | models.Q(amount_minor__gte=0, amount_minor__isnull=False) & ~models.Q(currency=""),
                name="amount_with_currency",
            ),
            models.CheckConstraint(
                condition=models.Q(highest_minor=None)
                | models.Q(
                    kind="intended_deal", amount_minor__isnull=False, highest_minor__gt=models.F("amount_minor")
                ),
                name="band_of_an_intended_deal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome_id} v{self.number}"


class Statement(models.Model):
    """The version that one side has confirmed, and who confirmed it for that side."""

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="statements")
    side = models.CharField(max_length=9, choices=Side.choices)
    version = models.ForeignKey(OutcomeVersion, models.PROTECT, related_name="statements")
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    hides_amount = models.BooleanField(
        default=False, db_default=False, help_text="from everyone but the other side; see Outcome.is_amount_hidden"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["outcome", "side"], name="one_statement_per_side"),
            models.UniqueConstraint(fields=["outcome", "made_by"], name="one_person_one_side"),
        ]

    def __str__(self) -> str:
        return f"{self.side} confirms {self.version_id}"


class Correction(models.Model):
    """What one side proposes to say instead of what was agreed, until the other confirms it or one drops it.

    Meanwhile the outcome stays agreed as it is. Once confirmed it is the agreed version, and this row is deleted.
    """

    outcome = models.OneToOneField(Outcome, models.CASCADE, related_name="correction")
    side = models.CharField(max_length=9, choices=Side.choices)
    version = models.ForeignKey(OutcomeVersion, models.CASCADE, related_name="+")
    made_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    hides_amount = models.BooleanField(default=False, help_text="from everyone but the other side")

    def __str__(self) -> str:
        return f"{self.side} proposes {self.version_id}"
