"""An exhibitor's answer to a demand: versions that are never changed, of which the newest counts."""

from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.utils import timezone

from fairplatform.i18n.fields import TranslatedField

from .product import PRICE_SCALE
from .terms import Terms


class QuoteQuerySet(models.QuerySet["Quote"]):
    def standing(self) -> "QuoteQuerySet":
        """Those that have not been withdrawn, of companies that are in the fair."""
        return self.filter(newest__withdrawn=False, participation__state="approved")


class Quote(models.Model):
    """What one exhibitor offers for one demand, in versions; `newest` is the one that counts.

    It is read by the demand's company and by the exhibitor alone, always through the demand; and in the brief of a
    meeting of the two by whoever may read that.
    """

    fair = models.ForeignKey("fairs.Fair", models.CASCADE, related_name="quotes")
    demand = models.ForeignKey("booths.Demand", models.CASCADE, related_name="quotes")
    participation = models.ForeignKey("fairs.Participation", models.CASCADE, related_name="quotes")
    newest = models.ForeignKey("booths.QuoteVersion", models.RESTRICT, null=True, related_name="+")

    objects: ClassVar[QuoteQuerySet] = QuoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["demand", "participation"], name="quote_once_per_demand"),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} for {self.demand_id}"


class QuoteVersion(Terms):
    """One version of a quote; a trigger refuses to change it (booths/immutable.py).

    The price is an integer of 1/10,000 of the currency's unit, for one `unit`. A version that withdraws the quote
    offers nothing: it has remarks at most.
    """

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    withdrawn = models.BooleanField(default=False)
    product = models.ForeignKey("booths.Product", models.SET_NULL, null=True, blank=True, related_name="+")
    goods = TranslatedField(help_text="as written, or the product's name at the time")
    price = models.BigIntegerField(null=True, blank=True)
    lead_days = models.PositiveSmallIntegerField(null=True, blank=True)
    payment = models.CharField(max_length=200, blank=True)
    gives_origin = models.BooleanField(
        default=False, help_text="with a certificate of origin under the countries' free-trade agreement"
    )
    valid_until = models.DateField(null=True, blank=True)
    remarks = models.CharField(max_length=500, blank=True)
    written_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", null=True, blank=True)
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["quote", "number"], name="quote_version_number_once"),
            models.CheckConstraint(
                condition=models.Q(withdrawn=True, price__isnull=True)
                | models.Q(withdrawn=False, price__isnull=False, price__gt=0)
                & ~models.Q(currency="")
                & ~models.Q(unit=""),
                name="quote_has_its_price",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quote_id} v{self.number}"

    @property
    def figure(self) -> Decimal | None:
        """The price in the currency's unit."""
        return None if self.price is None else Decimal(self.price) / PRICE_SCALE
