"""The form of a product."""

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from django import forms
from django.db.models import Max
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths import hs_candidates
from booths.filter_fields import EnglishSelect
from booths.models import Booth, Display, Product
from booths.models.product import stored_price
from fairplatform.fairs.models import Hall
from fairplatform.i18n.forms import TranslatedWidget
from fairplatform.i18n.numbers import currencies_of
from fairplatform.office.asking import AskingForm, asked_back
from fairplatform.office.fields import KindField, ListOrWords, as_columns, choices_of, kind_of, sentences
from fairplatform.office.hs_field import HsField
from fairplatform.workbook import plausible
from fairplatform.workbook.findings import sentence
from fairplatform.workbook.stored.goods import PRODUCT

from .drafted import DraftedForm

Sections = Iterator[tuple[str, list[BoundField]]]
PRICES = ("price_low", "price_high")
LABELS: dict[str, Promise] = {
    "article": gettext_lazy("Article number"),
    "name": gettext_lazy("Name"),
    "description": gettext_lazy("Description"),
    "moq": gettext_lazy("Minimum order quantity (MOQ)"),
    "moq_unit": gettext_lazy("Unit of the minimum order"),
    "pieces_per_carton": gettext_lazy("Pieces per carton"),
    "price_unit": gettext_lazy("Price per"),
    "lead_days": gettext_lazy("Lead time in days"),
}
assert sentences  # registers the sentences that `sentence` looks up


def show_at(booth: Booth, product: Product, hall: Hall | None = None) -> Display:
    """Shows a product as the last one of the booth, unless it is there already."""
    last = booth.displays.aggregate(last=Max("rank"))["last"]
    rank = 0 if last is None else last + 1
    return Display.objects.get_or_create(booth=booth, product=product, defaults={"hall": hall, "rank": rank})[0]


