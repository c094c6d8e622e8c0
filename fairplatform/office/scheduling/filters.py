"""The filters above the pairs that have no time."""

from collections.abc import Sequence

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booths.forms import Filter


class NotPlacedFilter(Filter):
    q = forms.CharField(required=False, max_length=100, label=_("Name, number or contact"))
    reason = forms.ChoiceField(required=False, label=_("Reason"))

    def __init__(self, values: MultiValueDict[str, str], reasons: Sequence[tuple[str, Promise, int]]) -> None:
        super().__init__(values, reason=[(code, str(text)) for code, text, _number in reasons])
