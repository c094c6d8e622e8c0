"""What people write in a brief."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fairplatform.i18n.forms import TranslatedFormField
from fairplatform.i18n.text import visible

from .actions import Words
from .queries import Brief

# So much fits on the page beside the figures, in two languages.
LINES, LONGEST = 3, 200


class LinesField(forms.CharField):
    """A few short lines, without blank ones."""

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> str:
        lines = [line.strip() for line in visible(str(super().clean(value))).splitlines() if line.strip()]
        if len(lines) > LINES or any(len(line) > LONGEST for line in lines):
            raise forms.ValidationError(
                _("Enter up to %(most)s points of up to %(characters)s characters each."),
                params={"most": LINES, "characters": LONGEST},
            )
        return "\n".join(lines)


class BriefForm(forms.Form):
    stories = TranslatedFormField(
        label=_("Best stories of the day"),
        help_text=_("Up to three points, each in a new row. Name no amount that a company hides."),
        lines=LINES,
        part=LinesField,
        required=False,
    )
    problems = TranslatedFormField(
        label=_("Problems"),
        help_text=_("Up to three points, each in a new row: what went wrong, and what is done about it."),
        lines=LINES,
        part=LinesField,
        required=False,
    )

    @classmethod
    def of(cls, brief: Brief) -> "BriefForm":
        return cls(initial={"stories": brief.stories, "problems": brief.problems})

    @property
    def words(self) -> Words:
        return Words(self.cleaned_data["stories"], self.cleaned_data["problems"])


class ApprovalForm(forms.Form):
    """`early`: the person knows that the day is not over."""

    early = forms.BooleanField(label=_("Approve it although the day is not over"), required=False)
