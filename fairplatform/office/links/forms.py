"""The filter of the people whose access an organiser looks after, and what is to be done with those chosen."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from fairplatform.fairs.invitations import CompanyRole
from fairplatform.fairs.models import Fair, RecruitingUnit, Registration, RoleAssignment

from .queries import LinkState, in_state, people, with_role, with_unit, with_words

ANY = ("", _("Any"))


class PeopleFilter(forms.Form):
    """Read from the address of the page; an invalid value narrows nothing."""

    q = forms.CharField(label=_("Name, company, email or mobile number"), required=False, max_length=80)
    unit: forms.ModelChoiceField[RecruitingUnit] = forms.ModelChoiceField(
        None, label=_("Recruiting unit"), required=False, empty_label=_("Any")
    )
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[ANY, *CompanyRole.choices, *RoleAssignment.Kind.choices]
    )
    state = forms.ChoiceField(label=_("Access status"), required=False, choices=[ANY, *LinkState.choices])

    def __init__(self, *args: Any, fair: Fair, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fair = fair
        self.fields["unit"].queryset = fair.units.order_by("pk")  # type: ignore[attr-defined]
        self.fields["q"].widget.attrs["dir"] = "auto"

    @property
    def given(self) -> dict[str, Any]:
        """The valid values that narrow the list."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def query(self) -> dict[str, str]:
        """The same for an address."""
        return {name: str(getattr(value, "pk", value)) for name, value in self.given.items()}

    def people(self, now: datetime) -> "QuerySet[Registration]":
        rows, given = people(self.fair, now), self.given
        for name, condition in (("q", with_words), ("unit", with_unit), ("role", with_role)):
            if name in given:
                rows = rows.filter(condition(self.fair, given[name]))
        return in_state(rows, given["state"]) if "state" in given else rows


class Medium(TextChoices):
    """How new links are handed out."""

    CARDS = "cards", _("Cards to print")
    LIST = "list", _("List for each unit to print")
    MESSAGES = "messages", _("Messages to copy")
    LETTERS = "letters", _("Emails")


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
