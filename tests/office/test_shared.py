"""What the organisers of one fair can learn of, and do to, people and companies of a fair of other organisers."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import CompanyIdentifier, User
from fairplatform.fairs.models import Fair, Participation, Registration, RoleAssignment
from fairplatform.workbook.exporting import exported_rows
from tests.factories import NOW, make_buyer, make_exhibitor, make_fair, make_role, make_staff

pytestmark = pytest.mark.django_db

NUMBER = "91330784MA00000001"


@pytest.fixture
def fair() -> Fair:
    return make_fair()


@pytest.fixture
def office(client: Client, organiser: User) -> Client:
    client.force_login(organiser)
    return client


@pytest.fixture
def foreign() -> Participation:
    """A company in a fair of other organisers."""
    exhibitor = make_exhibitor(make_fair())
    for scheme, value in (("registration", NUMBER), ("tax_number", "330784-T")):
        CompanyIdentifier.objects.create(company=exhibitor.company, scheme=scheme, value=value)
    return exhibitor


@pytest.fixture
def manager(foreign: Participation) -> User:
    """Of the foreign company."""
    person = make_staff(foreign, email="manager@there.example", phone="+8613800000001", language="ur")
    Registration.objects.create(fair=foreign.fair, user=person, accepted_at=NOW)
    return person


@pytest.fixture
def invited(fair: Fair, foreign: Participation) -> Participation:
    """Its participation in this fair, to which it is only invited."""
    return Participation.objects.create(fair=fair, company=foreign.company, key="their", sells=True, state="invited")


def url(fair: Fair, route: str, *arguments: Any) -> str:
    return reverse(f"office:{route}", args=[fair.slug, *arguments])


def people_listed(office: Client, fair: Fair, **values: str) -> list[User]:
    return [row.user for row in office.get(url(fair, "people"), values).context["rows"]]


def test_staff_of_an_invited_company_are_not_people_of_the_fair(
    office: Client, fair: Fair, organiser: User, invited: Participation, manager: User
) -> None:
    assert people_listed(office, fair) == [organiser]
    assert office.get(url(fair, "person", manager.pk)).status_code == 404
    assert office.post(url(fair, "place_add", manager.pk), {"place-role": "liaison"}).status_code == 404
    assert not Registration.objects.filter(fair=fair).exists()


def test_staff_of_a_shared_company_are_people_of_the_fair_once_they_have_accepted_it(
    office: Client, fair: Fair, organiser: User, invited: Participation, manager: User
) -> None:
    Participation.objects.filter(pk=invited.pk).update(state="approved")
    assert people_listed(office, fair) == [organiser]
    Registration.objects.create(fair=fair, user=manager, accepted_at=NOW)
    assert set(people_listed(office, fair, role="manager")) == {manager}
    assert office.get(url(fair, "person", manager.pk)).status_code == 200


def test_company_of_two_fairs_of_one_organiser_has_its_staff_in_both(
    office: Client, fair: Fair, organiser: User, foreign: Participation, invited: Participation, manager: User
) -> None:
    Participation.objects.filter(pk=invited.pk).update(state="approved")
    RoleAssignment.objects.create(fair=foreign.fair, user=organiser, role="organiser")
    assert set(people_listed(office, fair)) == {organiser, manager}
    emails = {row.get("email") for row in exported_rows(fair, organiser)["people"]}
    assert emails == {organiser.email, manager.email}
    # A command has no organiser, who could have a say in the other fair.
    assert {row.get("email") for row in exported_rows(fair)["people"]} == {organiser.email}


def test_who_is_in_another_fair_gets_and_loses_nothing_here_before_they_accept(office: Client, fair: Fair) -> None:
    person = make_staff(make_buyer(fair))
    RoleAssignment.objects.create(fair=make_fair(), user=person, role="interpreter")
    name = f"staff-{person.positions.get().pk}"
    assert office.post(url(fair, "place_add", person.pk), {"place-role": "liaison"}).status_code == 409
    assert office.post(url(fair, "place_change", person.pk, name), {f"{name}-position": "buyer"}).status_code == 409
    office.post(url(fair, "place_remove", person.pk, name))
    office.post(url(fair, "person_remove", person.pk))
    assert (person.positions.get().position, person.roles.count()) == ("managing_director", 1)
    assert not Registration.objects.exists()
    own = {"person-name_en": "Zed", "person-country": "PK", "person-language": "en", "person-email": str(person.email)}
    office.post(url(fair, "person_add"), {**own, "place-role": "liaison"})
    assert Registration.objects.get(fair=fair, user=person).accepted_at is None


def test_role_of_an_organiser_without_registration_can_be_ended(office: Client, fair: Fair) -> None:
    colleague = make_role(fair, "organiser")
    RoleAssignment.objects.create(fair=make_fair(), user=colleague, role="interpreter")
    role = fair.roles.get(user=colleague)
    office.post(url(fair, "place_remove", colleague.pk, f"role-{role.pk}"))
    assert not fair.roles.filter(user=colleague).exists()


def test_an_invited_account_is_searched_filtered_and_sorted_by_its_registration_alone(
    office: Client, fair: Fair, organiser: User, manager: User
) -> None:
    User.objects.filter(pk=organiser.pk).update(name={"en": "M"})
    User.objects.filter(pk=manager.pk).update(name={"en": "Zulfiqar"})
    buyer = make_buyer(fair)
    invitation = {"role": "staff", "company": buyer.pk, "unit": None, "name": {"en": "Asked"}}
    Registration.objects.create(fair=fair, user=manager, key="asked", invitation=invitation)
    assert people_listed(office, fair) == [manager, organiser]
    found = {"q": "ask", "role": "staff", "company": str(buyer.company.name), "access": "invited"}
    assert {name: people_listed(office, fair, **{name: value}) for name, value in found.items()} == {
        name: [manager] for name in found
    }
    told = [("q", "Zulf"), ("q", "+86138"), ("language", "ur"), ("access", "without"), ("access", "unopened")]
    told += [("role", "manager")]
    assert [manager in people_listed(office, fair, **{name: value}) for name, value in told] == [False] * len(told)


@pytest.mark.parametrize("state", ["approved", "submitted", "waiting", "withdrawn"])
def test_nobody_accepts_for_an_invited_company(
    office: Client, fair: Fair, invited: Participation, manager: User, state: str
) -> None:
    office.post(url(fair, "companies_state"), {"company": invited.pk, "state": state})
    invited.refresh_from_db()
    assert (invited.state, fair.roles_of(User.objects.get(pk=manager.pk))) == ("invited", {"public", "person"})


def test_who_organises_all_fairs_of_a_company_may_approve_it(
    office: Client, fair: Fair, organiser: User, foreign: Participation, invited: Participation
) -> None:
    RoleAssignment.objects.create(fair=foreign.fair, user=organiser, role="organiser")
    office.post(url(fair, "companies_state"), {"company": invited.pk, "state": "approved"})
    invited.refresh_from_db()
    assert invited.state == "approved"
