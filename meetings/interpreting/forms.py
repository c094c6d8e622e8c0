"""The form to choose an interpreter."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import User


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
