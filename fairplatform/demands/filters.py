"""The filters above the demands of a fair, for its exhibitors."""

from typing import Any, cast

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from booths import hs_codes
from booths.filter_fields import ANY, EnglishSelect, HeadingSelect, TypedNumber
from booths.models import Unit
from fairplatform.fairs.models import Cooperation

from .filter_values import DemandFilterValues


class DemandFilter(forms.Form):
    """A bound form whose valid values are in `values`; an invalid one has an error beside its field and is left out."""

    use_required_attribute = False

    show = forms.ChoiceField(
        required=False,
        label=_("Show"),
        choices=[("", _("Demands that match us")), ("all", _("All demands of the fair"))],
    )
    q = forms.CharField(required=False, max_length=100, label=_("Words or HS code"))
    heading = forms.ChoiceField(required=False, label=_("HS heading"), widget=HeadingSelect)
    kind = forms.ChoiceField(required=False, label=_("Type of cooperation"), choices=[ANY, *Cooperation.choices])
    certificate = forms.ChoiceField(required=False, label=_("Certificate"), widget=EnglishSelect)
    country = forms.ChoiceField(required=False, label=_("Country"))
    quantity = TypedNumber(label=_("Minimum quantity"))
    unit = forms.ChoiceField(required=False, label=_("Unit"), choices=[ANY, *Unit.choices])
    until = forms.DateField(
        required=False, label=_("Deadline until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    unanswered = forms.BooleanField(required=False, label=_("Without quotes yet"))

    def __init__(
        self,
        data: MultiValueDict[str, str],
        *,
        headings: list[str],
        certificates: list[str],
        countries: list[tuple[str, str]],
    ) -> None:
        super().__init__(data)
        titled = [(code, f"{code} · {hs_codes.short_title(code)}") for code in headings]
        self.fields["heading"].choices = [ANY, *titled]  # type: ignore[attr-defined]
        self.fields["certificate"].choices = [ANY, *((name, name) for name in certificates)]  # type: ignore[attr-defined]
        self.fields["country"].choices = [ANY, *countries]  # type: ignore[attr-defined]
        self.is_valid()
        self.values = cast("DemandFilterValues", {name: value for name, value in self.cleaned_data.items() if value})

    @property
    def is_used(self) -> bool:
        return bool(self.values) or bool(self.errors)

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the choice of all demands is asked for."""
        return bool(self.values.keys() - {"show"}) or bool(self.errors)

    @property
    def query(self) -> dict[str, Any]:
        """The values as they stand in an address."""
        return {name: "on" if value is True else value for name, value in self.values.items()}
