"""The two forms on the page of a company: the company itself, and its participation in the fair."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from fairplatform.accounts.models import Company, Viewer
from fairplatform.fairs.models import Fair, Participation
from fairplatform.fairs.sharing import Elsewhere

from .company_form import CompanyForm
from .participation_form import NewParticipationForm, ParticipationForm


@dataclass(frozen=True)
class CompanyForms:
    """`company` is None where it belongs to fairs of other organisers too: it can only be read then."""

    company: CompanyForm | None
    participation: ParticipationForm

    @classmethod
    def of(cls, organiser: Viewer, participation: Participation, data: QueryDict | None = None) -> "CompanyForms":
        company, own = participation.company, ParticipationForm(data, instance=participation)
        if Elsewhere.of(organiser.pk).has(company):
            return cls(None, own)
        return cls(CompanyForm(data, fair=participation.fair, instance=company), own)

    @classmethod
    def of_new(cls, fair: Fair, data: QueryDict | None = None) -> "CompanyForms":
        company = CompanyForm(data, fair=fair, instance=Company())
        country = company["country"].value() or fair.host_country
        return cls(company, NewParticipationForm(data, instance=Participation(fair=fair), country=country))

    def __iter__(self) -> Iterator[CompanyForm | ParticipationForm]:
        yield from (form for form in (self.company, self.participation) if form is not None)

    def are_valid(self) -> bool:
        """Checks both, so that each shows what is wrong in it."""
        valid = [form.is_valid() for form in self]
        return all(valid)
