"""The form of a quote. What is hardly meant, such as a hundred times the target price, is asked back once."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths.filter_fields import EnglishSelect
from booths.hs_codes import HEADING
from booths.matching_sides import need_of
from booths.models import Demand, Product, QuoteVersion, Unit
from fairplatform.fairs.models import Participation
from fairplatform.i18n.numbers import format_price
from fairplatform.i18n.templatetags.language import hs as printed
from fairplatform.i18n.text import Translated, current_language, guess_language, isolated
from fairplatform.matching import Price
from fairplatform.matching.fit import meets_terms
from fairplatform.office.asking import AskingForm, asked_back
from fairplatform.office.fields import OWN_WORDS, KindField, ListOrWords, kind_of
from fairplatform.office.hs_field import HsField
from fairplatform.workbook import plausible
from fairplatform.workbook.kinds import Integer, Text

from .forms import currency_choices, incoterm_choices, stored_or_none

TIMES_TARGET = 10  # a price that many times the target, or a tenth of it, is asked back
LONGEST_LEAD = 3650  # days
USUAL_LEAD = 365
USUAL_VALIDITY = timedelta(days=730)
COPIED = ("hs_code", "quantity", "unit", "currency", "incoterm", "place", "lead_days", "payment")
CONTENT = (*COPIED, "product_id", "goods", "price", "gives_origin", "valid_until", "remarks")


class QuoteForm(AskingForm[QuoteVersion]):
    """One version of a quote: a product of the booth, or goods in words.

    `base`: the key of the version that was the newest when the form was filled in. `terms_of`: that of the product
    whose terms the form shows.
    """

    figures = ("hs_code", "figure", "quantity", "currency", "unit", "incoterm", "place", "lead_days")

    product = forms.ModelChoiceField(
        Product.objects.none(), required=False, label=gettext_lazy("Product of your booth"),
        empty_label=gettext_lazy("Other goods"),
    )  # fmt: skip
    words = KindField(
        Text(200), required=False, label=gettext_lazy("Goods"),
        help_text=gettext_lazy("Describe the goods if they are not among the products of your booth."),
    )  # fmt: skip
    hs_code = HsField(kind_of("demands", "hs"), required=False)
    quantity = KindField(kind_of("demands", "quantity"), required=False, label=gettext_lazy("Quantity"))
    unit = forms.ChoiceField(label=gettext_lazy("Unit"), choices=[("", "–"), *Unit.choices])
    figure = KindField(kind_of("demands", "target_price"), label=gettext_lazy("Unit price"))
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), widget=EnglishSelect)
    incoterm = forms.ChoiceField(label=gettext_lazy("Delivery term (Incoterm)"), required=False, widget=EnglishSelect)
    place = ListOrWords(kind_of("demands", "place"), label=gettext_lazy("Named place"))
    lead_days = KindField(Integer(0, LONGEST_LEAD), required=False, label=gettext_lazy("Lead time in days"))
    payment = KindField(Text(200), required=False, label=gettext_lazy("Payment"), widget=forms.TextInput(OWN_WORDS))
    valid_until = KindField(kind_of("demands", "deadline"), required=False, label=gettext_lazy("Valid until"))
    remarks = KindField(
        Text(500), required=False, label=gettext_lazy("Remarks"), widget=forms.Textarea({**OWN_WORDS, "rows": 3})
    )
    base = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    terms_of = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    class Meta:
        model = QuoteVersion
        fields = ("gives_origin",)
        labels: ClassVar[dict[str, Promise]] = {
            "gives_origin": gettext_lazy("Certificate of origin under the free-trade agreement provided")
        }
        help_texts: ClassVar[dict[str, str]] = {"gives_origin": ""}

    def __init__(
        self, data: QueryDict | None, *, demand: Demand, seller: Participation, newest: QuoteVersion | None, today: date
    ) -> None:
        self.demand, self.seller, self.newest, self.today = demand, seller, newest, today
        super().__init__(data, instance=QuoteVersion(), initial=self._initial())

    def _initial(self) -> dict[str, Any]:
        """What the newest version says; the first one begins with what is wanted."""
        shown = self.newest if self.newest and not self.newest.withdrawn else None
        if shown is None:
            source: Demand | QuoteVersion = self.demand
            wanted = {name: getattr(source, name) for name in COPIED if hasattr(source, name)}
            return {**wanted, "currency": self.demand.currency or "USD", "gives_origin": self.demand.needs_origin}
        return {
            **{name: getattr(shown, name) for name in (*COPIED, "gives_origin", "valid_until", "remarks")},
            "product": shown.product_id,
            "terms_of": shown.product_id or "",
            "words": "" if shown.product_id else str(shown.goods),
            "figure": shown.figure,
        }

    def prepare(self) -> None:
        self.fields["product"].queryset = products(self.seller)  # type: ignore[attr-defined]
        self.fields["product"].label_from_instance = _product_label  # type: ignore[attr-defined]
        named = [self.demand.currency, self.newest.currency if self.newest else ""]
        self.fields["currency"].choices = currency_choices(self.demand.fair, *named)  # type: ignore[attr-defined]
        self.fields["incoterm"].choices = incoterm_choices()  # type: ignore[attr-defined]
        self.initial["base"] = str(self.newest.pk) if self.newest else ""

    @property
    def shown_fields(self) -> Iterator[BoundField]:
        names = ("product", "words", "hs_code", "quantity", "unit", "figure", "currency", "incoterm", "place")
        more = ("lead_days", "payment", "gives_origin", "valid_until", "remarks")
        return (self[name] for name in (*names, *more))

    def clean_valid_until(self) -> date | None:
        valid: date | None = self.cleaned_data["valid_until"]
        if valid and valid <= self.today:
            raise forms.ValidationError(_("A quote must be valid beyond today. Choose a later date."))
        return valid

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (cleaned.get("product") or cleaned.get("words")) and not self.has_error("words"):
            self.add_error("words", _("Choose a product, or write what you offer."))
        if cleaned.get("place") and not cleaned.get("incoterm"):
            self.add_error("incoterm", _("Choose the delivery term for this place."))
        taken = self._take_terms(cleaned)
        if not self.errors:
            self.ask(cleaned, [*taken, *self._doubtful(cleaned), *self.doubts()])
        return cleaned

    def _take_terms(self, cleaned: dict[str, Any]) -> Iterator[str]:
        """What a newly chosen product states, where the form has what was proposed before, with a sentence about it."""
        product: Product | None = cleaned.get("product")
        if product is None or cleaned.get("terms_of") == str(product.pk):
            return
        self.carry("terms_of", str(product.pk))
        own: dict[str, Any] = {"hs_code": product.stated_hs, "lead_days": product.lead_days}
        if product.incoterm and not self.is_changed("incoterm", cleaned) and not self.is_changed("place", cleaned):
            own |= {"incoterm": product.incoterm, "place": product.place}
        new = {name: value for name, value in own.items() if value not in (None, cleaned.get(name))}
        new = {name: value for name, value in new.items() if not self.is_changed(name, cleaned)}
        for name, value in new.items():
            cleaned[name] = value
            self.carry(name, str(self.fields[name].prepare_value(value)))
        if new:
            yield _(
                "The HS code, lead time and delivery term of the product have been filled in. Check them and the "
                "price, then send it again."
            )

    def _doubtful(self, cleaned: dict[str, Any]) -> Iterator[str]:
        price, target = self._price(cleaned), need_of(self.demand).target
        if target and target.amount and meets_terms(price, target):
            if not 1 / Decimal(TIMES_TARGET) <= price.amount / target.amount <= TIMES_TARGET:
                wanted = isolated(format_price(target.amount, target.currency))
                sentence = _("The price, %(price)s, is far from the target, %(target)s. If it is right, send it again.")
                shown = isolated(format_price(price.amount, price.currency))
                yield sentence % {"price": shown, "target": wanted}
        else:
            order = plausible.of_order("figure", price.amount, cleaned.get("quantity"), price.currency)
            yield from asked_back(order)
        if _is_other_heading(cleaned["hs_code"], self.demand.hs_code):
            codes = {"code": printed(cleaned["hs_code"]), "wanted": printed(self.demand.hs_code)}
            sentence = _(
                "HS %(code)s is not under the heading of the demand, HS %(wanted)s. If it is right, send it again."
            )
            yield sentence % codes
        if (cleaned.get("lead_days") or 0) > USUAL_LEAD:
            yield _("The lead time is more than a year. If it is right, send it again.")
        if cleaned.get("valid_until") and cleaned["valid_until"] > self.today + USUAL_VALIDITY:
            yield _("The quote would be valid for more than two years. If this is right, send it again.")

    def _price(self, cleaned: dict[str, Any]) -> Price:
        names = ("figure", "currency", "unit", "incoterm", "place")
        return Price(*(cleaned[name] for name in names))

    def content(self) -> dict[str, Any]:
        """Of a valid form, the fields of the version."""
        cleaned, product = self.cleaned_data, self.cleaned_data["product"]
        words = cleaned["words"]
        goods = product.name if product else Translated({guess_language(words) or current_language(): words})
        return {
            **{name: cleaned[name] for name in (*COPIED, "gives_origin", "valid_until", "remarks")},
            "product_id": product.pk if product else None,
            "goods": Translated(goods),
            "price": stored_or_none(cleaned["figure"]),
        }


def _is_other_heading(code: str, wanted: str) -> bool:
    """Whether two HS codes, of which one may have two digits only, are of goods under different headings."""
    digits = min(len(code), len(wanted), HEADING)
    return code[:digits] != wanted[:digits]


def products(seller: Participation) -> "QuerySet[Product]":
    """Those that the seller shows at its booth."""
    return Product.objects.filter(displays__booth__participation=seller).order_by("hs6", "pk")


def _product_label(product: Product) -> str:
    price = "" if product.prices is None else f" · {format_price(product.prices[0], product.currency)}"
    return f"{isolated(product.name)}{price}"
