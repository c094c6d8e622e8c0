"""What a demand and a quote say of trade in the same words."""

from typing import ClassVar

from django.db import models
from django.utils.functional import Promise

from fairplatform.accounts.locations import location_name

from .product import PER_UNIT, QUANTITIES, Unit


class Terms(models.Model):
    """Goods in a quantity, and how their price is meant: for one `unit`, in a currency, under an Incoterm."""

    hs_code = models.CharField(max_length=10, blank=True, help_text="2 to 10 digits, as entered")
    quantity = models.PositiveBigIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=6, choices=Unit.choices, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    incoterm = models.CharField(max_length=3, blank=True)
    place = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract: ClassVar[bool] = True

    @property
    def amount(self) -> str:
        """The quantity in words: `5,000 pieces`. Empty where none is stated."""
        if self.quantity is None:
            return ""
        counted = QUANTITIES.get(self.unit, "%(quantity)s")
        return counted % {"number": self.quantity, "quantity": f"{self.quantity:,}"}

    @property
    def per(self) -> Promise | str:
        """The unit a price is for, in words: `per piece`."""
        return PER_UNIT.get(self.unit, self.unit)

    @property
    def place_name(self) -> str:
        """The port or place the Incoterm names, in the reader's language."""
        return location_name(self.place)
