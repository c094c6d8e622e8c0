"""Ending somebody's access, and restoring it."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.utils import timezone

from fairplatform.accounts.models import AuditEntry, PersonalLink, Token, User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Registration
from fairplatform.office.links.actions import deactivate
from fairplatform.policy import Role
from tests.factories import NOW, actor, make_exhibitor, make_fair, make_person, make_role, make_staff
from tests.office.links.handing_out import entered, handouts, issue, registered, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.either]


def press(client: Client, row: Registration, act: str) -> str:
    """What the page says after the act."""
    answer = client.post(f"/fairs/{row.fair.slug}/organise/links/{row.pk}/access/", {"act": act})
    row.user.refresh_from_db()
    return client.get(answer.headers["Location"]).text


def test_deactivation_ends_every_way_in_and_reactivation_brings_none_back(fair: Fair, organiser: Client) -> None:
    row = registered(fair, make_staff(make_exhibitor(fair)))
    issued = PersonalLink.issue(row.user, now=timezone.now())
    Token.issue(row.user, fair=fair, permissions=[], expires_at=timezone.now() + timedelta(days=1))
    browser = signed_in(row.user)
    assert get_user(browser) == row.user
    assert "has been deactivated" in press(organiser, row, "deactivate")
    assert (row.user.is_active, Token.objects.exists(), PersonalLink.objects.exists()) == (False, False, False)
    assert get_user(browser).is_anonymous
    assert "can come in again" in press(organiser, row, "reactivate")
    assert (row.user.is_active, row.user.has_usable_password()) == (True, False)
    assert get_user(browser).is_anonymous
    assert entered(f"/accounts/enter/{issued.secret}/", issued.code).is_anonymous
    [again] = handouts(issue(organiser, fair, row))
    assert entered(again.link, again.code) == row.user
    entries = AuditEntry.objects.filter(object=f"fairs.registration:{row.pk}").order_by("pk")
    assert [(entry.before["is_active"], entry.after["is_active"]) for entry in entries] == [
        (True, False),
        (False, True),
    ]


def test_an_account_is_not_ended_by_its_owner_nor_by_one_of_several_organisers(fair: Fair, organiser: Client) -> None:
    me = registered(fair, User.objects.get(pk=organiser.session["_auth_user_id"]))
    assert "You cannot deactivate your own account." in press(organiser, me, "deactivate")
    other = make_fair()
    shared = registered(fair, make_person())
    elsewhere = registered(other, shared.user, accepted_at=None)
    Registration.objects.filter(pk=elsewhere.pk).update(accepted_at=NOW)
    foreign = registered(fair, make_role(make_fair(), "organiser"), accepted_at=None)
    for row in (shared, foreign):
        assert "in a fair that you do not organise" in press(organiser, row, "deactivate")
        assert row.user.is_active
        User.objects.filter(pk=row.user_id).update(is_active=False)
        assert "in a fair that you do not organise" in press(organiser, row, "reactivate")
        assert not row.user.is_active
        User.objects.filter(pk=row.user_id).update(is_active=True)
    Fair.objects.filter(pk=other.pk).update(state="closed")
    assert "in a fair that you do not organise" in press(organiser, shared, "deactivate")
    elsewhere.delete()
    assert "has been deactivated" in press(organiser, shared, "deactivate")
    assert not AuditEntry.objects.exclude(object=f"fairs.registration:{shared.pk}").exists()


def test_an_organiser_whose_role_has_ended_ends_nobody(fair: Fair, organiser: Client) -> None:
    """Of two organisers who end each other's account at once, one is left."""
    me, row = User.objects.get(pk=organiser.session["_auth_user_id"]), registered(fair, make_role(fair, "organiser"))
    late = actor(me)
    assert Role.ORGANISER in fair.roles_of(late.person)  # read, and kept, before the other's transaction
    User.objects.filter(pk=me.pk).update(is_active=False)
    with pytest.raises(Refused, match="not_an_organiser"):
        deactivate(late, fair=fair.pk, registration=row.pk)
