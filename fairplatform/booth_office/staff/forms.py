"""The forms of the people of a company: their account, their position there, and what staff change of themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from booths.models import Booth
from fairplatform.accounts.models import Staff, User
from fairplatform.fairs.models import CompanyRole, Fair, Invitation
from fairplatform.fairs.spoken import spoken_languages
from fairplatform.office.forms import OfficeForm
from fairplatform.office.people.forms import AccountForm
from fairplatform.office.people.places import StaffForm
from fairplatform.workbook.written import language_of, of_account

from .colleague import Colleague


class ColleagueForm(AccountForm):
    """The account of somebody of the company. Who has come in keeps the address that they come in by."""

    class Meta(AccountForm.Meta):
        fields = ("name", "salutation", "email", "phone", "language", "speaks", "country", "zone")

    def prepare(self) -> None:
        super().prepare()
        if self.instance.has_come_in and not self.instance._state.adding:
            del self.fields["email"]

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        yield pgettext("of a person", "Name"), [self[name] for name in ("name", "salutation")]
        yield _("Contact"), [self[name] for name in ("email", "phone") if name in self.fields]
        yield _("Languages and place"), list(self.with_questions("language", "speaks", "country", "zone"))


class PositionForm(StaffForm):
    """A position in the company, for its managers."""

    prefix = "position"

    class Meta(StaffForm.Meta):
        fields = ("position", "decides", "is_manager")
        help_texts: ClassVar[dict[str, Any]] = {
            "decides": "",
            "is_manager": gettext_lazy("Managers can add people, make them managers and remove them from the company."),
        }

    def offer(self, booth: Booth, manager: int) -> Invitation:
        """Of a valid form: what it says, for whoever is to have the position. `manager`: who gives it, by their key."""
        role = CompanyRole.MANAGER if self.cleaned_data["is_manager"] else CompanyRole.STAFF
        position, decides = self.cleaned_data["position"], self.cleaned_data["decides"]
        return Invitation(
            role=role, company=booth.participation_id, position=position, decides=decides, manager=manager
        )


class OwnPositionForm(StaffForm):
    """What everybody of the company may say of their own position."""

    prefix = "position"

    class Meta(StaffForm.Meta):
        fields = ("position",)


class LanguagesForm(OfficeForm[User]):
    """The languages that one can be spoken to in."""

    prefix = "person"
    speaks = forms.MultipleChoiceField(
        label=gettext_lazy("Languages you speak"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = User
        fields = ("speaks",)

    def __init__(self, *args: Any, fair: Fair, instance: User, **kwargs: Any) -> None:
        super().__init__(*args, instance=instance, **kwargs)
        self.fields["speaks"].choices = spoken_languages(fair, instance.speaks)  # type: ignore[attr-defined]

    def sections(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        yield _("Languages"), [self["speaks"]]


@dataclass(frozen=True)
class NewColleagueForms:
    """The forms of somebody who is to be added, most probably from where the company is."""

    person: ColleagueForm
    position: PositionForm

    @classmethod
    def of(cls, booth: Booth, data: QueryDict | None = None) -> "NewColleagueForms":
        company = booth.participation.company
        user = User(country=company.country, language=of_account(language_of(company.country)))
        person = ColleagueForm(data, fair=booth.fair, instance=user)
        return cls(person, PositionForm(data, instance=Staff(company=company)))

    def are_valid(self) -> bool:
        """Checks both, so that each shows what is wrong in it."""
        return self.person.is_valid() & self.position.is_valid()


@dataclass(frozen=True)
class ColleagueForms:
    """The forms of one person, sent together. None: not for this reader to change."""

    person: ColleagueForm | LanguagesForm | None
    position: PositionForm | OwnPositionForm | None

    @classmethod
    def of(cls, colleague: Colleague, *, is_manager: bool, is_self: bool, data: QueryDict | None) -> "ColleagueForms":
        """Managers change positions, and the accounts that are the company's; everybody their own languages."""
        user, fair = colleague.user, colleague.booth.fair
        person: ColleagueForm | LanguagesForm | None = None
        if is_manager and colleague.is_of_company_alone:
            person = ColleagueForm(data, fair=fair, instance=user)
        elif is_self:
            person = LanguagesForm(data, fair=fair, instance=user)
        if is_manager:
            return cls(person, PositionForm(data, instance=colleague.staff))
        return cls(person, OwnPositionForm(data, instance=colleague.staff) if is_self else None)

    def __iter__(self) -> Iterator[OfficeForm[Any]]:
        yield from (form for form in (self.person, self.position) if form is not None)

    def are_valid(self) -> bool:
        """Checks both, so that each shows what is wrong in it."""
        return not [form for form in self if not form.is_valid()]
