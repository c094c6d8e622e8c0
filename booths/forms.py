"""The filters of the lists, read from the query of a page's address."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import Company
from fairplatform.errors import Refused
from fairplatform.i18n.numbers import parse_number
from fairplatform.i18n.text import current_language

from . import hs_codes
from .filter_values import FilterValues

Choices = Iterable[tuple[str, str | Promise]]
ANY = ("", _("Any"))
INCOTERMS = [(term, term) for term in ("EXW", "FCA", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DDP")]
LARGEST = 2**31 - 1


class TypedNumber(forms.CharField):
    """A number as people type it in three languages: ۱۲۳, 12,500, 3万."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, max_length=30, **kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "dir": "ltr"}

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            number, _plain = parse_number(text)
        except Refused as refused:
            raise forms.ValidationError(refused.sentence) from None
        if number > LARGEST:
            raise forms.ValidationError(_("This number is too large."))
        return number


class EnglishSelect(forms.Select):
    """A select whose choices are English in every language: they are marked so for browsers and screen readers."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if value:
            option["attrs"] |= {"lang": "en", "dir": "ltr"}
        return option


class HeadingSelect(forms.Select):
    """A select of HS headings; those without a title in the reader's language are marked as English."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        shown = hs_codes.title(str(value)).in_language(current_language())
        if shown.fallback:
            option["attrs"] |= {"lang": shown.html_lang, "dir": shown.dir}
        return option


class Filter(forms.Form):
    """A bound form whose valid values are in `values`; an invalid one has an error beside its field and is left out."""

    use_required_attribute = False

    q = forms.CharField(required=False, max_length=100, label=_("Product, company, HS or PCT code"))

    def __init__(self, values: MultiValueDict[str, str], **choices: Choices) -> None:
        super().__init__(values)
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [ANY, *options]
        self.is_valid()
        used = {name: value for name, value in self.cleaned_data.items() if value}
        self.values = cast("FilterValues", used)

    @property
    def narrowing(self) -> Iterator[forms.BoundField]:
        """The fields besides the search box."""
        return (field for field in self if field.name != "q")

    @property
    def is_used(self) -> bool:
        """Whether anything but the order is asked for."""
        return any(name != "sort" for name in self.values) or bool(self.errors)


class BoothFilter(Filter):
    city = forms.ChoiceField(required=False, label=_("City"))
    kind = forms.ChoiceField(required=False, label=_("Company type"))
    heading = forms.ChoiceField(required=False, label=_("HS heading"), widget=HeadingSelect)
    certificate = forms.ChoiceField(required=False, label=_("Certificate"), widget=EnglishSelect)

    def __init__(self, values: MultiValueDict[str, str], **choices: Choices) -> None:
        kinds = (Company.Kind.MANUFACTURER, Company.Kind.TRADER, Company.Kind.BOTH)
        super().__init__(values, kind=[(kind.value, kind.label) for kind in kinds], **choices)


class ProductFilter(Filter):
    SORTS = [
        ("", _("Hall number")),
        ("hs", _("HS code order")),
        ("price", _("Price, lowest first")),
        ("moq", _("MOQ, lowest first")),
        ("lead", _("Lead time, shortest first")),
    ]

    hall = forms.ChoiceField(required=False, label=_("Hall"))
    heading = forms.ChoiceField(required=False, label=_("HS heading"), widget=HeadingSelect)
    city = forms.ChoiceField(required=False, label=_("City"))
    certificate = forms.ChoiceField(required=False, label=_("Certificate"), widget=EnglishSelect)
    incoterm = forms.ChoiceField(required=False, label=_("Delivery term (Incoterm)"), widget=EnglishSelect)
    moq = TypedNumber(label=_("Maximum MOQ"))
    price_from = TypedNumber(label=_("Minimum price (USD)"))
    price_to = TypedNumber(label=_("Maximum price (USD)"))
    sort = forms.ChoiceField(required=False, label=_("Sort by"), choices=SORTS)

    def __init__(self, values: MultiValueDict[str, str], **choices: Choices) -> None:
        super().__init__(values, incoterm=INCOTERMS, **choices)

    def clean(self) -> None:
        low, high = (self.cleaned_data.get(name) for name in ("price_from", "price_to"))
        if low is not None and high is not None and low > high:
            del self.cleaned_data["price_from"]
            self.add_error("price_to", _("The maximum price is lower than the minimum price."))


class BuyerFilter(forms.Form):
    """Narrows the list of buyers."""

    q = forms.CharField(required=False, max_length=80, label=_("Company, product or HS code"))
