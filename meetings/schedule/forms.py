"""What people fill in to move a meeting and to cancel one."""

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


class CancelForm(forms.Form):
    because = forms.CharField(
        label=_("Reason, shown to the other company"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Tell the other company why.")},
    )
