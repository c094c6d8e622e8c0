"""Demands that the chamber takes down for its members: unseen until the member, and nobody else, confirms them."""

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from booths.models import Demand
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import AuditEntry, User
from fairplatform.demands.taking import confirm_demand, reject_demand
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit
from fairplatform.notices.models import Notice
from fairplatform.policy import Role
from tests.demands.pages import browser, errors, shown, url
from tests.factories import (
    NOW,
    make_attachment,
    make_buyer,
    make_demand,
    make_exhibitor,
    make_role,
    make_staff,
    three,
)  # fmt: skip
from tests.files.made import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(fair: Fair, buyer: Participation) -> RecruitingUnit:
    unit = RecruitingUnit.objects.create(fair=fair, name=three("Lahore Chamber"), country="PK")
    Participation.objects.filter(pk=buyer.pk).update(unit=unit)
    return unit


@pytest.fixture
def delegate(fair: Fair, unit: RecruitingUnit) -> User:
    return make_role(fair, Role.DELEGATED, unit=unit)


def told(**fields: Any) -> dict[str, Any]:
    """Padlocks, as they are called in the market, by the code of an old goods declaration and in dozen."""
    wanted = {"text_ur": "تالے", "hs_code": "8301.1000", "quantity": "200", "unit": "dozen"}
    return shown(**{"kind": "goods", **wanted, **fields})


def test_it_is_stored_unseen_and_the_member_is_told(
    fair: Fair, buyer: Participation, person: User, clerk: User, delegate: User
) -> None:
    client = browser(delegate)
    answer = client.post(url("take", fair), told())
    demand = Demand.objects.get()
    # The sample lies on the table: its picture comes next.
    assert answer["Location"] == url("pictures", fair, demand.pk)
    assert f'href="{url("taken", fair)}"' in client.get(url("pictures", fair, demand.pk)).text
    assert (demand.participation, demand.state, demand.unit, demand.hs_code) == (buyer, "waiting", "dozen", "83011000")
    assert demand.entered_by == f"{delegate.name}, Lahore Chamber"
    assert browser(clerk).get(url("demand", fair, demand.pk)).status_code == 404
    page = url("confirm", fair, demand.pk)
    assert list(Notice.objects.values_list("recipient", "code", "path")) == [(person.pk, "demand_taken", page)]
    assert list(AuditEntry.objects.values_list("actor", "permission", "object")) == [
        (delegate.pk, "demands.take", f"booths.demand:{demand.pk}")
    ]


def test_whoever_comes_in_by_their_link_finds_the_question(fair: Fair, buyer: Participation, person: User) -> None:
    demand = make_demand(buyer, state="waiting")
    assert browser(person).get(reverse("arrival"))["Location"] == url("confirm", fair, demand.pk)
    assert browser(person).get(url("demand", fair, demand.pk))["Location"] == url("confirm", fair, demand.pk)


def test_the_member_confirms_it_as_it_is_or_corrected(
    fair: Fair, buyer: Participation, person: User, clerk: User, delegate: User
) -> None:
    demand = make_demand(buyer, state="waiting", entered_by="Chamber", taken_by=delegate)
    answer = browser(person).post(url("confirm", fair, demand.pk), told(answer="confirm", text_ur="پلاس"))
    assert answer["Location"] == url("demand", fair, demand.pk)
    demand.refresh_from_db()
    assert (demand.state, demand.confirmed_by, demand.confirmed_at) == ("open", person, NOW)
    assert (demand.text, demand.entered_by) == ({"ur": "پلاس"}, "Chamber")
    page = browser(clerk).get(url("demand", fair, demand.pk)).content.decode()
    assert "Confirmed by the company on" in page
    assert list(Notice.objects.values_list("recipient", "code")) == [(delegate.pk, "demand_confirmed")]
    entry = AuditEntry.objects.get()
    assert (entry.permission, entry.after["state"], entry.before["text"]) == (
        "demand.confirm", "open", three("Pliers under our own brand"),
    )  # fmt: skip


