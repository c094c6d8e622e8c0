"""The filter of the people whose access an organiser looks after, and what is to be done with those chosen."""

from typing import Any

from django import forms
from django.db.models import QuerySet, TextChoices
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from fairplatform.fairs.models import Fair, Registration

from ..people.filters import PeopleFilter
from .queries import LetterState, LinkState


class LinkFilter(PeopleFilter):
    state = forms.ChoiceField(label=_("Link status"), required=False)
    letter = forms.ChoiceField(label=_("Email status"), required=False)

    def __init__(self, values: MultiValueDict[str, str], fair: Fair) -> None:
        super().__init__(values, fair, state=LinkState.choices, letter=LetterState.choices)


class Medium(TextChoices):
    """How new links are handed out."""

    CARDS = "cards", _("Print cards")
    LIST = "list", _("Print a list for each unit")
    MESSAGES = "messages", _("Copy messages")
    LETTERS = "letters", _("Send emails")


class ChosenForm(forms.Form):
    """Whose access: the people ticked, or everyone whom the filter finds, or one alone by their own button."""

    # A person's own button names none.
    medium = forms.ChoiceField(choices=Medium.choices, required=False)
    people = forms.TypedMultipleChoiceField(required=False, coerce=int)
    everyone = forms.BooleanField(required=False)
    only: forms.ModelChoiceField[Registration] = forms.ModelChoiceField(None, required=False)

    def __init__(self, *args: Any, found: "QuerySet[Registration]", fair: Fair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        self.own = Registration.objects.filter(fair=fair)
        self.fields["only"].queryset = self.own  # type: ignore[attr-defined]
        self.fields["people"].choices = [(pk, pk) for pk in self.own.values_list("pk", flat=True)]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> list[int]:
        """Keys of registrations."""
        if only := self.cleaned_data["only"]:
            return [only.pk]
        if self.cleaned_data["everyone"]:
            return list(self.found.values_list("pk", flat=True))
        return list(self.cleaned_data["people"])
