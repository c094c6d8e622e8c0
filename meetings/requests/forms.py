"""Forms to request a meeting and to answer a request."""

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.schedule.forms import SlotForm

NOTE_LENGTH = 500


class RequestForm(SlotForm):
    note = forms.CharField(
        label=_("What you would like to discuss"),
        max_length=NOTE_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    needs_interpreter = forms.BooleanField(label=_("We need an interpreter"), required=False)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("Message to the other company"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
