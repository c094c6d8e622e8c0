"""The filters of the lists, read from the query of a page's address."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar, cast

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from fairplatform.i18n.numbers import USUAL_CURRENCY
from fairplatform.i18n.text import FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE, isolated
from fairplatform.matching.incoterms import INCOTERMS

from .filter_fields import ANY, Choice, Choices, EnglishSelect, HeadingSelect, TypedNumber, heading_choices
from .filter_values import FilterValues

BY_NUMBER: Choice = ("number", _("Hall and booth number"))
NUMBER: Choice = ("", BY_NUMBER[1])
PRICES = ("price_from", "price_to")
TERMS = [(term, term) for term in INCOTERMS]


@dataclass(frozen=True)
class Chip:
    """A filter that is used: its label, the value in words (empty for a box that is ticked), the query without it."""

    name: str
    label: str
    value: str
    query: str

    @property
    def words(self) -> str:
        return str(_("%(label)s: %(value)s") % {"label": self.label, "value": self.value}) if self.value else self.label


def filter_query(values: Mapping[str, object], *, without: Collection[str] = ()) -> str:
    """The values as the query of an address, but for some of them."""
    used = {name: "on" if value is True else str(value) for name, value in values.items() if name not in without}
    return urlencode(used)


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

    @property
    def chips(self) -> list[Chip]:
        """Each filter that is used, to be removed alone."""
        return [
            Chip(
                field.name,
                self.label(field),
                self.in_words(field.name),
                filter_query(self.values, without={field.name}),
            )
            for field in self
            if field.name in self.values and field.name != "sort"
        ]

    @staticmethod
    def label(field: forms.BoundField) -> str:
        """A filter as its chip names it: the search box not by all that it takes."""
        return str(_("Search")) if field.name == "q" else str(field.label)

    def in_words(self, name: str) -> str:
        """The value of a filter as its chip says it."""
        field, value = self.fields[name], cast("Mapping[str, object]", self.values)[name]
        if isinstance(field, forms.BooleanField):
            return ""
        if isinstance(field, forms.ChoiceField):
            return isolated(dict(_flat(field.widget.choices)).get(str(value), value))
        # What somebody has typed is marked as text of people, whatever its script.
        typed = isolated(value)
        return (
            typed
            if typed.startswith(FIRST_STRONG_ISOLATE)
            else f"{FIRST_STRONG_ISOLATE}{typed}{POP_DIRECTIONAL_ISOLATE}"
        )


def _flat(choices: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """The choices of a field without their groups."""
    for value, name in choices:
        if isinstance(name, list | tuple):
            yield from _flat(name)
        else:
            yield str(value), str(name)


class DirectoryFilter(Filter):
    """What exhibitors and products are both narrowed by. The last two are about now and the reader: never cached."""

    hall = forms.ChoiceField(required=False, label=_("Sector (hall)"))
    heading = forms.ChoiceField(required=False, label=_("HS chapter, heading or code"), widget=HeadingSelect)
    country = forms.ChoiceField(required=False, label=_("Country"))
    city = forms.ChoiceField(required=False, label=_("City"))
    certificate = forms.ChoiceField(required=False, label=_("Certificate"), widget=EnglishSelect)
    incoterm = forms.ChoiceField(required=False, label=_("Delivery term (Incoterm)"), widget=EnglishSelect)
    moq = TypedNumber(label=_("Maximum MOQ"))
    unit = forms.ChoiceField(required=False, label=_("Unit of MOQ and price"))
    currency = forms.ChoiceField(required=False, label=_("Currency"), widget=EnglishSelect)
    price_from = TypedNumber(label=_("Minimum price"))
    price_to = TypedNumber(label=_("Maximum price"))
    online = forms.BooleanField(required=False, label=_("Staff online now"))
    mine = forms.BooleanField(required=False, label=_("Staff speak my language"))

    SORTS: ClassVar[list[Choice]]
    """The orders to choose from; the empty one is that of the halls, in a search that of relevance."""

    def __init__(self, values: MultiValueDict[str, str], *, heading: Iterable[str], **choices: Choices) -> None:
        """`heading`: the HS codes that there are."""
        chosen = heading_choices(heading, values.get("heading", ""))
        super().__init__(values, heading=chosen, incoterm=TERMS, **choices)
        last = ("online", "mine", "sort")
        self.order_fields([*(name for name in self.fields if name not in last), *last])
        if "q" in self.values:
            sort = cast("forms.ChoiceField", self.fields["sort"])
            sort.choices = [("", _("Best match first")), BY_NUMBER, *self.SORTS]

    def clean(self) -> None:
        """Prices without a currency are in the usual one, and the form shows it."""
        low, high = (self.cleaned_data.get(name) for name in PRICES)
        if low is not None and high is not None and low > high:
            del self.cleaned_data["price_from"]
            self.add_error("price_to", _("The maximum price is lower than the minimum price."))
        elif (low is not None or high is not None) and not self.cleaned_data.get("currency"):
            self.cleaned_data["currency"] = USUAL_CURRENCY
            self.data = dict(self.data.items()) | {"currency": USUAL_CURRENCY}

    @property
    def chips(self) -> list[Chip]:
        """A price says its own currency, which goes with the last one."""
        prices = [name for name in PRICES if name in self.values]
        if not prices:
            return super().chips
        last = filter_query(self.values, without={*prices, "currency"})
        chips = [chip for chip in super().chips if chip.name != "currency"]
        return [replace(chip, query=last) if [chip.name] == prices else chip for chip in chips]

    def in_words(self, name: str) -> str:
        words = super().in_words(name)
        return isolated(f"{self.values['currency']} {words}") if name in PRICES else words


class BoothFilter(DirectoryFilter):
    SORTS: ClassVar = [("name", _("Name")), ("newest", _("Newest first"))]

    kind = forms.ChoiceField(required=False, label=_("Company type"))
    sort = forms.ChoiceField(required=False, label=_("Sort by"), choices=[NUMBER, *SORTS, BY_NUMBER])


class HallFilter(BoothFilter):
    """Of one hall."""

    hall = None  # type: ignore[assignment]  # Django's way to leave a field out


class ProductFilter(DirectoryFilter):
    SORTS: ClassVar = [
        ("hs", _("HS code order")),
        ("price", _("Price, lowest first")),
        ("moq", _("MOQ, lowest first")),
        ("lead", _("Lead time, shortest first")),
        ("newest", _("Newest first")),
    ]

    sort = forms.ChoiceField(required=False, label=_("Sort by"), choices=[NUMBER, *SORTS, BY_NUMBER])


class BuyerFilter(Filter):
    """What exhibitors narrow the list of buyers by."""

    q = forms.CharField(required=False, max_length=80, label=_("Company, product or HS code"))
    heading = forms.ChoiceField(required=False, label=_("Goods wanted"), widget=HeadingSelect)
    cooperation = forms.ChoiceField(required=False, label=_("Type of cooperation"))
    country = forms.ChoiceField(required=False, label=_("Country"))
    city = forms.ChoiceField(required=False, label=_("City"))
    kind = forms.ChoiceField(required=False, label=_("Company type"))
    mine = forms.BooleanField(required=False, label=_("Speaks my language"))
    demands = forms.BooleanField(required=False, label=_("Has open demands"))

    def __init__(self, values: MultiValueDict[str, str], *, heading: Iterable[str], **choices: Choices) -> None:
        super().__init__(values, heading=heading_choices(heading, values.get("heading", "")), **choices)