class ProductForm(AskingForm[Product], DraftedForm[Product]):
    """A product with its terms of trade, and the hall that it is shown in where that is not the booth's."""

    needed = ("article", "name")
    figures = (*PRICES, "currency", "moq")
    hs = HsField(kind_of("products", "hs"))
    price_low = KindField(kind_of("products", "price_low"), label=gettext_lazy("Lowest price"), required=False)
    price_high = KindField(kind_of("products", "price_high"), label=gettext_lazy("Highest price"), required=False)
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False, widget=EnglishSelect)
    incoterm = forms.ChoiceField(
        label=gettext_lazy("Delivery term (Incoterm)"),
        required=False,
        choices=[("", gettext_lazy("Not chosen")), *choices_of("products", "incoterm")],
        widget=EnglishSelect,
    )
    place = ListOrWords(kind_of("products", "place"), label=gettext_lazy("Place of delivery"))
    certificates = KindField(
        kind_of("products", "certificates"),
        label=gettext_lazy("Certificates"),
        required=False,
        help_text=gettext_lazy("One per row."),
    )
    hall_shown: "forms.ModelChoiceField[Hall]" = forms.ModelChoiceField(
        None, label=gettext_lazy("Hall"), required=False, empty_label=gettext_lazy("Same hall as the booth")
    )

    class Meta:
        model = Product
        formfield_callback = as_columns("products", PRODUCT)
        fields = (
            "article", "name", "description", "moq", "moq_unit", "pieces_per_carton", "price_unit", "lead_days",
            "certificates", "currency", "incoterm", "place",
        )  # fmt: skip
        labels = LABELS
        help_texts: ClassVar[dict[str, str]] = dict.fromkeys(LABELS, "")

    def __init__(self, *args: Any, booth: Booth, instance: Product, **kwargs: Any) -> None:
        self.booth = booth
        self.display = booth.displays.filter(product=instance).first() if instance.pk else None
        super().__init__(*args, instance=instance, initial=self._stored_otherwise(instance), **kwargs)

    def _stored_otherwise(self, product: Product) -> dict[str, Any]:
        """The values of the fields that the model has in another form."""
        low, high = product.prices or (None, None)
        own = {"hs": product.stated_hs, "price_low": low, "price_high": high}
        if product._state.adding:
            own |= {"incoterm": "", "place": ""}
        return own | {"hall_shown": self.display and self.display.hall_id}

    def prepare(self) -> None:
        fair = self.booth.fair
        self.fields["description"].widget = TranslatedWidget(lines=3)
        self.fields["hall_shown"].queryset = fair.halls.order_by("number")  # type: ignore[attr-defined]
        self.fields["hall_shown"].label_from_instance = lambda hall: f"{hall.number} · {hall.name}"  # type: ignore[attr-defined]
        codes = currencies_of(fair.host_country, fair.station_country, stored=[self.instance.currency])
        self.fields["currency"].choices = [(code, code) for code in codes]  # type: ignore[attr-defined]
        super().prepare()

    def own_country(self) -> str:
        return self.booth.participation.company.country

    def sections(self) -> Sections:
        yield _("Name and description"), [self[name] for name in ("article", "name", "description", "hs")]
        yield _("Price"), [self[name] for name in (*PRICES, "currency", "price_unit")]
        order = ("moq", "moq_unit", "pieces_per_carton", "lead_days")
        yield _("Order and delivery"), [self[name] for name in (*order, "incoterm", "place")]
        yield _("Certificates and place"), [self[name] for name in ("certificates", "hall_shown")]

    def clean_article(self) -> str:
        article = str(self.cleaned_data["article"])
        others = Product.objects.filter(company=self.booth.participation.company_id, article=article)
        if article and others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another product of your company has this article number."))
        return article

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        low, high = (cleaned.get(name) for name in PRICES)
        if low is not None and high is not None and low > high:
            shown = {"lower": f"{low:f}", "upper": f"{high:f}"}
            self.add_error("price_high", sentence("lowest_above_highest", shown))
        self._check_units(cleaned)
        if not self.errors and any(self.is_changed(name, cleaned) for name in self.figures):
            self.ask(cleaned, asked_back(plausible.of_product(cleaned)))
        return cleaned

    def _check_units(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("moq") is not None and not cleaned.get("moq_unit"):
            self.add_error("moq_unit", _("Choose a unit for the minimum order."))
        has_price = any(cleaned.get(name) is not None for name in PRICES)
        if has_price and not (cleaned.get("price_unit") or cleaned.get("moq_unit")):
            self.add_error("price_unit", _("Choose a unit for the price."))

    def _is_left_alone(self, part: str, text: str) -> bool:
        """Whoever chooses a code of those that a colleague's word may mean does not leave it alone."""
        is_chosen = part == "hs" and self.data.get("hs-choice") and self.data.get("hs-asked") == self.data.get("hs")
        return not is_chosen and super()._is_left_alone(part, text)

    def _put(self, texts: Mapping[str, str]) -> None:
        """The title of a code that was published or chosen before needs no other look."""
        super()._put(texts)
        if "hs" in texts:
            super()._put({"hs-shown": hs_candidates.read(texts["hs"]).code})

    @property
    def is_public(self) -> bool:
        return self.display is not None

    def address(self, route: str) -> str:
        """The page of the product, also of one that was new."""
        return reverse(route, args=[self.booth.fair.slug, self.instance.pk])

    def state(self) -> Product:
        """The product with what could be read of the form, without storing it."""
        product, cleaned = self.instance, self.cleaned_data
        if cleaned.get("hs"):
            product.state_hs(cleaned["hs"])
        low, high = (cleaned.get(name) for name in PRICES)
        low, high = (high if low is None else low), (low if high is None else high)
        is_range = low is not None and high is not None and low <= high
        product.price_low, product.price_high = (
            (stored_price(low), stored_price(high)) if is_range else (None, None)  # type: ignore[arg-type]
        )
        product.price_unit = cleaned.get("price_unit") or cleaned.get("moq_unit") or ""
        return product

    def save(self, commit: bool = True) -> Product:
        """Also, where it is shown, the hall of its display."""
        product = self.state()
        product.company = self.booth.participation.company
        super().save(commit)
        if self.display:
            self.display.hall = self.cleaned_data["hall_shown"]
            self.display.save(update_fields=["hall"])
        return product

    def publish(self, *, show: bool) -> None:
        """Stores it; `show`: also as the last one of the booth, unless it is there already."""
        self.save()
        if show:
            self.display = show_at(self.booth, self.instance, self.cleaned_data["hall_shown"])
