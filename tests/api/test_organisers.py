"""The results of a fair for its organisers' programs: who may read them, and that they are what the command prints."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from fairplatform.accounts.models import Token, User
from fairplatform.api.result_shapes import FiguresRecord, LedgerRecord, OutcomeRecord
from fairplatform.fairs.models import Fair, RoleAssignment
from meetings.models import Meeting
from meetings.outcomes.actions import submit
from tests.factories import NOW, actor, make_exhibitor, make_fair, make_person, make_role, make_slots, make_staff
from tests.meetings.cases import make_case, order
from tests.meetings.outcomes.confirmations import confirm_as, newest
from tests.report.fairs import make_full_fair

pytestmark = pytest.mark.django_db
SHAPES: dict[str, Any] = {"outcomes": OutcomeRecord, "ledger": LedgerRecord}


def token_of(person: User, fair: Fair, **fields: Any) -> str:
    own: dict[str, Any] = {"permissions": ["report.see"], "expires_at": NOW + timedelta(days=1)}
    return Token.issue(person, fair=fair, **{**own, **fields})[1]


def ask(fair: Fair, what: str, secret: str = "", client: Client | None = None) -> Any:
    headers = {"Authorization": f"Bearer {secret}"} if secret else {}
    with time_machine.travel(NOW, tick=False):
        return (client or Client()).get(f"/api/v1/fairs/{fair.slug}/{what}", headers=headers)


def printed(fair: Fair, what: str, capsys: pytest.CaptureFixture[str]) -> Any:
    with time_machine.travel(NOW, tick=False):
        call_command("export", fair.slug, "--what", what, "--json")
    return json.loads(capsys.readouterr().out)


def test_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    fair = make_full_fair()
    secret = token_of(make_role(fair, "organiser"), fair)
    for what in ("outcomes", "ledger", "figures"):
        answer = ask(fair, what, secret)
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert answer.json() == printed(fair, what, capsys)
        assert "ETag" not in answer
    for what, shape in SHAPES.items():
        rows = ask(fair, what, secret).json()
        assert [shape(**row).model_dump(exclude_unset=True) for row in rows] == rows
    figures = ask(fair, "figures", secret).json()
    assert FiguresRecord(**figures).model_dump(exclude_unset=True) == figures


@pytest.mark.parametrize("what", ["outcomes", "ledger", "figures"])
def test_a_token_of_every_role_and_who_has_none(what: str) -> None:
    fair, other = make_fair(), make_fair()
    organiser = make_role(fair, "organiser")
    people = {role: make_role(fair, role) for role in ("interpreter", "liaison", "floor_assistant", "delegated")}
    people |= {
        "staff": make_staff(make_exhibitor(fair)),
        "visitor": make_person(),
        "other": make_role(other, "organiser"),
    }
    got = {name: ask(fair, what, token_of(person, fair)).status_code for name, person in people.items()}
    assert got == dict.fromkeys(people, 403)
    assert ask(fair, what, token_of(organiser, fair)).status_code == 200
    for secret in ("", "wrong", token_of(organiser, fair, expires_at=NOW)):
        answer = ask(fair, what, secret)
        assert (answer.status_code, answer["WWW-Authenticate"], answer.json()["status"]) == (401, "Bearer", 401)
        assert answer["Content-Type"] == "application/problem+json"


def test_a_token_is_for_one_fair_some_permissions_and_as_long_as_its_person_organises() -> None:
    fair, other, draft = make_fair(), make_fair(), make_fair(state="draft")
    organiser = make_role(fair, "organiser")
    RoleAssignment.objects.create(fair=other, user=organiser, role="organiser")
    secret = token_of(organiser, fair)
    assert ask(fair, "figures", token_of(organiser, fair, permissions=["fair.see"])).status_code == 403
    assert (ask(other, "figures", secret).status_code, ask(draft, "figures", secret).status_code) == (403, 404)
    assert ask(fair, "figures", secret).status_code == 200
    RoleAssignment.objects.filter(fair=fair, user=organiser).delete()
    assert ask(fair, "figures", secret).status_code == 403
    User.objects.filter(pk=organiser.pk).update(is_active=False)
    assert ask(fair, "figures", secret).status_code == 401


def test_a_session_is_no_credential() -> None:
    fair = make_fair()
    client = Client()
    client.force_login(make_role(fair, "organiser"))
    assert ask(fair, "figures", client=client).status_code == 401


def test_an_amount_that_a_party_hides_is_in_no_row() -> None:
    fair = make_fair()
    case = make_case(fair, make_slots(fair)[0])
    submit(actor(case.buyer), meeting=case.meeting.pk, content=order(7_654_321), base=None, now=NOW, hides_amount=True)
    confirm_as(case, case.seller, newest(case))
    Meeting.objects.filter(pk=case.meeting.pk).update(state="held")
    secret = token_of(make_role(fair, "organiser"), fair)
    for what in ("outcomes", "ledger"):
        answer = ask(fair, what, secret)
        [row] = answer.json()
        assert ("7654321" in answer.content.decode(), row["amount_minor"]) == (False, None)
    assert (row["amount_hidden"], row["written"], row["stands"]) == (True, None, True)
