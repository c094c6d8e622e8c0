"""What a person types to come in."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """An address and a password; the way to a new password stands beside the button, not between the two."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """What is wrong with both together is said at the field that is typed again."""
        try:
            return dict(super().clean())
        except forms.ValidationError as wrong:
            self.add_error("password", wrong)
            return self.cleaned_data


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Entry code"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}),
    )
