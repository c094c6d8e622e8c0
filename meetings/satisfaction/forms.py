"""What a company says of its partner, after it has rated the meeting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Satisfaction

from .actions import Partner

ANSWERS = {"yes": _("Yes"), "no": _("No")}


class PartnerForm(forms.Form):
    right = forms.ChoiceField(
        label=_("Was this the right partner for you?"), choices=list(ANSWERS.items()), widget=forms.RadioSelect
    )
    because = forms.ChoiceField(
        label=_("If not: because"), required=False, choices=[("", "–"), *Satisfaction.Because.choices]
    )
    note = forms.CharField(
        label=_("In your words"), required=False, max_length=300, widget=forms.TextInput({"dir": "auto"})
    )

    @classmethod
    def of(cls, said: Satisfaction) -> "PartnerForm":
        right = None if said.right_partner is None else "yes" if said.right_partner else "no"
        return cls(initial={"right": right, "because": said.because, "note": said.note})

    @property
    def partner(self) -> Partner:
        values: dict[str, Any] = self.cleaned_data
        return Partner(values["right"] == "yes", values["because"], values["note"])
