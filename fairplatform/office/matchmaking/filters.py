"""The filters above the lists of pairs and of wishes."""

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from booths.forms import Filter
from fairplatform.fairs.models import Fair, Preference
from meetings.models import MatchedPair

ORIGINS = {
    MatchedPair.Origin.PAIR: _("Set by the organisers"),
    MatchedPair.Origin.MUST: _("Must meet"),
    MatchedPair.Origin.SCORE: _("Suit each other"),
}


class CompaniesFilter(Filter):
    """By one of the companies of a row."""

    q = forms.CharField(required=False, max_length=100, label=_("Company: name, key or number"))
    unit = forms.ChoiceField(required=False, label=_("Recruiting unit"))

    def __init__(self, values: MultiValueDict[str, str], fair: Fair, **choices: object) -> None:
        units = [(str(unit.pk), str(unit.name)) for unit in fair.units.order_by("key", "pk")]
        super().__init__(values, unit=units, **choices)  # type: ignore[arg-type]


class PairFilter(CompaniesFilter):
    SORTS = [("", _("Exhibitor")), ("buyer", _("Buyer")), ("best", _("Best match first"))]

    hall = forms.ChoiceField(required=False, label=_("Hall"))
    origin = forms.ChoiceField(required=False, label=_("Why they meet"))
    sort = forms.ChoiceField(required=False, label=_("Sort by"), choices=SORTS)

    def __init__(self, values: MultiValueDict[str, str], fair: Fair) -> None:
        halls = [(str(hall.number), f"{hall.number} · {hall.name}") for hall in fair.halls.all()]
        super().__init__(values, fair, hall=halls, origin=list(ORIGINS.items()))


class WishFilter(CompaniesFilter):
    wish = forms.ChoiceField(required=False, label=_("Wish"))

    def __init__(self, values: MultiValueDict[str, str], fair: Fair) -> None:
        super().__init__(values, fair, wish=Preference.Wish.choices)
