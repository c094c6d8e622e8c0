"""A person's place in a fair: a position in a company, or a role of the fair itself."""

import re
from typing import Any, ClassVar, TypedDict

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from booths.search import fold
from fairplatform.accounts.models import Staff, User, Viewer
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit, RoleAssignment
from fairplatform.fairs.sharing import is_company_shared
from fairplatform.policy import Role

from ..fields import FIGURES, OWN_WORDS, ListOrWords
from ..forms import OfficeForm

IN_A_COMPANY = [("manager", gettext_lazy("Company manager")), ("staff", gettext_lazy("Company staff"))]
ROLES = [*IN_A_COMPANY, *RoleAssignment.Kind.choices]
_PAIR = re.compile(r"[a-z]{2,3}-[a-z]{2,3}")
MINUTES_A_DAY = 24 * 60


class Place(TypedDict):
    """What a registration's `invitation` holds, besides how the organiser called the person.

    `company`: key of the participation, `unit`: of the recruiting unit.
    """

    role: str
    company: int | None
    position: str
    decides: bool
    lead: bool
    unit: int | None
    language_pairs: list[str]
    max_minutes_a_day: int | None
    on_call: bool


class PairsField(forms.CharField):
    """An interpreter's language pairs: zh-ur, zh-en."""

    def __init__(self) -> None:
        super().__init__(
            label=gettext_lazy("Interprets"),
            required=False,
            max_length=120,
            widget=forms.TextInput({**FIGURES, "placeholder": "zh-ur, zh-en"}),
            help_text=gettext_lazy("Pairs of language codes, separated by commas."),
        )

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(self.prepare_value(value) or "") or ""
        return list(dict.fromkeys(filter(None, re.split(r"[\s,;，；、]+", text.lower()))))

    def validate(self, value: Any) -> None:
        if not all(_PAIR.fullmatch(pair) for pair in value):
            raise ValidationError(_("Enter pairs of language codes, with a hyphen between the two."))

    def run_validators(self, value: Any) -> None:
        """Those of a text do not apply to a list."""


def _minutes() -> forms.IntegerField:
    label = gettext_lazy("Most minutes a day")
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=MINUTES_A_DAY)


class PlaceForm(forms.Form):
    """A new place: the role decides which of the other fields it needs."""

    prefix = "place"
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=[("", "–"), *ROLES])
    company = forms.CharField(
        label=gettext_lazy("Company, by its name or key"),
        required=False,
        max_length=200,
        widget=forms.TextInput(OWN_WORDS),
    )
    position = ListOrWords(Staff.Position.choices, label=gettext_lazy("Position"))
    decides = forms.BooleanField(label=gettext_lazy("May close a deal"), required=False)
    lead = forms.BooleanField(label=gettext_lazy("Leads the company's purchasing"), required=False)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Recruiting unit"), required=False, queryset=RecruitingUnit.objects.none()
    )
    language_pairs = PairsField()
    max_minutes_a_day = _minutes()
    on_call = forms.BooleanField(label=gettext_lazy("On call"), required=False)

    def __init__(self, data: Any, *, fair: Fair, organiser: Viewer, company: Participation | None = None) -> None:
        given = {"company": company.key or str(company.company.name), "role": "staff"} if company else {}
        super().__init__(data, initial=given)
        self.fair, self.organiser = fair, organiser
        self.fields["unit"].queryset = fair.units.order_by("key", "pk")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role = cleaned.get("role")
        if role in dict(IN_A_COMPANY):
            cleaned["participation"] = self._participation(cleaned.get("company", ""))
        if role == Role.DELEGATED and not cleaned.get("unit"):
            self.add_error("unit", _("Choose the unit whose companies they look after."))
        if role == Role.INTERPRETER and not cleaned.get("language_pairs") and "language_pairs" not in self.errors:
            self.add_error("language_pairs", _("Enter the languages they interpret between."))
        return cleaned

    def _participation(self, typed: str) -> Participation | None:
        if not typed:
            self.add_error("company", _("Enter the company they work for."))
            return None
        found = _participations_called(self.fair, typed)
        if len(found) != 1:
            several = _("Several companies have this name. Enter the key of the right one.")
            self.add_error("company", several if found else _("No company of this fair has this name or key."))
            return None
        if is_company_shared(found[0].company, self.organiser):
            sentence = _("This company also takes part in a fair that you do not organise. Its staff are set there.")
            self.add_error("company", sentence)
        return found[0]

    @property
    def place(self) -> Place:
        """Of a valid form."""
        cleaned = self.cleaned_data
        participation, role = cleaned.get("participation"), cleaned["role"]
        is_interpreter = role == Role.INTERPRETER
        unit = cleaned["unit"] if role in (Role.DELEGATED, Role.LIAISON) else None
        return Place(
            role=role,
            company=participation.pk if participation else None,
            position=cleaned["position"] if participation else "",
            decides=cleaned["decides"] and participation is not None,
            lead=cleaned["lead"] and participation is not None,
            unit=unit.pk if unit else None,
            language_pairs=cleaned["language_pairs"] if is_interpreter else [],
            max_minutes_a_day=cleaned["max_minutes_a_day"] if is_interpreter else None,
            on_call=cleaned["on_call"] and is_interpreter,
        )


