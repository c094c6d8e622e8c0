"""A company's product, with the terms of trade a buyer asks for first."""

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fairplatform.accounts.locations import location_name
from fairplatform.i18n.fields import TranslatedField
from fairplatform.policy import Role

from .. import search_texts
from ..hs_codes import HEADING, SUBHEADING
from ..search import SearchText, Texts

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from fairplatform.accounts.models import User
    from fairplatform.fairs.models import Hall

PRICE_SCALE = 10_000  # stored integers for one unit of the currency
PER_UNIT: dict[str, Promise] = {
    "pcs": _("per piece"),
    "sets": _("per set"),
    "dozen": _("per dozen"),
    "kg": _("per kg"),
    "t": _("per tonne"),
    "carton": _("per carton"),
    "coil": _("per coil"),
    "roll": _("per roll"),
    "gross": _("per gross"),
    "pair": _("per pair"),
    "w": _("per watt"),
    "20gp": _("per 20' container"),
    "40hq": _("per 40' HQ container"),
}


# `quantity` is the grouped figure that is printed, `number` decides between singular and plural.
QUANTITIES = {
    "pcs": ngettext_lazy("%(quantity)s piece", "%(quantity)s pieces", "number"),
    "sets": ngettext_lazy("%(quantity)s set", "%(quantity)s sets", "number"),
    "dozen": ngettext_lazy("%(quantity)s dozen", "%(quantity)s dozen", "number"),
    "kg": ngettext_lazy("%(quantity)s kg", "%(quantity)s kg", "number"),
    "t": ngettext_lazy("%(quantity)s tonne", "%(quantity)s tonnes", "number"),
    "carton": ngettext_lazy("%(quantity)s carton", "%(quantity)s cartons", "number"),
    "coil": ngettext_lazy("%(quantity)s coil", "%(quantity)s coils", "number"),
    "roll": ngettext_lazy("%(quantity)s roll", "%(quantity)s rolls", "number"),
    "gross": ngettext_lazy("%(quantity)s gross", "%(quantity)s gross", "number"),
    "pair": ngettext_lazy("%(quantity)s pair", "%(quantity)s pairs", "number"),
    "20gp": ngettext_lazy("%(quantity)s 20' container", "%(quantity)s 20' containers", "number"),
    "w": ngettext_lazy("%(quantity)s watt", "%(quantity)s watts", "number"),
    "40hq": ngettext_lazy("%(quantity)s 40' HQ container", "%(quantity)s 40' HQ containers", "number"),
}


class ProductQuerySet(models.QuerySet["Product"]):
    def visible_to(self, person: "User | AnonymousUser") -> "ProductQuerySet":
        """The products shown at a booth that this person may see."""
        from .booth import Booth

        return self.filter(pk__in=Display.objects.filter(booth__in=Booth.objects.visible_to(person)).values("product"))


class Unit(models.TextChoices):
    """What goods are counted in."""

    PIECE = "pcs", _("pieces")
    SET = "sets", _("sets")
    DOZEN = "dozen", _("dozen")
    GROSS = "gross", _("gross")
    PAIR = "pair", _("pairs")
    KILOGRAM = "kg", _("kg")
    TONNE = "t", _("tonnes")
    CARTON = "carton", _("cartons")
    COIL = "coil", _("coils")
    ROLL = "roll", _("rolls")
    WATT = "w", _("watts")
    SMALL_CONTAINER = "20gp", _("20' containers")
    CONTAINER = "40hq", _("40' HQ containers")


