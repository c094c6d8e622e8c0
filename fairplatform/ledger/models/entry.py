"""The ledger of a fair: its entries, whom they name, and the end of their chain."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import RoleAssignment
from fairplatform.i18n.fields import TranslatedField
from fairplatform.policy import Role

from ..kinds import Kind
from .release import Release

DIGEST_LENGTH = 64  # hexadecimal digits of SHA-256
PUBLIC_STATES = ("open", "closed")  # of a fair whose agreements everybody reads, once they are released
NO_DIGEST = "0" * DIGEST_LENGTH
"""What the first entry of a ledger names as the digest before it."""
QUANTITY_SCALE = 1000
LATEST_DAY_FIRST = Coalesce("signed_on", "agreed_on").desc(nulls_last=True)
"""By `Entry.day`."""


class Ledger(models.Model):
    """The end of a fair's chain. Whoever adds an entry locks this row, so that entries follow each other one by one."""

    fair = models.OneToOneField("fairs.Fair", models.PROTECT, related_name="ledger")
    entries = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=DIGEST_LENGTH, default=NO_DIGEST, help_text="of the newest entry")

    def __str__(self) -> str:
        return f"ledger of {self.fair_id}"


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, person: Viewer) -> "EntryQuerySet":
        """Those of the fairs that the person organises, what their own companies are parties of, and what is released.

        Of an agreement organisers see every entry, all others the newest.
        """
        return self.filter(_of_organiser(person) | _of_party(person) | _released())

    def inside(self, person: Viewer) -> "EntryQuerySet":
        """Those that a person sees as an organiser, or for a company that is a party."""
        return self.filter(_of_organiser(person) | _of_party(person))

    def released(self) -> "EntryQuerySet":
        """Those that everybody may read: each party here has released them, the organisers those of all others."""
        return self.filter(_released())

    def newest(self) -> "EntryQuerySet":
        """Of each agreement the one that says last what it says, which may be that it does not hold."""
        return self.filter(corrected_by=None)

    def standing(self) -> "EntryQuerySet":
        """What holds today: neither corrected by a later entry nor withdrawn."""
        return self.filter(corrected_by=None, is_withdrawn=False)


def _of_organiser(person: Viewer) -> Q:
    if not person.is_active:
        return Q(pk__in=[])
    return Q(fair__in=RoleAssignment.objects.filter(user=person.pk, role=Role.ORGANISER).values("fair"))


def _of_party(person: Viewer) -> Q:
    if not person.is_active:
        return Q(pk__in=[])
    own = {"participation__state": "approved", "participation__company__staff__user": person.pk}
    return Q(Exists(EntryName.objects.filter(entry=OuterRef("pk"), part="party", **own)), corrected_by=None)


def _released() -> Q:
    """That nobody's release is missing: see `Entry.releasing`."""
    parties = EntryName.objects.filter(entry=OuterRef("pk"), part="party")
    of_company = Release.objects.filter(
        fair=OuterRef("entry__fair"), key=OuterRef("entry__key"), participation=OuterRef("participation")
    )
    missing = parties.filter(~Exists(of_company), participation__isnull=False)
    any_release = Release.objects.filter(fair=OuterRef("fair"), key=OuterRef("key"))
    needs_no_organiser = Exists(parties) & ~Exists(parties.filter(participation=None))
    is_let = ~Exists(missing) & (Exists(any_release.filter(participation=None)) | needs_no_organiser)
    # What nobody has released is found to be so by an index, however long the ledger is.
    return Q(Exists(any_release), corrected_by=None, is_withdrawn=False, fair__state__in=PUBLIC_STATES) & Q(is_let)


def shows_amount() -> Q:
    """That everybody may read its amount: all have released it with that, and no party hides it."""
    without = Release.objects.filter(fair=OuterRef("fair"), key=OuterRef("key"), shows_amount=False)
    return Q(~Exists(without), is_amount_hidden=False) & _released()


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
    salt = models.CharField(
        max_length=32,
        blank=True,
        db_default="",
        help_text="random, where the amount is hidden: nobody finds it by trying which amount makes the digest",
    )
    quantity = models.BigIntegerField(null=True, help_text="what is promised besides money, in thousandths of the unit")
    quantity_unit = models.CharField(
        max_length=60, blank=True, help_text="without a quantity: the words that both sides confirmed, as 500-600 pcs"
    )
    agreed_on = models.DateField(null=True, help_text="when the second party confirmed it; it may be signed later")
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
        own = memberships(person, self.fair_id)
        roles = own.roles & {Role.ORGANISER}
        if not self.is_newest:
            return roles
        companies = self.releasing()
        for role, of in ((Role.STAFF, own.staff_of), (Role.MANAGER, own.manager_of)):
            roles |= {role} if companies & of else set()
        return roles | {Role.PUBLIC} if self.is_released else roles

    @property
    def day(self) -> date | None:
        """When it was signed or, as long as nobody has signed it, agreed."""
        return self.signed_on or self.agreed_on

    @property
    def is_newest(self) -> bool:
        """Whether no later entry says instead what is right."""
        return not Entry.objects.filter(corrects=self.pk).exists()

    def releasing(self) -> frozenset[int | None]:
        """Whose release it needs before everybody may read it: each company that is a party.

        None is the organisers', for parties that take no part here, and where nobody is named.
        """
        parties = [one.participation_id for one in self.names.all() if one.part == EntryName.Part.PARTY]
        return frozenset(parties or [None])

    @property
    def is_released(self) -> bool:
        given = Release.objects.filter(fair=self.fair_id, key=self.key).values_list("participation", flat=True)
        is_open = self.fair.state in PUBLIC_STATES and not self.is_withdrawn
        return is_open and self.is_newest and self.releasing() <= set(given)

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
