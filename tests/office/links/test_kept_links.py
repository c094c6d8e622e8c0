"""Links that were just handed out, shown again for a short time to the organiser who made them."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from fairplatform.accounts.models import PersonalLink, User
from fairplatform.fairs.models import Fair, RoleAssignment
from tests.factories import make_fair, make_person
from tests.office.links.handing_out import entered, handouts, issue, registered, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.either]


def test_the_page_is_read_again_in_another_language_without_ending_the_links(fair: Fair, organiser: Client) -> None:
    row = registered(fair, make_person())
    [first] = handouts(issue(organiser, fair, row))
    address = f"/fairs/{fair.slug}/organise/links/issued/"
    again = organiser.post("/language/choose", {"language": "ur", "next": address}, follow=True)
    assert again.request["PATH_INFO"] == address
    assert '<html lang="ur"' in again.text
    assert [(one.link, one.code) for one in handouts(again)] == [(first.link, first.code)]
    assert entered(first.link, first.code) == row.user


def test_codes_are_shown_for_ten_minutes_to_the_same_session_in_the_same_fair(fair: Fair, organiser: Client) -> None:
    made_at = timezone.now()
    with time_machine.travel(made_at, tick=False):
        issue(organiser, fair, registered(fair, make_person()))
    address = f"/fairs/{fair.slug}/organise/links/issued/"
    own = User.objects.get(pk=organiser.session["_auth_user_id"])
    other = RoleAssignment.objects.create(fair=make_fair(), user=own, role="organiser").fair
    assert organiser.get(f"/fairs/{other.slug}/organise/links/issued/").status_code == 302
    assert signed_in(own).get(address).headers["Location"] == f"/fairs/{fair.slug}/organise/links/"
    with time_machine.travel(made_at + timedelta(minutes=10), tick=False):
        assert organiser.get(address).status_code == 200
    with time_machine.travel(made_at + timedelta(minutes=10, seconds=1), tick=False):
        answer = organiser.get(address)
        assert "can no longer be shown" in organiser.get(answer.headers["Location"]).text
    assert "issued_links" not in organiser.session


def test_a_link_that_has_ended_since_is_not_shown_again(fair: Fair, organiser: Client) -> None:
    row, other = registered(fair, make_person()), registered(fair, make_person())
    issue(organiser, fair, row, other)
    PersonalLink.issue(row.user, now=timezone.now())
    again = organiser.get(f"/fairs/{fair.slug}/organise/links/issued/")
    assert [one.user for one in handouts(again)] == [other.user]


def test_the_database_holds_neither_secret_nor_code_of_a_link(fair: Fair, organiser: Client) -> None:
    [one] = handouts(issue(organiser, fair, registered(fair, make_person())))
    stored = str(Session.objects.get(session_key=organiser.session.session_key).get_decoded())
    assert "issued_links" in stored
    assert [part in stored for part in (one.code, one.link.rstrip("/").rpartition("/")[2])] == [False, False]
