"""The form of a demand: the kind of cooperation first, for what is asked after depends on it."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths.filter_fields import EnglishSelect
from booths.models import Demand
from booths.models.product import stored_price
from fairplatform.fairs.models import Cooperation, Fair, Participation
from fairplatform.i18n.forms import TranslatedWidget
from fairplatform.i18n.numbers import currencies_of
from fairplatform.office.asking import AskingForm, asked_back
from fairplatform.office.fields import KindField, ListOrWords, as_columns, choices_of, kind_of
from fairplatform.office.hs_field import HsField
from fairplatform.workbook import plausible
from fairplatform.workbook.stored.goods import DEMANDS

FOR_GOODS = frozenset({Cooperation.GOODS, Cooperation.CONTRACT_MANUFACTURE})
WITH_PAPERS = FOR_GOODS | {Cooperation.AGENCY, Cooperation.DISTRIBUTION}


class Group(NamedTuple):
    """Fields that belong together; `kinds`: of cooperation that ask after them. `filled`: one of them has a value."""

    title: str
    fields: list[BoundField]
    kinds: str
    filled: bool


def currency_choices(fair: Fair, *others: str) -> list[tuple[str, str]]:
    """What trade in this fair is agreed in; `others`: already stored."""
    codes = currencies_of(fair.host_country, fair.station_country, stored=others)
    return [("", "–"), *((code, code) for code in codes)]


def incoterm_choices() -> list[tuple[str, str | Promise]]:
    return [("", "–"), *choices_of("demands", "incoterm")]


def stored_or_none(price: Decimal | None) -> int | None:
    return None if price is None else stored_price(price)


class DemandForm(AskingForm[Demand]):
    """A demand of a company; `companies`: the participations it may be of, one of which is chosen if they are several.

    `today`: the date in the fair, which a new deadline may not be before.
    """

    needed = ("text",)
    figures = ("price", "quantity", "currency", "unit")
    participation = forms.ModelChoiceField(Participation.objects.none(), label=gettext_lazy("Company"))
    hs_code = HsField(kind_of("demands", "hs"), required=False)
    price = KindField(kind_of("demands", "target_price"), required=False, label=gettext_lazy("Target price"))
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False, widget=EnglishSelect)
    incoterm = forms.ChoiceField(label=gettext_lazy("Delivery term (Incoterm)"), required=False, widget=EnglishSelect)
    place = ListOrWords(kind_of("demands", "place"), label=gettext_lazy("Named place"))

    class Meta:
        model = Demand
        formfield_callback = as_columns("demands", DEMANDS.fields)
        fields = (
            "participation", "kind", "text", "hs_code", "quantity", "unit", "currency", "incoterm", "place",
            "certificates", "needs_origin", "deadline",
        )  # fmt: skip
        labels: ClassVar[dict[str, Promise]] = {
            "kind": gettext_lazy("What are you looking for?"),
            "text": gettext_lazy("Goods needed"),
            "quantity": gettext_lazy("Quantity"),
            "unit": gettext_lazy("Unit"),
            "certificates": gettext_lazy("Certificates"),
            "needs_origin": gettext_lazy("Certificate of origin under the free-trade agreement needed"),
            "deadline": gettext_lazy("Quotes due by"),
        }
        help_texts: ClassVar[dict[str, Promise | str]] = {
            **dict.fromkeys(labels, ""),
            "text": gettext_lazy(
                "In one or more languages. Exhibitors see the version in their own language, if there is one."
            ),
            "certificates": gettext_lazy("Separated by semicolons."),
        }

    def __init__(self, *args: Any, fair: Fair, companies: Sequence[Participation], today: date, **kwargs: Any) -> None:
        self.fair, self.companies, self.today = fair, companies, today
        instance: Demand = kwargs["instance"]
        initial = {"price": instance.target, **kwargs.pop("initial", {})}
        if instance._state.adding:
            initial = {"kind": Cooperation.GOODS, "currency": "USD", **initial}
        super().__init__(*args, initial=initial, **kwargs)

    def prepare(self) -> None:
        self.fields["kind"].widget = forms.RadioSelect()
        self.fields["kind"].choices = Cooperation.choices  # type: ignore[attr-defined]
        self.fields["currency"].choices = currency_choices(self.fair, self.instance.currency)  # type: ignore[attr-defined]
        self.fields["incoterm"].choices = incoterm_choices()  # type: ignore[attr-defined]
        self.fields["text"].widget = TranslatedWidget(lines=3)
        for part, language in zip(self.fields["text"].widget.widgets, self.fields["text"].fields, strict=True):  # type: ignore[attr-defined]
            part.attrs |= language.widget_attrs(part)
        if len(self.companies) > 1:
            keys = [one.pk for one in self.companies]
            rows = Participation.objects.filter(pk__in=keys).select_related("company").order_by("company__slug")
            self.fields["participation"].queryset = rows  # type: ignore[attr-defined]
        else:
            del self.fields["participation"]

    def groups(self) -> Iterator[Group]:
        own = [name for name in ("participation", "kind") if name in self.fields]
        yield self._group(_("Type of cooperation"), *own)
        yield self._group(_("Goods needed"), "text", "hs_code")
        yield self._group(
            _("Quantity and price"), "quantity", "unit", "price", "currency", "incoterm", "place", kinds=FOR_GOODS
        )
        yield self._group(_("Certificates"), "certificates", "needs_origin", kinds=WITH_PAPERS)
        yield self._group(_("Deadline"), "deadline")

    def _group(self, title: str, *names: str, kinds: frozenset[Cooperation] = frozenset(Cooperation)) -> Group:
        fields = [self[name] for name in names]
        stated = [field for field in fields if field.name != "currency" and (field.errors or field.value())]
        return Group(title, fields, " ".join(sorted(kinds)), bool(stated))

    def clean_deadline(self) -> date | None:
        deadline: date | None = self.cleaned_data["deadline"]
        if deadline and deadline < self.today and deadline != self.instance.deadline:
            raise forms.ValidationError(_("This date has passed. Choose a later one."))
        return deadline

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        price = cleaned.get("price")
        if price is None and not self.has_error("price"):
            cleaned["currency"] = ""
        elif price is not None and not cleaned.get("currency"):
            self.add_error("currency", _("Choose the currency."))
        if (price is not None or cleaned.get("quantity") is not None) and not cleaned.get("unit"):
            self.add_error("unit", _("Choose the unit."))
        if cleaned.get("place") and not cleaned.get("incoterm"):
            self.add_error("incoterm", _("Choose the delivery term for this place."))
        if not self.errors and any(self.is_changed(name, cleaned) for name in self.figures):
            self.ask(cleaned, asked_back(plausible.of_demand({**cleaned, "target_price": price})))
        return cleaned

    def save(self, commit: bool = True) -> Demand:
        self.instance.target_price = stored_or_none(self.cleaned_data["price"])
        if "participation" not in self.fields and self.instance._state.adding:
            self.instance.participation = self.companies[0]
        return super().save(commit)
