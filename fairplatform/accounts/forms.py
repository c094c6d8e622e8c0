"""The forms for signing in."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """E-mail address and password. The link to a new password is beside the button, not between the fields."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """An error that concerns both fields is shown at the password, which has to be typed again."""
        try:
            return dict(super().clean())  # type: ignore[no-untyped-call]
        except forms.ValidationError as wrong:
            self.add_error("password", wrong)
            return self.cleaned_data


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Entry code"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}),
    )
