"""What organisers do with the companies of their fair."""

from django.db import transaction
from django.http import QueryDict

from booths.search_index import index_again
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import Company
from fairplatform.fairs.keys import give_slugs, new_key
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import load

from .page_forms import CompanyForms


@transaction.atomic
def add_company(actor: Actor, *, fair: int, data: QueryDict) -> CompanyForms:
    """The forms of a company that is new, which has been stored unless they have errors."""
    # Two that are added at once do not get the same key.
    owner = load(Fair, actor, "fair.organise", lock=True, pk=fair)
    forms = CompanyForms.of_new(owner, data)
    if forms.are_valid() and forms.company:
        give_slugs([forms.company.instance])
        added = forms.participation.instance
        added.company = forms.company.save()
        added.key = _key(added)
        forms.participation.save()
        after = {**forms.company.changes()[1], **forms.participation.changes()[1]}
        write_audit_entry(actor, "fair.organise", added, after=after)
    return forms


@transaction.atomic
def change_company(actor: Actor, *, participation: int, data: QueryDict) -> CompanyForms:
    """The forms of a company and its participation; what they change has been stored unless they have errors."""
    row = load(Participation, actor, "fair.organise", lock=True, pk=participation)
    row.company = Company.objects.select_for_update().get(pk=row.company_id)
    forms = CompanyForms.of(actor.person, row, data)
    if forms.are_valid():
        _store_changes(actor, forms)
    return forms


def _store_changes(actor: Actor, forms: CompanyForms) -> None:
    before, after = forms.participation.changes()
    if forms.company is not None:
        changed = forms.company.changes()
        before, after = before | changed[0], after | changed[1]
        if changed[1]:
            forms.company.save()
    if after:
        row = forms.participation.save()
        index_again([row.company_id])
        write_audit_entry(actor, "fair.organise", row, before=before, after=after)


def _key(participation: Participation) -> str:
    """The organiser's short name for the company, made of its address."""
    taken = set(Participation.objects.filter(fair=participation.fair_id).values_list("key", flat=True))
    return new_key([participation.company.slug], taken)