def test_the_member_rejects_it_and_nobody_sees_it(
    fair: Fair, buyer: Participation, person: User, clerk: User, delegate: User
) -> None:
    demand = make_demand(buyer, state="waiting", taken_by=delegate)
    browser(person).post(url("confirm", fair, demand.pk), {"answer": "reject", "reason": "Not ours"})
    demand.refresh_from_db()
    assert (demand.state, demand.closed_reason, demand.confirmed_at) == ("rejected", "Not ours", None)
    assert browser(clerk).get(url("demand", fair, demand.pk)).status_code == 404
    assert list(Notice.objects.values_list("recipient", "code")) == [(delegate.pk, "demand_rejected")]


def test_an_answer_stays(fair: Fair, buyer: Participation, person: User) -> None:
    demand = make_demand(buyer, state="waiting")
    browser(person).post(url("confirm", fair, demand.pk), told())
    again = browser(person).post(url("confirm", fair, demand.pk), {"answer": "reject"})
    assert again["Location"] == url("demand", fair, demand.pk)
    with pytest.raises(Refused, match="not_now"):
        reject_demand(Actor(User.objects.get(pk=person.pk)), demand=demand.pk, reason="", now=NOW)
    assert Demand.objects.get().state == "open"


def test_nobody_confirms_on_behalf_of_another(fair: Fair, buyer: Participation, person: User, delegate: User) -> None:
    demand = make_demand(buyer, state="waiting")
    for other in (delegate, make_role(fair, Role.ORGANISER)):
        assert browser(other).post(url("confirm", fair, demand.pk), told()).status_code == 403
    proxy = Actor(make_role(fair, Role.ORGANISER), on_behalf_of=User.objects.get(pk=person.pk))
    for act in (
        lambda: confirm_demand(proxy, demand=demand.pk, data=None, now=NOW),  # type: ignore[arg-type]
        lambda: reject_demand(proxy, demand=demand.pk, reason="", now=NOW),
    ):
        with pytest.raises(Refused, match="not_for_others"):
            act()
    assert Demand.objects.get().state == "waiting"


def test_a_correction_that_cannot_be_confirms_nothing(fair: Fair, buyer: Participation, person: User) -> None:
    demand = make_demand(buyer, state="waiting")
    answer = browser(person).post(url("confirm", fair, demand.pk), told(quantity="-1"))
    assert list(errors(answer)) == ["quantity"]
    assert Demand.objects.get().state == "waiting"


def test_delegates_take_down_for_companies_of_their_unit_alone(
    fair: Fair, buyer: Participation, unit: RecruitingUnit, delegate: User
) -> None:
    other, second = make_buyer(fair), make_buyer(fair)
    Participation.objects.filter(pk=second.pk).update(unit=unit)
    hidden = make_demand(other, "Of another unit", state="waiting")
    answer = browser(delegate).post(url("take", fair), told(participation=other.pk))
    assert list(errors(answer)) == ["participation"]
    assert "Of another unit" not in browser(delegate).get(url("taken", fair)).content.decode()
    assert browser(delegate).get(url("demand", fair, hidden.pk)).status_code == 404
    browser(delegate).post(url("take", fair), told(participation=second.pk))
    assert Demand.objects.exclude(pk=hidden.pk).get().participation == second


def test_organisers_take_down_for_every_approved_buyer(fair: Fair, buyer: Participation) -> None:
    waiting, other = make_buyer(fair), make_buyer(fair)
    make_exhibitor(fair)
    Participation.objects.filter(pk=waiting.pk).update(state="submitted")
    organiser = browser(make_role(fair, Role.ORGANISER))
    form = organiser.get(url("take", fair)).context["form"]
    assert sorted(one.pk for one in form.companies) == sorted([buyer.pk, other.pk])
    assert organiser.post(url("take", fair), told(participation=waiting.pk)).status_code == 409


def test_without_members_there_is_nothing_to_take_down(fair: Fair) -> None:
    answer = browser(make_role(fair, Role.ORGANISER)).get(url("take", fair), follow=True)
    assert "No company that buys has been approved yet." in answer.content.decode()


