"""Organisers set pairs and say wishes for companies."""

from typing import Any

import pytest
from django.test import Client

from fairplatform.accounts.models import AuditEntry
from fairplatform.fairs.models import Fair, Participation, Preference, SoleAgency
from fairplatform.policy import Role
from meetings.models import MatchedPair, Pair
from tests.factories import (
    make_buyer,
    make_exhibitor,
    make_fair,
    make_role,
)
from tests.office.matchmaking.matched import ends, matched, name, pinned, said, wished
from tests.office.office import Office, errors

pytestmark = pytest.mark.django_db
FORBIDDEN = (
    "One of the two does not want this meeting. Only organisers know: tell neither company. Remove that wish first."
)


def test_pressing_pin_twice_makes_one_pair_that_comes_first(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    for _ in range(2):
        assert said(pinned(office, seller, buyer))[-1].endswith("are a pair now.")
    pair = Pair.objects.get()
    assert (pair.fair, pair.exhibitor, pair.buyer) == (office.fair, seller, buyer)
    matched(office)
    assert MatchedPair.objects.get().origin == "pair"


def test_a_pair_against_a_no_or_a_sole_agency_is_refused(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    wished(office, seller, buyer, "no")
    assert said(pinned(office, seller, buyer))[-1:] == [FORBIDDEN]
    wished(office, seller, buyer, "")
    SoleAgency.objects.create(participation=buyer, principal=seller)
    sentence = "One of the two is the sole agent of the other, so they do not meet."
    assert said(pinned(office, seller, buyer))[-1:] == [sentence]
    assert said(pinned(office, buyer, seller))[-1:] == ["A meeting needs one exhibitor and one buyer from this fair."]
    assert Pair.objects.count() == 0


def test_forbidden_in_one_press_and_taken_back(office: Office, seller: Participation, buyer: Participation) -> None:
    matched(office)
    wished(office, buyer, seller, "no")
    row = Preference.objects.get()
    assert (row.participation, row.wanted, row.wish, row.said_by) == (buyer, seller, "no", None)
    assert "Take back the buyer" in office.get("matching")
    matched(office)
    assert ends(office) == []
    wished(office, buyer, seller, "")
    assert Preference.objects.count() == 0
    assert [entry.after for entry in AuditEntry.objects.filter(object__contains="preference").order_by("pk")] == [
        {"wish": "no"}, None,
    ]  # fmt: skip


def test_a_no_against_a_pair_and_a_must_against_a_no_are_refused(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    pinned(office, seller, buyer)
    sentence = "The organisers have set these two as a pair. Remove the pair first."
    assert said(wished(office, buyer, seller, "no"))[-1:] == [sentence]
    Pair.objects.all().delete()
    wished(office, seller, buyer, "no")
    assert said(wished(office, buyer, seller, "must"))[-1:] == [FORBIDDEN]
    assert Preference.objects.get().participation == seller


def test_companies_of_another_fair_do_not_exist_here(office: Office, seller: Participation) -> None:
    foreign = make_buyer(make_fair())
    assert said(pinned(office, seller, foreign)) == ["This item does not exist, or you do not have access to it."]
    assert (Pair.objects.count(), Preference.objects.count()) == (0, 0)


def pair_fields(seller: Participation, buyer: Participation, **more: Any) -> dict[str, Any]:
    return {"exhibitor": name(seller), "buyer": name(buyer), **more}


def test_a_pair_has_its_interpreter_and_a_pinned_slot(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    person = make_role(office.fair, Role.INTERPRETER, language_pairs=["zh-ur"])
    Participation.objects.filter(pk=buyer.pk).update(key="nadir")
    slot = office.fair.slots.all()[1]
    page = office.get("pairs_add")
    assert "12:30 Pakistan time · 15:30 Beijing time" in page
    fields = {"need": "required", "language_pair": "zh-ur", "interpreter": person.pk, "number": "7"}
    answer = office.post(
        "pairs_add", **fields, exhibitor=name(seller), buyer="NADIR", starts_at=slot.starts_at.isoformat()
    )
    assert answer.status_code == 302
    pair = Pair.objects.get()
    assert (pair.exhibitor, pair.buyer, pair.number, pair.need) == (seller, buyer, 7, "required")
    assert (pair.interpreter, pair.language_pair, pair.starts_at, pair.zone) == (
        person, "zh-ur", slot.starts_at, "Asia/Karachi",
    )  # fmt: skip
    assert AuditEntry.objects.get().after["starts_at"].startswith("2020-05-14T07:30")
    listed = office.get("pairs")
    assert [text in listed for text in (name(seller), "Interpreter required", "12:30")] == [True] * 3
    assert office.post("pairs_remove", pair.pk).status_code == 302
    assert Pair.objects.count() == 0


def test_what_is_wrong_with_a_pair_is_said_at_its_field(
    office: Office, seller: Participation, buyer: Participation
) -> None:
    person = make_role(office.fair, Role.INTERPRETER, language_pairs=["zh-en"])
    slot = office.fair.slots.all()[1]
    Pair.objects.create(
        fair=office.fair, exhibitor=make_exhibitor(office.fair), buyer=make_buyer(office.fair),
        interpreter=person, starts_at=slot.starts_at,
    )  # fmt: skip
    make_role(office.fair, Role.INTERPRETER, language_pairs=["zh-ur"])
    wrong = {"language_pair": "zh-ur", "interpreter": person.pk, "starts_at": slot.starts_at.isoformat()}
    assert errors(office.post("pairs_add", **pair_fields(seller, buyer, **wrong))) == {
        "interpreter": ["This interpreter does not work between these languages."],
        "starts_at": ["The interpreter is pinned to another pair at this time."],
    }
    assert errors(office.post("pairs_add", exhibitor="Nobody", buyer="")) == {
        "exhibitor": ["No company of this fair has this name or key."],
        "buyer": ["Enter a company."],
    }
    pinned(office, seller, buyer)
    assert errors(office.post("pairs_add", **pair_fields(seller, buyer))) == {
        "exhibitor": ["These two are a pair already. Change that one."]
    }


def test_two_organisers_at_one_pair_lose_nothing(office: Office, seller: Participation, buyer: Participation) -> None:
    pair = Pair.objects.create(fair=office.fair, exhibitor=seller, buyer=buyer, remarks="first")
    form = office.client.get(f"/fairs/{office.fair.slug}/organise/matching/pairs/{pair.pk}/").context["form"]
    seen = form.initial["seen"]
    Pair.objects.update(remarks="second", number=3)
    answer = office.post("pairs_change", pair.pk, **pair_fields(seller, buyer, remarks="mine", number="", seen=seen))
    assert list(errors(answer)) == ["remarks"]
    answer = office.post("pairs_change", pair.pk, **pair_fields(seller, buyer, remarks="first", number="", seen=seen))
    assert answer.status_code == 302
    pair.refresh_from_db()
    assert (pair.remarks, pair.number) == ("second", 3)


def test_a_wish_is_entered_changed_and_removed(office: Office, seller: Participation, buyer: Participation) -> None:
    fields = {"participation": name(buyer), "wanted": name(seller)}
    assert office.post("wishes_add", **fields, wish="must").status_code == 302
    wish = Preference.objects.get()
    assert "must meet" in office.get("wishes")
    assert errors(office.post("wishes_add", **fields, wish="would")) == {
        "participation": ["This company has a wish about the other one. Change that one."]
    }
    assert office.post("wishes_change", wish.pk, **fields, wish="would").status_code == 302
    assert Preference.objects.get().wish == "would"
    assert office.post("wishes_remove", wish.pk).status_code == 302
    assert Preference.objects.count() == 0


def test_matching_is_organisers_alone(client: Client, fair: Fair) -> None:
    client.force_login(make_role(fair, Role.INTERPRETER))
    assert client.get(f"/fairs/{fair.slug}/organise/matching/").status_code == 404