class Product(models.Model):
    """A product of a company. Prices are integers of 1/10,000 of the currency's unit, for one `price_unit`."""

    company = models.ForeignKey("accounts.Company", models.CASCADE, related_name="products")
    article = models.CharField(max_length=60, blank=True, help_text="the company's own number for it")
    name = TranslatedField()
    description = TranslatedField()
    hs6 = models.CharField(max_length=6, db_index=True, help_text="HS 2022, six digits, or a heading of four")
    hs_code = models.CharField(max_length=10, blank=True, help_text="as entered, where it has a country's own digits")
    moq = models.PositiveIntegerField(null=True, blank=True)
    moq_unit = models.CharField(max_length=6, choices=Unit.choices, blank=True)
    pieces_per_carton = models.PositiveIntegerField(null=True, blank=True)
    price_low = models.BigIntegerField(null=True, blank=True)
    price_high = models.BigIntegerField(null=True, blank=True)
    price_unit = models.CharField(max_length=6, choices=Unit.choices, blank=True)
    currency = models.CharField(max_length=3, default="USD")
    incoterm = models.CharField(max_length=3, default="FOB", blank=True)
    place = models.CharField(
        max_length=60, default="ningbo", blank=True, help_text="a place of the list, or as written"
    )
    lead_days = models.PositiveSmallIntegerField(null=True, blank=True)
    certificates = models.JSONField(default=list, help_text="as stated by the exhibitor")
    picture = models.ForeignKey("files.File", models.SET_NULL, null=True, blank=True, related_name="+")
    search_title = SearchText(words="title_words")
    search = SearchText()

    objects: ClassVar[models.Manager["Product"]] = ProductQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["hs6", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["company", "article"], condition=~models.Q(article=""), name="article_once_per_company"
            ),
            models.CheckConstraint(
                condition=models.Q(price_low__isnull=True)
                | models.Q(price_low__gte=0, price_high__gte=models.F("price_low")),
                name="product_price_range",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def prices(self) -> tuple[Decimal, Decimal] | None:
        """Lowest and highest price in the currency's unit; None where the exhibitor states none."""
        if self.price_low is None or self.price_high is None:
            return None
        return Decimal(self.price_low) / PRICE_SCALE, Decimal(self.price_high) / PRICE_SCALE

    @property
    def stated_hs(self) -> str:
        """The HS code as it was entered: with a country's own digits where it has them."""
        return self.hs_code or self.hs6

    def state_hs(self, digits: str) -> None:
        """Takes an HS code of 2 to 10 digits. What is the same in every country is kept by itself, to search by."""
        self.hs6 = digits[:SUBHEADING] if len(digits) >= SUBHEADING else digits[:HEADING]
        self.hs_code = digits if digits != self.hs6 else ""

    @property
    def place_name(self) -> str:
        """The port or place the Incoterm names, in the reader's language."""
        return location_name(self.place)

    @property
    def minimum_order(self) -> str:
        """The minimum order in words: `5,000 pieces`. Empty where none is stated."""
        if self.moq is None or not self.moq_unit:
            return ""
        return QUANTITIES[self.moq_unit] % {"number": self.moq, "quantity": f"{self.moq:,}"}

    def title_words(self) -> Texts:
        """What a search finds it by first."""
        return search_texts.product_title(self)

    def search_words(self) -> Texts:
        """All that a search finds it by."""
        return search_texts.product_texts(self)

    @property
    def per(self) -> Promise | str:
        """The unit a price is for, in words: `per piece`."""
        return PER_UNIT.get(self.price_unit, self.price_unit)

    def roles_of(self, person: "User | AnonymousUser") -> frozenset[Role]:
        is_shown = Product.objects.filter(pk=self.pk).visible_to(person).exists()
        return frozenset({Role.PUBLIC}) if is_shown else frozenset()


def certificate_name(stated: str) -> str:
    """`CE` of `CE (EN 1154)`: the standard that it is for, or its number, follows in brackets."""
    return stated.replace("（", "(").partition("(")[0].strip()


def stored_price(amount: Decimal) -> int:
    """An amount in the currency's unit as prices are stored."""
    return int(amount * PRICE_SCALE)


class Display(models.Model):
    """A product shown at a booth: a company keeps its products after the fair, a display belongs to one fair."""

    booth = models.ForeignKey("booths.Booth", models.CASCADE, related_name="displays")
    product = models.ForeignKey(Product, models.CASCADE, related_name="displays")
    hall = models.ForeignKey(
        "fairs.Hall", models.SET_NULL, null=True, blank=True, related_name="+", help_text="where it is not the booth's"
    )
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["rank"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["booth", "product"], name="product_once_per_booth"),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} at {self.booth_id}"

    @property
    def shown_in(self) -> "Hall":
        """The hall that it is found in: of a booth that shows goods of several trades not always the booth's."""
        return self.hall or self.booth.hall

    def get_absolute_url(self) -> str:
        return reverse("booths:product", args=[self.booth.fair.slug, self.product_id])
