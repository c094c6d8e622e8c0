"""The ledger of a fair, and beside it what was reported elsewhere and the rates of exchange."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models.participation import KEY_LENGTH
from fairplatform.i18n.fields import TranslatedField
from fairplatform.money.rates import Rate
from fairplatform.policy import Role

from .kinds import Kind

DIGEST_LENGTH = 64  # hexadecimal digits of SHA-256
NO_DIGEST = "0" * DIGEST_LENGTH
"""What the first entry of a ledger names as the digest before it."""
QUANTITY_SCALE = 1000


class Ledger(models.Model):
    """The end of a fair's chain. Whoever adds an entry locks this row, so that entries follow each other one by one."""

    fair = models.OneToOneField("fairs.Fair", models.PROTECT, related_name="ledger")
    entries = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=DIGEST_LENGTH, default=NO_DIGEST, help_text="of the newest entry")

    def __str__(self) -> str:
        return f"ledger of {self.fair_id}"


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, person: Viewer) -> "EntryQuerySet":
        """Those of the fairs that the person organises."""
        if not person.is_active:
            return self.none()
        return self.filter(fair__roles__user=person, fair__roles__role=Role.ORGANISER).distinct()

    def standing(self) -> "EntryQuerySet":
        """What holds today: neither corrected by a later entry nor withdrawn."""
        return self.filter(corrected_by=None, is_withdrawn=False)


