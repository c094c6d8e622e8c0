"""The companies and their participations, the people and their roles in the fair."""

from datetime import timedelta

from django.contrib.auth.hashers import make_password

from fairplatform.accounts.models import Company, CompanyIdentifier, Staff, User
from fairplatform.fairs.models import Hall, Participation, RecruitingUnit, RoleAssignment

from ..content.halls import HALL
from ..plan.entities import DemoCompany, DemoPerson
from . import vocabulary
from .rows import LoaderRun

VERIFIED_BEFORE = timedelta(days=20)
MANAGERS = frozenset({"exhibitor_manager", "buyer_lead"})


def load_companies(run: LoaderRun) -> None:
    """Companies and their participations."""
    new = run.rows.missing(Company, run.plan.companies)
    run.rows.add(Company, {firm.key: _company(run, firm) for firm in new})
    CompanyIdentifier.objects.bulk_create(_registration(run, firm) for firm in new)
    run.rows.add(Participation, {firm.key: _participation(run, firm) for firm in new})


def load_people(run: LoaderRun) -> None:
    """People, without a password as a visitor signs in with one click, and their positions or roles."""
    new = run.rows.missing(User, run.plan.people)
    run.rows.add(User, {person.key: _user(person) for person in new})
    Staff.objects.bulk_create(_staff(run, person) for person in new if person.company)
    RoleAssignment.objects.bulk_create(_role(run, person) for person in new if not person.company)


def wanted_headings(firm: DemoCompany) -> list[str]:
    """The HS headings a buyer looks for: those of the halls it looks in. Empty for an exhibitor."""
    return sorted({heading for hall in firm.interests for heading in HALL[hall].headings})


def _company(run: LoaderRun, firm: DemoCompany) -> Company:
    return Company(
        name=firm.name,
        slug=firm.key,
        tagline=firm.tagline,
        story=firm.story,
        kind=vocabulary.KINDS_OF_BUYER[firm.kind] if firm.role == "buyer" else firm.kind,
        country=firm.city.country,
        city=firm.city.key,
        address=firm.address,
        founded=firm.founded,
        is_new_to_partner_country=firm.new_to_pakistan,
        verified_at=run.now - VERIFIED_BEFORE if firm.verified else None,
        is_demo=True,
    )


def _registration(run: LoaderRun, firm: DemoCompany) -> CompanyIdentifier:
    return CompanyIdentifier(
        company_id=run.rows.ids(Company)[firm.key],
        scheme=CompanyIdentifier.Scheme.REGISTRATION,
        value=firm.registration,
    )


def _participation(run: LoaderRun, firm: DemoCompany) -> Participation:
    sells = firm.role == "exhibitor"
    return Participation(
        fair=run.fair,
        company_id=run.rows.ids(Company)[firm.key],
        unit_id=run.rows.ids(RecruitingUnit).get(firm.unit or ""),
        sells=sells,
        buys=not sells,
        hall_id=run.rows.ids(Hall).get(firm.hall or ""),
        wants=wanted_headings(firm),
        state=Participation.State.APPROVED,
    )


def _user(person: DemoPerson) -> User:
    return User(
        email=person.email,
        password=make_password(None),
        phone=person.phone,
        name=person.name,
        salutation=person.salutation,
        language=person.language,
        country=person.country,
        speaks=list(person.speaks),
        is_demo=True,
    )


def _staff(run: LoaderRun, person: DemoPerson) -> Staff:
    return Staff(
        company_id=run.rows.ids(Company)[person.company or ""],
        user_id=run.rows.ids(User)[person.key],
        position=vocabulary.POSITIONS.get(person.position, person.position),
        is_manager=person.role in MANAGERS,
        is_lead=person.role == "buyer_lead",
    )


def _role(run: LoaderRun, person: DemoPerson) -> RoleAssignment:
    return RoleAssignment(
        fair=run.fair,
        user_id=run.rows.ids(User)[person.key],
        role=vocabulary.ROLES[person.role],
        unit_id=run.rows.ids(RecruitingUnit).get(person.unit or ""),
        language_pairs=[person.interprets] if person.interprets else [],
        on_call=person.on_call,
    )
