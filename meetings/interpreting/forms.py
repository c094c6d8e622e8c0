"""The forms to choose an interpreter, to say how much one is needed, and to enter a break."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import User
from fairplatform.i18n.text import current_language
from fairplatform.i18n.times import format_day
from meetings.models import Meeting

from .roster import Roster


class InterpreterForm(forms.Form):
    """One of those who can, by key; 0: nobody, but somebody on call."""

    interpreter = forms.TypedChoiceField(
        label=_("Interpreter"),
        coerce=int,
        error_messages={
            "required": _("Choose an interpreter."),
            "invalid_choice": _("This interpreter can no longer take the meeting. Choose another."),
        },
    )

    def __init__(self, *args: Any, able: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(0, "0"), *((user.pk, str(user.pk)) for user in able)]
        self.fields["interpreter"].choices = choices  # type: ignore[attr-defined]


class NeedForm(forms.Form):
    interpreting = forms.ChoiceField(
        label=_("Interpreter"), choices=Meeting.Interpreting.choices, widget=forms.RadioSelect
    )


class BreakForm(forms.Form):
    """A part of a day in which somebody interprets nothing; it is sent to the page of absences, which checks it."""

    use_required_attribute = False
    who = forms.CharField(widget=forms.HiddenInput)
    back = forms.CharField(widget=forms.HiddenInput)
    date = forms.ChoiceField(label=_("Day"))
    from_time = forms.TimeField(label=_("From"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    until_time = forms.TimeField(label=_("Until"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))

    def __init__(self, roster: Roster, back: str) -> None:
        super().__init__(initial={"who": f"person-{roster.user.pk}", "back": back}, auto_id="break_%s")
        self.fields["date"].choices = [  # type: ignore[attr-defined]
            (one.day.date.isoformat(), format_day(one.day.date, current_language())) for one in roster.days
        ]
