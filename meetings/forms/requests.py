"""What people fill in to ask for a meeting, to answer, to move and to cancel one."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairplatform.fairs.models import Slot


class SlotForm(forms.Form):
    """One of the slots that were free for both when the page was made."""

    slot = forms.TypedChoiceField(
        label=_("Time"),
        coerce=int,
        error_messages={
            "required": _("Choose a time."),
            # A slot that is no longer offered was free when the page was made.
            "invalid_choice": _("That time has just been taken. Please choose another."),
        },
    )

    def __init__(self, *args: Any, slots: Sequence[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = [(slot.pk, str(slot.number)) for slot in slots]  # type: ignore[attr-defined]


class RequestForm(SlotForm):
    note = forms.CharField(
        label=_("What you would like to talk about"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    needs_interpreter = forms.BooleanField(label=_("We need an interpreter"), required=False)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        label=_("A word to the other company"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )


class CancelForm(forms.Form):
    because = forms.CharField(
        label=_("Reason, shown to the other company"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Tell the other company why.")},
    )
