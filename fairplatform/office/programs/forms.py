"""What an organiser says of a new token."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from ..fields import OWN_WORDS

DAYS = (7, 30, 90, 365)


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What it is for"),
        max_length=80,
        help_text=_("So that you know which one to revoke, for example: weekly report."),
        widget=forms.TextInput(OWN_WORDS),
    )
    days = forms.TypedChoiceField(label=_("Valid for"), coerce=int, initial=30)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sentence = ngettext_lazy("%(count)s day", "%(count)s days", "count")
        self.fields["days"].choices = [(days, sentence % {"count": days}) for days in DAYS]  # type: ignore[attr-defined]
