"""The form of a company's participation in a fair."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths.placing import is_due, place
from fairplatform.errors import Refused
from fairplatform.fairs.models import Cooperation, Participation
from fairplatform.i18n.numbers import currencies_of, major_units, minor_units
from fairplatform.i18n.text import isolated
from fairplatform.workbook.stored.companies import PARTICIPATION

from ..fields import OWN_WORDS, KindField, ListOrWords, as_columns, choices_of, kind_of
from ..forms import OfficeForm
from . import booth_places, sole_agencies

Sections = Iterator[tuple[str, list[BoundField]]]
PARTICIPATION_LABELS: dict[str, Promise] = {
    "sells": gettext_lazy("Sells in this fair"),
    "buys": gettext_lazy("Buys in this fair"),
    "unit": gettext_lazy("Recruiting unit"),
    "hall": gettext_lazy("Hall"),
    "desks": gettext_lazy("Meetings at once"),
    "min_meetings": gettext_lazy("Minimum meetings"),
    "max_meetings": gettext_lazy("Maximum meetings"),
    "contact_name": gettext_lazy("Contact"),
    "contact_position": gettext_lazy("Position of the contact"),
    "contact_mobile": gettext_lazy("Mobile number of the contact"),
    "suppliers": gettext_lazy("Present suppliers, for organisers and the recruiting unit only"),
    "remarks": gettext_lazy("Remarks, for organisers and the recruiting unit only"),
}


class ParticipationForm(OfficeForm[Participation]):
    """What the company does in this fair. Its booth, its plan and whom it is the sole agent of are stored elsewhere.

    `country`: the company's, where it is not stored yet.
    """

    prefix = "participation"
    booth_number = KindField(
        kind_of("companies", "booth"),
        label=gettext_lazy("Booth number"),
        required=False,
        help_text=gettext_lazy("Leave it blank for the next free one of the hall."),
    )
    offers = KindField(kind_of("companies", "sells_hs"), label=gettext_lazy("Sells: HS codes"), required=False)
    wants = KindField(kind_of("companies", "wants_hs"), label=gettext_lazy("Looks for: HS codes"), required=False)
    cooperation = forms.MultipleChoiceField(
        label=gettext_lazy("Types of cooperation"),
        required=False,
        choices=Cooperation.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    sole_agent_of = KindField(
        kind_of("companies", "sole_agent_of"),
        label=gettext_lazy("Sole agent of"),
        required=False,
        help_text=gettext_lazy("One company in each row, by its key or its name. They are never matched."),
    )
    contact_position = ListOrWords(
        kind_of("companies", "contact_position"), label=PARTICIPATION_LABELS["contact_position"]
    )
    plan = KindField(
        kind_of("companies", "plan_12_months"),
        label=gettext_lazy("Planned purchases in the next 12 months"),
        required=False,
    )
    plan_currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)

    class Meta:
        model = Participation
        formfield_callback = as_columns("companies", PARTICIPATION)
        fields: tuple[str, ...] = (
            "sells", "buys", "unit", "hall", "offers", "wants", "cooperation", "desks", "min_meetings", "max_meetings",
            "contact_name", "contact_position", "contact_mobile", "plan_currency", "suppliers", "remarks",
        )  # fmt: skip
        labels = PARTICIPATION_LABELS
        help_texts: ClassVar[dict[str, str]] = dict.fromkeys(PARTICIPATION_LABELS, "")
        widgets: ClassVar[dict[str, forms.Widget]] = {
            "suppliers": forms.Textarea({**OWN_WORDS, "rows": 2}),
            "remarks": forms.Textarea({**OWN_WORDS, "rows": 3}),
        }

    def __init__(self, *args: Any, instance: Participation, country: str | None = None, **kwargs: Any) -> None:
        self._country = instance.company.country if country is None else country
        booth, minor, currency = booth_places.booth_of(instance), instance.plan_minor, instance.plan_currency
        initial = {
            **({"booth_number": booth.number, "hall": booth.hall_id} if booth else {}),
            "sole_agent_of": sole_agencies.lines(instance),
            "plan": major_units(minor, currency) if minor is not None and currency else None,
            **kwargs.pop("initial", {}),
        }
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.booth, fair = booth, instance.fair
        self.fields["unit"].queryset = fair.units.order_by("key", "pk")  # type: ignore[attr-defined]
        self.fields["hall"].queryset = fair.halls.order_by("number")  # type: ignore[attr-defined]
        self.fields["hall"].label_from_instance = lambda hall: f"{hall.number} · {hall.name}"  # type: ignore[attr-defined]
        codes = currencies_of(fair.host_country, fair.station_country, stored=[currency])
        self.fields["plan_currency"].choices = [("", "–"), *((code, code) for code in codes)]  # type: ignore[attr-defined]

    def own_country(self) -> str:
        return self._country

    def sections(self) -> Sections:
        part = [name for name in ("state", "sells", "buys", "unit", "hall", "booth_number") if name in self.fields]
        yield _("Participation"), [self[name] for name in part]
        wishes = ("offers", "wants", "cooperation", "sole_agent_of", "plan", "plan_currency", "suppliers")
        yield _("Offers and wishes"), [self[name] for name in wishes]
        yield _("Meetings"), [self[name] for name in ("desks", "min_meetings", "max_meetings")]
        contact = ("contact_name", "contact_position", "contact_mobile", "remarks")
        yield _("Contact and remarks"), [self[name] for name in contact]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (cleaned.get("sells") or cleaned.get("buys")):
            self.add_error("sells", _("Choose whether the company sells, buys, or both."))
        self._check_booth(cleaned)
        self._check_plan(cleaned)
        low, high = cleaned.get("min_meetings"), cleaned.get("max_meetings")
        if low is not None and high is not None and low > high:
            self.add_error("max_meetings", _("The maximum is less than the minimum."))
        return cleaned

    def _check_booth(self, cleaned: dict[str, Any]) -> None:
        hall, number = cleaned.get("hall"), cleaned.get("booth_number")
        state = cleaned.get("state", self.instance.state)
        if number and not self.booth and not is_due(state, cleaned.get("sells"), hall):
            sentence = _("The booth will be given once the company is approved, sells and has a hall.")
            self.add_error("booth_number", sentence)
        if not (hall and cleaned.get("sells")):
            if self.booth and booth_places.is_in_use(self.booth):
                name = "sells" if hall else "hall"
                self.add_error(name, _("The booth has products, visitors or enquiries. The company has to keep it."))
            return
        taken = booth_places.holder(hall, number, self.instance) if number else None
        if taken:
            sentence = _("%(company)s has this booth. Choose another number.")
            self.add_error("booth_number", sentence % {"company": isolated(taken.participation.company.name)})

    def _check_plan(self, cleaned: dict[str, Any]) -> None:
        amount, currency = cleaned.get("plan"), cleaned.get("plan_currency", "")
        cleaned["plan_minor"] = None
        if amount is None:
            cleaned["plan_currency"] = ""
        elif not currency:
            self.add_error("plan_currency", _("Choose the currency."))
        else:
            try:
                cleaned["plan_minor"] = minor_units(amount, currency)
            except Refused as refused:
                self.add_error("plan", refused.sentence)

    def save(self, commit: bool = True) -> Participation:
        """Also its booth and its sole agencies."""
        participation = self.instance
        participation.plan_minor = self.cleaned_data["plan_minor"]
        super().save(commit)
        if self.booth and not (participation.sells and participation.hall_id):
            self.booth.delete()
        else:
            place([participation], {participation.pk: self.cleaned_data["booth_number"]})
        sole_agencies.store(participation, self.cleaned_data["sole_agent_of"])
        return participation


class NewParticipationForm(ParticipationForm):
    """For a company that an organiser adds by hand."""

    state = forms.ChoiceField(label=gettext_lazy("Status"), choices=choices_of("companies", "state"))

    class Meta(ParticipationForm.Meta):
        fields = (*ParticipationForm.Meta.fields, "state")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"state": Participation.State.APPROVED}, **kwargs)