class StaffForm(OfficeForm[Staff]):
    """A position that a person has already."""

    in_own_words = ("position",)
    position = ListOrWords(Staff.Position.choices, label=gettext_lazy("Position"))

    class Meta:
        model = Staff
        fields = ("position", "decides", "is_lead", "is_manager")
        labels: ClassVar[dict[str, Any]] = {
            "decides": gettext_lazy("May close a deal"),
            "is_lead": gettext_lazy("Leads the company's purchasing"),
            "is_manager": gettext_lazy("Company manager"),
        }
        help_texts: ClassVar[dict[str, str]] = dict.fromkeys(fields, "")


class RoleForm(OfficeForm[RoleAssignment]):
    """A role that a person has already; of an interpreter also their languages and hours."""

    language_pairs = PairsField()
    max_minutes_a_day = _minutes()

    class Meta:
        model = RoleAssignment
        fields = ("unit", "language_pairs", "max_minutes_a_day", "on_call")
        labels: ClassVar[dict[str, Any]] = {
            "unit": gettext_lazy("Recruiting unit"),
            "on_call": gettext_lazy("On call"),
        }
        help_texts: ClassVar[dict[str, str]] = dict.fromkeys(fields, "")

    def __init__(self, *args: Any, instance: RoleAssignment, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["unit"].queryset = instance.fair.units.order_by("key", "pk")  # type: ignore[attr-defined]
        self.fields["unit"].required = instance.role == Role.DELEGATED
        needed = {
            Role.INTERPRETER: {"language_pairs", "max_minutes_a_day", "on_call"},
            Role.DELEGATED: {"unit"},
            Role.LIAISON: {"unit"},
        }
        for name in self._names():
            if name not in needed.get(Role(instance.role), set()):
                del self.fields[name]


def has_place(fair: Fair, user: User, place: Place) -> bool:
    """Whether the person has this place already."""
    if place["company"]:
        return Staff.objects.filter(user=user, company__participations=place["company"]).exists()
    return RoleAssignment.objects.filter(fair=fair, user=user, role=place["role"], unit=place["unit"]).exists()


def _participations_called(fair: Fair, typed: str) -> list[Participation]:
    """The company with this key, else those with this name in any language."""
    rows = fair.participations.select_related("company")
    with_key = rows.filter(key=typed) if typed else rows.none()
    if with_key:
        return list(with_key)
    sought = fold(typed)
    return [row for row in rows if sought in {fold(name) for name in row.company.name.values()}]
