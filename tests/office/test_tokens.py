"""The page of an organiser's tokens: made, shown once, used, revoked."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import AuditEntry, Token, User
from fairplatform.accounts.models.credentials import digest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.office.programs.actions import MOST, make_token, revoke_token
from tests.factories import NOW, actor, make_fair, make_role

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def fair() -> Fair:
    return make_fair()


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def refusal(act: object, *arguments: object, **named: object) -> str:
    with pytest.raises(Refused) as refused:
        act(*arguments, **named)  # type: ignore[operator]
    return refused.value.code


def test_a_token_is_shown_for_ten_minutes_used_and_revoked(fair: Fair) -> None:
    client, page = client_of(make_role(fair, "organiser")), reverse("office:tokens", args=[fair.slug])
    asked = {"name": "Weekly report", "days": "7"}
    with time_machine.travel(NOW, tick=False):
        assert client.post(reverse("office:token_make", args=[fair.slug]), asked).status_code == 302
        token = Token.objects.get()
        shown = client.get(page).content.decode()
        [secret] = re.findall(r'<p class="for-copy"[^>]*>([^<]+)</p>', shown)
        assert (token.digest, token.name, token.expires_at) == (
            digest(secret),
            "Weekly report",
            NOW + timedelta(days=7),
        )
        assert (token.permissions, token.fair, secret in str(AuditEntry.objects.values())) == (
            ["report.see"],
            fair,
            False,
        )
        read = Client().get(f"/api/v1/fairs/{fair.slug}/figures", headers={"Authorization": f"Bearer {secret}"})
        assert read.status_code == 200
    with time_machine.travel(NOW + timedelta(minutes=11), tick=False):
        assert secret not in client.get(page).content.decode()
        client.post(reverse("office:token_revoke", args=[fair.slug, token.pk]))
        read = Client().get(f"/api/v1/fairs/{fair.slug}/figures", headers={"Authorization": f"Bearer {secret}"})
        assert (read.status_code, Token.objects.count()) == (401, 0)


def test_what_is_wrong_stays_in_the_form(fair: Fair) -> None:
    client, make = client_of(make_role(fair, "organiser")), reverse("office:token_make", args=[fair.slug])
    for wrong in ({"name": "", "days": "7"}, {"name": "x", "days": "8"}):
        assert client.post(make, wrong).status_code == 409
    for _ in range(MOST):
        client.post(make, {"name": "x", "days": "7"})
    many = client.post(make, {"name": "One more", "days": "7"})
    assert (many.status_code, "One more" in many.content.decode(), Token.objects.count()) == (409, True, MOST)


def test_everybody_keeps_their_own_and_expired_ones_make_room(fair: Fair) -> None:
    one, other = (actor(make_role(fair, "organiser")) for _ in range(2))
    token, _secret = make_token(one, fair=fair.pk, name="x", days=7, now=NOW)
    assert refusal(revoke_token, other, fair=fair.pk, token=token.pk) == "not_found"
    revoke_token(one, fair=fair.pk, token=token.pk + 1)  # as after a second press
    assert Token.objects.get() == token
    assert b"Weekly" not in client_of(other.user).get(reverse("office:tokens", args=[fair.slug])).content
    for _ in range(MOST - 1):
        make_token(one, fair=fair.pk, name="x", days=7, now=NOW)
    assert refusal(make_token, one, fair=fair.pk, name="x", days=7, now=NOW) == "tokens_many"
    make_token(one, fair=fair.pk, name="x", days=7, now=NOW + timedelta(days=7))
    assert Token.objects.count() == 1
    proxy = Actor(one.user, on_behalf_of=other.user)
    assert refusal(make_token, proxy, fair=fair.pk, name="x", days=7, now=NOW) == "not_for_others"
