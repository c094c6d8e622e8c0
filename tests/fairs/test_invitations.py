"""Accepting an invitation gives no position in a company that other fairs have too, and ends earlier ways in."""

from typing import Any

import pytest
from django.contrib.auth import get_user
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fairplatform.accounts.models import Company, CompanyIdentifier, PersonalLink, Staff, User
from fairplatform.fairs.models import Fair, Participation, Registration
from fairplatform.workbook.importing import import_workbook
from tests.factories import NOW, actor, make_exhibitor, make_fair, make_person, make_role
from tests.workbook.whole_fair import Sheets, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.fairs.invitations")]

NUMBER = "91330784MA00000001"
ADDS_ITS_OWN = "This company adds its own people. Ask its manager to add you."
ENDED = "Your earlier links, passwords and other sessions have ended. Choose a new password to sign in."


def invited(fair: Fair, company: Participation, inviter: User | None = None, role: str = "manager") -> Registration:
    offer = {"role": role, "company": company.pk, "invited_by": inviter and inviter.pk}
    return Registration.objects.create(fair=fair, user=make_person(), invitation=offer)


def here_too(fair: Fair, company: Company, state: str = "approved") -> Participation:
    return Participation.objects.create(fair=fair, company=company, sells=True, state=state)


def accept(registration: Registration) -> list[str]:
    """Accepts on the page, and returns what the next one says."""
    client = Client()
    client.force_login(registration.user)
    address = reverse("pages:registration", args=[registration.fair.slug])
    answered: Any = client.post(address, {"purpose": "on"})
    assert answered.status_code == 302
    registration.refresh_from_db()
    assert registration.accepted_at is not None
    saved, ended, *more = [str(message) for message in get_messages(answered.wsgi_request)]
    assert [saved, ended] == ["Your answer has been saved.", ENDED]
    return more


def test_a_workbook_puts_nobody_into_a_company_of_another_fair() -> None:
    elsewhere, fair = make_exhibitor(make_fair()), make_fair()
    CompanyIdentifier.objects.create(company=elsewhere.company, scheme="registration", value=NUMBER)
    name = elsewhere.company.name["en"]
    company = {"key": "their", "name_en": name, "country": "CN", "city_en": "Yongkang", "sells": True, "hall": 1}
    person = {"key": "p", "name_en": "P", "role": "manager", "company": "their", "email": "p@firm.example"}
    sheets: Sheets = {
        "companies": [company | {"registration": NUMBER}],
        "people": [person | {"write_in": "en", "country": "CN"}],
    }
    import_workbook(workbook(sheets), now=NOW, fair=fair, actor=actor(make_role(fair, "organiser")))
    assert accept(Registration.objects.get(fair=fair, key="p")) == [ADDS_ITS_OWN]
    assert not Staff.objects.exists()


@pytest.mark.parametrize("state", ["invited", "submitted", "approved", "withdrawn"])
@pytest.mark.parametrize("role", ["manager", "staff"])
def test_a_company_of_two_fairs_gets_nobody_by_invitation(state: str, role: str) -> None:
    fair, elsewhere = make_fair(), make_exhibitor(make_fair())
    registration = invited(fair, here_too(fair, elsewhere.company, state), make_role(fair, "organiser"), role)
    assert accept(registration) == [ADDS_ITS_OWN]
    assert not Staff.objects.exists()


def test_a_company_that_joins_another_fair_after_the_invitation_gets_nobody_either() -> None:
    fair = make_fair()
    registration = invited(fair, exhibitor := make_exhibitor(fair), make_role(fair, "organiser"))
    here_too(make_fair(), exhibitor.company, "submitted")
    assert accept(registration) == [ADDS_ITS_OWN]
    assert not Staff.objects.exists()


def test_an_invited_company_gets_nobody_even_where_it_is_in_no_other_fair() -> None:
    fair = make_fair()
    exhibitor = make_exhibitor(fair)
    Participation.objects.update(state="invited")
    assert accept(invited(fair, exhibitor)) == [ADDS_ITS_OWN]
    assert not Staff.objects.exists()


def test_somebody_of_such_a_company_becomes_no_manager_by_invitation() -> None:
    fair, elsewhere = make_fair(), make_exhibitor(make_fair())
    registration = invited(fair, here_too(fair, elsewhere.company))
    Staff.objects.create(company=elsewhere.company, user=registration.user, position="sales")
    assert accept(registration) == [ADDS_ITS_OWN]
    assert not Staff.objects.get().is_manager


def test_who_organises_all_its_fairs_may_invite_into_a_company() -> None:
    fair, last_year = make_fair(), make_fair()
    organiser = make_role(fair, "organiser")
    exhibitor = make_exhibitor(last_year)
    registration = invited(fair, here_too(fair, exhibitor.company), organiser)
    last_year.roles.create(user=organiser, role="organiser")
    assert accept(registration) == []
    assert Staff.objects.get().is_manager


def test_only_the_accepting_session_outlives_the_acceptance() -> None:
    fair, person = make_fair(), make_role(make_fair(), "interpreter")
    Registration.objects.create(fair=fair, user=person, invitation={"role": "organiser"})
    _, secret, code = PersonalLink.issue(person, now=timezone.now())
    accepting, earlier, late = Client(), Client(), Client()
    for client in (accepting, earlier):
        client.force_login(person)
    accepting.post(reverse("pages:registration", args=[fair.slug]), {"purpose": "on"})
    late.post(reverse("accounts:enter", args=[secret]), {"code": code})
    office = reverse("office:people", args=[fair.slug])
    assert accepting.get(office).status_code == 200
    assert [get_user(client).is_anonymous for client in (earlier, late)] == [True, True]
    after = User.objects.get(pk=person.pk)
    assert (PersonalLink.objects.exists(), after.has_usable_password()) == (False, False)
    # A later answer about one's data ends nothing.
    accepting.post(reverse("pages:registration", args=[fair.slug]), {"purpose": "on", "contact": "on"})
    assert User.objects.get(pk=person.pk).password == after.password
