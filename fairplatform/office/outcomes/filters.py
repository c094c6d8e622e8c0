"""The filters above the lists of what came of the meetings."""

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from fairplatform.fairs.models import Fair
from meetings.models import Satisfaction
from meetings.owed.queries import Open

from ..matchmaking.filters import CompaniesFilter

PARTNERS = {"yes": _("Right partner"), "no": _("Wrong partner"), "unsaid": _("Not answered")}


class SatisfactionFilter(CompaniesFilter):
    """By the company that answered, and what it said."""

    rating = forms.ChoiceField(required=False, label=_("Rating"))
    partner = forms.ChoiceField(required=False, label=_("Right partner?"))

    def __init__(self, values: MultiValueDict[str, str], fair: Fair) -> None:
        ratings = [(str(number), f"{number} · {words}") for number, words in Satisfaction.Rating.choices]
        super().__init__(values, fair, rating=ratings, partner=list(PARTNERS.items()))


class OwedFilter(CompaniesFilter):
    """By the company that owes an outcome, and how that is open."""

    state = forms.ChoiceField(required=False, label=_("Outcome"))

    def __init__(self, values: MultiValueDict[str, str], fair: Fair) -> None:
        super().__init__(values, fair, state=Open.choices)
