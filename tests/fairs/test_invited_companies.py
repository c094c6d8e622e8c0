"""A company of another fair that is invited: its managers answer, and an invitation takes nothing from anybody."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.models import AuditEntry, PersonalLink, Staff, User
from fairplatform.fairs.models import Fair, Participation, Registration
from tests.factories import NOW, make_exhibitor, make_fair, make_person, make_role, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.either("fairplatform.fairs.invited_companies")]


@pytest.fixture
def theirs() -> Participation:
    """A company in a fair of other organisers."""
    return make_exhibitor(make_fair())


@pytest.fixture
def manager(theirs: Participation) -> User:
    return make_staff(theirs)


@pytest.fixture
def fair() -> Fair:
    return make_fair(state="draft")


@pytest.fixture
def invited(fair: Fair, theirs: Participation) -> Participation:
    return Participation.objects.create(fair=fair, company=theirs.company, key="their", sells=True, state="invited")


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def answer(person: User, invited: Participation, given: str) -> Any:
    address = reverse("pages:company_invitation", args=[invited.fair.slug, invited.pk])
    response = signed_in(person).post(address, {"answer": given})
    invited.refresh_from_db()
    return response.status_code, invited.state


def listed(organiser: User, fair: Fair) -> Any:
    page = signed_in(organiser).get(reverse("office:companies", args=[fair.slug]))
    return [(row.state, row.declined_at is not None) for row in page.context["page"].object_list]


def test_a_manager_is_led_to_the_invitation_and_accepts_it(
    fair: Fair, theirs: Participation, manager: User, invited: Participation
) -> None:
    page = signed_in(manager).get("/arrival/", follow=True)
    assert page.redirect_chain == [(f"/fairs/{fair.slug}/invitation/{invited.pk}/", 302)]
    assert fair.name["en"] in page.text
    assert answer(manager, invited, "accept") == (302, "submitted")
    assert [(row.user, row.accepted_at is not None) for row in fair.registrations.all()] == [(manager, True)]
    [entry] = AuditEntry.objects.filter(permission="invitation.answer")
    assert (entry.actor, entry.fair, entry.before, entry.after) == (
        manager,
        fair,
        {"state": "invited"},
        {"state": "submitted"},
    )
    organiser = make_role(fair, "organiser")
    assert listed(organiser, fair) == [("submitted", False)]
    signed_in(organiser).post(
        reverse("office:companies_state", args=[fair.slug]), {"company": invited.pk, "state": "approved"}
    )
    invited.refresh_from_db()
    assert invited.state == "approved"
    # There is nothing more to answer.
    assert answer(manager, invited, "decline") == (404, "approved")


def test_a_declined_invitation_shows_no_more_and_can_still_be_accepted(
    fair: Fair, manager: User, invited: Participation
) -> None:
    organiser = make_role(fair, "organiser")
    assert answer(manager, invited, "decline") == (302, "invited")
    assert listed(organiser, fair) == [("invited", True)]
    signed_in(organiser).post(
        reverse("office:companies_state", args=[fair.slug]), {"company": invited.pk, "state": "approved"}
    )
    invited.refresh_from_db()
    assert (invited.state, fair.registrations.exists()) == ("invited", False)
    assert signed_in(manager).get("/arrival/")["Location"] == "/"
    assert answer(manager, invited, "accept") == (302, "submitted")
    assert listed(organiser, fair) == [("submitted", False)]


def test_nobody_but_a_manager_answers(fair: Fair, theirs: Participation, invited: Participation) -> None:
    clerk, others = make_staff(theirs, is_manager=False), make_staff(make_exhibitor(fair))
    people = (clerk, others, make_person(), make_role(fair, "organiser"), make_role(theirs.fair, "organiser"))
    assert [answer(person, invited, "accept") for person in people] == [(404, "invited")] * len(people)


def test_an_invitation_takes_nothing_from_the_fair_that_the_company_is_in(
    theirs: Participation, manager: User, invited: Participation, fair: Fair
) -> None:
    organiser, newcomer = make_role(theirs.fair, "organiser"), make_person()
    own = Registration.objects.create(fair=theirs.fair, user=manager, accepted_at=NOW)
    Registration.objects.create(fair=fair, user=manager, invitation={"role": "organiser"})
    there, office = theirs.fair.slug, signed_in(organiser)
    assert not office.get(reverse("office:company", args=[there, theirs.pk])).context["is_shared"]
    office.post(reverse("office:company_verified", args=[there, theirs.pk]), {"verified": "yes"})
    office.post(reverse("office:links_issue", args=[there]), {"medium": "messages", "people": [own.pk]})
    theirs.company.refresh_from_db()
    assert theirs.company.verified_at is not None
    assert PersonalLink.objects.filter(user=manager).exists()
    offer = {"role": "staff", "company": theirs.pk}
    Registration.objects.create(fair=theirs.fair, user=newcomer, invitation=offer)
    signed_in(newcomer).post(reverse("pages:registration", args=[there]), {"purpose": "on"})
    assert Staff.objects.filter(company=theirs.company, user=newcomer).exists()
    office.post(reverse("office:links_access", args=[there, own.pk]), {"act": "deactivate"})
    assert not User.objects.get(pk=manager.pk).is_active


def test_companies_that_another_fair_has_invited_can_be_made_one(theirs: Participation, invited: Participation) -> None:
    twin, organiser = make_exhibitor(theirs.fair), make_role(theirs.fair, "organiser")
    kept, other = reverse("office:company_merge", args=[theirs.fair.slug, twin.pk, theirs.pk]), theirs.company.pk
    assert signed_in(organiser).post(kept).status_code == 302
    invited.refresh_from_db()
    assert (invited.company, invited.state) == (twin.company, "invited")
    assert not type(twin.company).objects.filter(pk=other).exists()


def test_whoever_only_wrote_an_invitation_has_no_company_by_it(fair: Fair, invited: Participation) -> None:
    Participation.objects.exclude(pk=invited.pk).update(state="invited")
    page = signed_in(make_role(fair, "organiser")).get(reverse("office:company", args=[fair.slug, invited.pk]))
    assert page.context["is_shared"]


def test_an_invitation_does_not_come_before_the_fair_they_are_in(fair: Fair, manager: User) -> None:
    Registration.objects.create(fair=(own := make_fair()), user=manager, accepted_at=NOW)
    Registration.objects.create(fair=make_fair(), user=manager)
    assert signed_in(manager).get("/arrival/")["Location"] == f"/fairs/{own.slug}/registration/"
