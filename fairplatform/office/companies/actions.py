"""What organisers do with the companies of their fair."""

from booths.models import Booth, Product
from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Participation
from fairplatform.fairs.models.participation import KEY_LENGTH

from .cities import free_slug
from .company_form import CompanyForm
from .participation_form import ParticipationForm


def add_company(actor: Actor, company: CompanyForm, participation: ParticipationForm) -> Participation:
    """Stores a company that is new, from its two valid forms."""
    company.instance.slug = free_slug(company.cleaned_data["name"])
    participation.instance.company = company.save()
    participation.instance.key = _free_key(participation.instance)
    added = participation.save()
    after = {**company.changes()[1], **participation.changes()[1]}
    write_audit_entry(actor, "fair.organise", added, after=after)
    return added


def change_company(actor: Actor, company: CompanyForm | None, participation: ParticipationForm) -> Participation:
    """Stores what two valid forms change; without the first where the company belongs to other fairs too."""
    before, after = participation.changes()
    if company is not None:
        changed = company.changes()
        before, after = before | changed[0], after | changed[1]
        if changed[1]:
            company.save()
    if after:
        participation.save()
        index_again(participation.instance.company)
        write_audit_entry(actor, "fair.organise", participation.instance, before=before, after=after)
    return participation.instance


def index_again(company: Company) -> None:
    """Booths and products are found by their company's name and city."""
    for booth in Booth.objects.filter(participation__company=company).select_related("participation__company"):
        booth.save(update_fields=["search"])
    for product in Product.objects.filter(company=company).select_related("company"):
        product.save(update_fields=["search"])


def _free_key(participation: Participation) -> str:
    """The organiser's short name for the company, made of its address; empty where it is taken."""
    key = participation.company.slug[:KEY_LENGTH]
    return "" if Participation.objects.filter(fair=participation.fair_id, key=key).exists() else key
