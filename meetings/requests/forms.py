"""Forms to request a meeting and to answer a request."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from meetings.schedule.forms import SlotForm

NOTE_LENGTH = 500


class RequestForm(SlotForm):
    note = forms.CharField(
        label=_("What you would like to discuss"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    interpreting = forms.ChoiceField(
        label=_("Interpreter"),
        choices=Meeting.Interpreting.choices,
        initial=Meeting.Interpreting.NOT_NEEDED,
        required=False,
    )

    def clean_interpreting(self) -> str:
        """Whoever says nothing needs none."""
        return self.cleaned_data["interpreting"] or Meeting.Interpreting.NOT_NEEDED


class NeedForm(forms.Form):
    """How much the requested meeting needs an interpreter."""

    interpreting = forms.ChoiceField(label=_("Interpreter"), choices=Meeting.Interpreting.choices)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Message to the other company"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
