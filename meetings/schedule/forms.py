"""Forms to choose a slot and to cancel a meeting."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairplatform.fairs.models import Slot


class SlotForm(forms.Form):
    """A choice among slots that are free for both companies now."""

    slot = forms.TypedChoiceField(
        label=_("Time"),
        coerce=int,
        error_messages={
            "required": _("Choose a time."),
            # A slot that is no longer among the choices was free when the page was rendered.
            "invalid_choice": _("That time has just been taken. Choose another."),
        },
    )

    def __init__(self, *args: Any, slots: Sequence[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].choices = [(slot.pk, str(slot.number)) for slot in slots]  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    because = forms.CharField(
        label=_("Reason (visible to the other company)"),
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": _("Enter a reason. The other company will see it.")},
    )