class Entry(models.Model):
    """One paper or agreement as it was known when it was entered. A trigger refuses to change or delete it.

    A correction is a new entry that names the one it replaces; `digest` covers the entry, its names and the digest
    of the entry before it (chain.py).
    """

    class Provenance(models.TextChoices):
        PARTIES = "parties", _("Confirmed by the parties")
        DOCUMENT = "document", _("From a document")
        REPORT = "report", _("From a news report")

    fair = models.ForeignKey("fairs.Fair", models.PROTECT, related_name="ledger_entries")
    number = models.PositiveBigIntegerField(help_text="from 1, without a gap")
    key = models.CharField(max_length=60, help_text="the same for an agreement and all its corrections")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    is_withdrawn = models.BooleanField(default=False, help_text="it says that the one it corrects does not hold")
    reason = models.CharField(max_length=400, blank=True, help_text="why it was corrected")
    kind = models.CharField(max_length=13, choices=Kind.choices)
    provenance = models.CharField(max_length=8, choices=Provenance.choices)
    outcome = models.CharField(max_length=60, blank=True, help_text="reference of the outcome that was agreed here")
    parties = models.PositiveSmallIntegerField(help_text="how many are named")
    subject = models.CharField(max_length=400, blank=True)
    sector = models.CharField(max_length=120, blank=True, help_text="HS code, or in words")
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    is_amount_hidden = models.BooleanField(
        default=False, db_default=False, help_text="a party shows it to the others alone; totals include it"
    )
    quantity = models.BigIntegerField(null=True, help_text="what is promised besides money, in thousandths of the unit")
    quantity_unit = models.CharField(max_length=40, blank=True)
    signed_on = models.DateField(null=True)
    signed_at = models.CharField(max_length=120, blank=True, help_text="the place")
    valid_until = models.DateField(null=True)
    is_binding = models.BooleanField(null=True, help_text="null: not said")
    languages = models.JSONField(default=list, help_text="BCP 47: of the versions that were signed")
    prevailing = models.CharField(max_length=16, blank=True, help_text="the language that prevails; empty: none does")
    scans = models.JSONField(default=list, help_text="SHA-256 of the files with the signed and chopped pages")
    realised_minor = models.BigIntegerField(null=True, help_text="of the amount, so far")
    evidence = models.CharField(max_length=400, blank=True, help_text="what shows that it was realised")
    source = models.CharField(max_length=400, blank=True)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    on_behalf_of = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField()
    previous = models.CharField(max_length=DIGEST_LENGTH)
    digest = models.CharField(max_length=DIGEST_LENGTH)

    objects: ClassVar[EntryQuerySet] = EntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        verbose_name_plural = "entries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "number"], name="ledger_number_once"),
            models.UniqueConstraint(fields=["fair", "previous"], name="ledger_is_one_chain"),
            models.UniqueConstraint(
                fields=["fair", "key"], condition=models.Q(corrects=None), name="ledger_key_once_per_fair"
            ),
            models.CheckConstraint(
                condition=models.Q(amount_minor=None)
                | models.Q(amount_minor__isnull=False, amount_minor__gte=0) & ~models.Q(currency=""),
                name="ledger_amount_with_currency",
            ),
            models.CheckConstraint(
                condition=models.Q(realised_minor=None)
                | models.Q(realised_minor__isnull=False, realised_minor__gte=0) & ~models.Q(currency=""),
                name="ledger_realised_with_currency",
            ),
            models.CheckConstraint(condition=models.Q(quantity__gte=0), name="ledger_quantity_not_negative"),
            models.CheckConstraint(
                condition=models.Q(provenance="parties", parties__gte=2) & ~models.Q(outcome="")
                | models.Q(provenance="document", parties__gte=1, outcome="")
                | models.Q(provenance="report", outcome=""),
                name="ledger_provenance_has_its_parties",
            ),
            models.CheckConstraint(
                condition=models.Q(is_withdrawn=False) | models.Q(corrects__isnull=False),
                name="ledger_withdrawn_names_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} #{self.number}"

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        return memberships(person, self.fair_id).roles & {Role.ORGANISER}

    def save(self, *args: Any, **kwargs: Any) -> None:
        raise TypeError("entries are added by ledger.chain alone, and never changed")


class EntryName(models.Model):
    """Somebody that an entry names, as they were called then."""

    class Part(models.TextChoices):
        PARTY = "party", _("Party")
        COLLABORATING = "collaborating", _("Collaborating body")
        WITNESS = "witness", _("Witness")
        SIGNATORY = "signatory", _("Signatory")

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="names")
    place = models.PositiveSmallIntegerField(help_text="in the order of the paper")
    part = models.CharField(max_length=13, choices=Part.choices)
    participation = models.ForeignKey(
        "fairs.Participation", models.PROTECT, null=True, related_name="+", help_text="null: not a company of the fair"
    )
    name = TranslatedField()
    title = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["place"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "place"], name="ledger_place_once"),
            models.UniqueConstraint(
                fields=["entry", "participation"], condition=models.Q(part="party"), name="ledger_one_party_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class ReportedFigure(models.Model):
    """A figure that somebody has published. It stands beside the totals of the ledger, never in one."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="reported_figures")
    key = models.CharField(max_length=KEY_LENGTH)
    label = models.CharField(max_length=200)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    qualifier = models.CharField(max_length=40, blank=True, help_text="such as about, or more than")
    source = models.CharField(max_length=400)
    date = models.DateField()

    class Meta:
        ordering: ClassVar[list[str]] = ["date", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "key"], name="reported_key_once_per_fair"),
            models.CheckConstraint(condition=models.Q(amount_minor__gte=0), name="reported_not_negative"),
        ]

    def __str__(self) -> str:
        return self.label


class ExchangeRate(models.Model):
    """What one unit of a currency was worth in another, by a source. See money.rates."""

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="exchange_rates")
    date = models.DateField()
    base = models.CharField(max_length=3)
    quote = models.CharField(max_length=3)
    scaled = models.BigIntegerField(help_text="in parts of money.rates.SCALE")
    source = models.CharField(max_length=400)

    class Meta:
        ordering: ClassVar[list[str]] = ["date", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["fair", "date", "base", "quote"], name="rate_once_a_day"),
            models.CheckConstraint(condition=models.Q(scaled__gt=0), name="rate_positive"),
        ]

    def __str__(self) -> str:
        return str(self.rate)

    @property
    def rate(self) -> Rate:
        return Rate(self.date, self.base, self.quote, self.scaled, self.source)