def test_who_took_it_down_corrects_it_until_it_is_confirmed(
    fair: Fair, buyer: Participation, person: User, delegate: User
) -> None:
    demand, organiser = make_demand(buyer, state="waiting"), make_role(fair, Role.ORGANISER)
    for taker, text in ((delegate, "زنبور"), (organiser, "پلاس")):
        page = browser(taker).get(url("demand", fair, demand.pk)).text
        assert [f'href="{url(route, fair, demand.pk)}"' in page for route in ("change", "pictures")] == [True, True]
        answer = browser(taker).post(url("change", fair, demand.pk), told(text_ur=text))
        assert answer["Location"] == url("demand", fair, demand.pk)
        demand.refresh_from_db()
        assert (demand.text, demand.state) == ({"ur": text}, "waiting")
    entries = list(AuditEntry.objects.order_by("pk").values_list("actor", "permission"))
    assert entries == [(delegate.pk, "demand.write"), (organiser.pk, "demand.write")]
    sample = make_attachment(demand)
    assert f"/files/{sample.file_id}/" in browser(person).get(url("confirm", fair, demand.pk)).text
    for state in ("open", "rejected", "closed"):
        Demand.objects.update(state=state)
        for taker in (delegate, organiser):
            answers = [browser(taker).get(url(route, fair, demand.pk)) for route in ("change", "pictures")]
            assert [answer.status_code for answer in answers] == [403, 403]


def test_who_took_it_down_sends_pictures_in_parts(
    fair: Fair, buyer: Participation, delegate: User, settings: Any, tmp_path: Path
) -> None:
    """Which belong to the company that they do not work for."""
    settings.FILES_DIR = tmp_path
    demand, client, content = make_demand(buyer, state="waiting"), browser(delegate), picture()
    begin, sent = url("upload_begin", fair, demand.pk), {"place": "gallery", "modified": 1}
    first = client.post(begin, {**sent, "name": "1.png", "size": len(content)}).json()
    again = client.post(begin, {**sent, "name": "1.png", "size": len(content)}).json()
    assert (first["key"], "Unfinished: " in client.get(url("pictures", fair, demand.pk)).text) == (again["key"], True)
    others = [client.post(begin, {**sent, "name": "1.png", "size": size}).status_code for size in range(1, 9)]
    assert others == [200] * 7 + [409]
    assert client.put(f"{first['parts']}?offset=0", content).json()["received"] == len(content)
    assert (client.post(first["finish"]).status_code, demand.attachments.count()) == (200, 1)


def test_the_taker_is_told_that_nobody_can_confirm_it(
    fair: Fair, buyer: Participation, unit: RecruitingUnit, delegate: User
) -> None:
    demand, organiser = make_demand(buyer, state="waiting"), make_role(fair, Role.ORGANISER)
    add = f"{reverse('office:person_add', args=[fair.slug])}?company={buyer.pk}"
    upload = reverse("office:unit_imports", args=[fair.slug, unit.pk])
    for taker, link in ((organiser, add), (delegate, upload)):
        pages = [browser(taker).get(url(route, fair, *key)) for route, key in (("demand", [demand.pk]), ("taken", []))]
        assert [link in page.text for page in pages] == [True, True]
    make_staff(buyer)
    assert add not in browser(organiser).get(url("taken", fair)).text
    assert add not in browser(organiser).get(url("demand", fair, demand.pk)).text


def test_what_was_not_confirmed_can_be_removed(fair: Fair, buyer: Participation, delegate: User) -> None:
    demand, confirmed = make_demand(buyer, state="rejected"), make_demand(buyer)
    browser(delegate).post(url("discard", fair, demand.pk))
    assert browser(delegate).post(url("discard", fair, confirmed.pk)).status_code == 409
    assert list(Demand.objects.all()) == [confirmed]
    assert AuditEntry.objects.get().before == {"text": demand.text, "state": "rejected"}
