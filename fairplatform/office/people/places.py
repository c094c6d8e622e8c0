"""A person's place in a fair: a position in a company, or a role of the fair itself."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairplatform.accounts.models import Staff, User, Viewer
from fairplatform.fairs.models import (
    FIELDS_OF_ROLE,
    CompanyRole,
    Fair,
    Invitation,
    Participation,
    RecruitingUnit,
    RoleAssignment,
)
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.i18n.text import fold
from fairplatform.policy import Role

from ..fields import KindField, ListOrWords, kind_of
from ..forms import OfficeForm

ROLES = [*CompanyRole.choices, *RoleAssignment.Kind.choices]


def _pairs() -> KindField:
    help_text = gettext_lazy("Pairs of language codes, separated by commas, for example zh-ur, zh-en.")
    kind = kind_of("people", "interprets")
    return KindField(kind, label=gettext_lazy("Interprets"), required=False, help_text=help_text)


def _minutes() -> KindField:
    return KindField(
        kind_of("people", "max_minutes_a_day"), label=gettext_lazy("Maximum minutes a day"), required=False
    )


class PlaceForm(forms.Form):
    """A new place: the role decides which of the other fields it needs."""

    prefix = "place"
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=[("", gettext_lazy("Not chosen")), *ROLES])
    company = KindField(kind_of("people", "company"), label=gettext_lazy("Company, by its name or key"), required=False)
    position = ListOrWords(kind_of("people", "position"), label=gettext_lazy("Position"))
    decides = forms.BooleanField(label=gettext_lazy("May close a deal"), required=False)
    lead = forms.BooleanField(label=gettext_lazy("Leads the company's purchasing"), required=False)
    unit = forms.ModelChoiceField(
        label=gettext_lazy("Recruiting unit"),
        required=False,
        queryset=RecruitingUnit.objects.none(),
        empty_label=gettext_lazy("Not chosen"),
    )
    language_pairs = _pairs()
    max_minutes_a_day = _minutes()
    on_call = forms.BooleanField(label=gettext_lazy("On-call interpreter"), required=False)

    def __init__(self, data: Any, *, fair: Fair, organiser: Viewer, company: Participation | None = None) -> None:
        given = {"company": _called(fair, company), "role": "staff"} if company and data is None else {}
        super().__init__(data, initial=given)
        self.fair, self.organiser = fair, organiser
        self.fields["unit"].queryset = fair.units.order_by("key", "pk")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        role = cleaned.get("role")
        if role in CompanyRole.values:
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
        if Elsewhere.of(self.organiser.pk).has(found[0].company):
            sentence = _(
                "This company also takes part in a fair that you do not organise. Its staff are managed there."
            )
            self.add_error("company", sentence)
        return found[0]

    @property
    def offer(self) -> Invitation:
        """Of a valid form: the role with those of the fields that it has."""
        cleaned = self.cleaned_data
        particulars = cleaned | {"company": _key(cleaned.get("participation")), "unit": _key(cleaned["unit"])}
        own = FIELDS_OF_ROLE.get(cleaned["role"], frozenset())
        return Invitation(
            role=cleaned["role"], invited_by=self.organiser.pk, **{name: particulars[name] for name in own}
        )


class StaffForm(OfficeForm[Staff]):
    """A position that a person has already."""

    position = ListOrWords(kind_of("people", "position"), label=gettext_lazy("Position"))

    class Meta:
        model = Staff
        fields: tuple[str, ...] = ("position", "decides", "is_lead", "is_manager")
        labels: ClassVar[dict[str, Any]] = {
            "decides": gettext_lazy("May close a deal"),
            "is_lead": gettext_lazy("Leads the company's purchasing"),
            "is_manager": gettext_lazy("Company manager"),
        }
        help_texts: ClassVar[dict[str, Any]] = dict.fromkeys(fields, "")


class RoleForm(OfficeForm[RoleAssignment]):
    """A role that a person has already; of an interpreter also their languages and hours."""

    language_pairs = _pairs()
    max_minutes_a_day = _minutes()

    class Meta:
        model = RoleAssignment
        fields = ("unit", "language_pairs", "max_minutes_a_day", "on_call")
        labels: ClassVar[dict[str, Any]] = {
            "unit": gettext_lazy("Recruiting unit"),
            "on_call": gettext_lazy("On-call interpreter"),
        }
        help_texts: ClassVar[dict[str, str]] = dict.fromkeys(fields, "")

    def __init__(self, *args: Any, instance: RoleAssignment, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["unit"].queryset = instance.fair.units.order_by("key", "pk")  # type: ignore[attr-defined]
        self.fields["unit"].required = instance.role == Role.DELEGATED
        for name in set(self._names()) - FIELDS_OF_ROLE.get(instance.role, frozenset()):
            del self.fields[name]


def has_place(fair: Fair, user: User, offer: Invitation) -> bool:
    """Whether the person has this position or role already."""
    if offer.company:
        return Staff.objects.filter(user=user, company__participations=offer.company).exists()
    return RoleAssignment.objects.filter(fair=fair, user=user, role=offer.role, unit=offer.unit).exists()


def _key(row: Participation | RecruitingUnit | None) -> int | None:
    return row.pk if row else None


def _called(fair: Fair, company: Participation) -> str:
    """The company's name where it is the only one of the fair with it, else its key."""
    name = str(company.company.name)
    return name if _participations_called(fair, name) == [company] else company.key or name


def _participations_called(fair: Fair, typed: str) -> list[Participation]:
    """The company with this key, else those with this name in any language."""
    rows = fair.participations.select_related("company")
    with_key = rows.filter(key=typed) if typed else rows.none()
    if with_key:
        return list(with_key)
    sought = fold(typed)
    return [row for row in rows if sought in {fold(name) for name in row.company.name.values()}]
