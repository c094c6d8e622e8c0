"""Correcting what both sides have agreed: proposed by one, confirmed by the other, a new entry in the ledger."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connections
from django.utils import timezone

from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import AuditEntry, User
from fairplatform.errors import Refused
from fairplatform.ledger.actions import correct
from fairplatform.ledger.chain import verify
from fairplatform.ledger.content import Content as Paper
from fairplatform.ledger.content import Name
from fairplatform.ledger.models import Entry
from fairplatform.ledger.totals import totals
from fairplatform.notices.models import Notice
from fairplatform.realtime.models import TopicVersion
from meetings.figures.counting import count_figures
from meetings.models import Correction, Meeting, Outcome, OutcomeVersion, Statement
from meetings.outcomes.corrections import confirm_correction, drop_correction, propose
from meetings.outcomes.queries import awaiting_confirmation
from meetings.owed.queries import Open, owed
from meetings.status import note
from tests.factories import NOW, actor, make_fair, make_role, make_slots, make_staff
from tests.meetings.cases import MeetingCase, agree, make_case, order
from tests.meetings.outcomes.browsing import TYPED, browser, url
from tests.meetings.outcomes.confirmations import newest

LATER = NOW + timedelta(days=1)


@pytest.fixture
def agreed(db: None) -> MeetingCase:
    return begin()


def begin() -> MeetingCase:
    """The buyer has submitted an order of 31,500 US dollars, and the seller has confirmed it."""
    fair = make_fair()
    case = make_case(fair, make_slots(fair)[0], with_interpreter=True)
    agree(case, order(), NOW)
    Notice.objects.all().delete()
    return case


def propose_as(case: MeetingCase, person: User, content: Any, *, base: int | None = None, **said: Any) -> Outcome:
    base = newest(case).pk if base is None else base
    return propose(actor(person), meeting=case.meeting.pk, content=content, base=base, now=LATER, **said)


def confirm_as(case: MeetingCase, person: User, version: int | None = None, **said: Any) -> Outcome:
    version = newest(case).pk if version is None else version
    return confirm_correction(actor(person), meeting=case.meeting.pk, version=version, now=LATER, **said)


def drop_as(case: MeetingCase, person: User) -> Outcome:
    return drop_correction(actor(person), meeting=case.meeting.pk, version=newest(case).pk, now=LATER)


def refusal(act: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(Refused) as refused:
        act(*arguments, **named)
    return refused.value.code


def entries() -> list[tuple[int, int | None, int | None, bool]]:
    """Of each entry: its number, the one that it corrects, its amount, whether it says that this does not hold."""
    rows = Entry.objects.order_by("number")
    return list(rows.values_list("number", "corrects__number", "amount_minor", "is_withdrawn"))


def notices(case: MeetingCase) -> list[tuple[str, str]]:
    names = {case.buyer.pk: "buyer", case.seller.pk: "seller"}
    return [(names[one.recipient_id], one.code) for one in Notice.objects.order_by("pk")]


def test_what_was_agreed_holds_until_the_other_side_confirms_the_correction(agreed: MeetingCase) -> None:
    first = newest(agreed)
    outcome = propose_as(agreed, agreed.buyer, order(3_015_000))
    assert (outcome.state, outcome.agreed, outcome.corrected_at) == ("agreed", first, None)
    assert (entries(), notices(agreed)) == ([(1, None, 3_150_000, False)], [("seller", "correction_proposed")])
    second = newest(agreed)
    outcome = confirm_as(agreed, agreed.seller)
    assert (outcome.state, outcome.agreed, outcome.number) == ("agreed", second, 1)
    assert (outcome.agreed_at, outcome.corrected_at) == (NOW, LATER)
    assert {(one.side, one.made_by, one.version) for one in outcome.statements.all()} == {
        ("buyer", agreed.buyer, second), ("exhibitor", agreed.seller, second),
    }  # fmt: skip
    assert entries() == [(1, None, 3_150_000, False), (2, 1, 3_015_000, False)]
    assert ("buyer", "outcome_corrected") in notices(agreed)
    assert [(one.amount_minor, one.count) for one in totals(outcome.fair)] == [(3_015_000, 1)]
    assert [(one.amount_minor, one.count) for one in count_figures(outcome.fair, now=LATER).agreed] == [(3_015_000, 1)]
    assert (verify(outcome.fair).ok, Correction.objects.exists()) == (True, False)
    audited = AuditEntry.objects.get(permission="outcome.confirm")
    assert (audited.actor, audited.before, audited.after) == (agreed.seller, {"version": 1}, {"version": 2})


def test_the_day_of_the_agreement_and_what_was_signed_stay(agreed: MeetingCase) -> None:
    organiser, old = actor(make_role(agreed.meeting.fair, "organiser")), Entry.objects.get()
    said = Paper.of(old)
    signed = replace(
        said, signed_on=date(2020, 5, 20), languages=["zh"], realised_minor=500, evidence="Bank receipt",
        names=(*said.names, Name("witness", {"en": "Chamber"})),
    )  # fmt: skip
    correct(organiser, entry=old.pk, content=signed, reason="", now=NOW)
    propose_as(agreed, agreed.buyer, order(3_015_000))
    confirm_as(agreed, agreed.seller)
    assert Paper.of(Entry.objects.standing().get()) == replace(signed, amount_minor=3_015_000)
    # What came of it in dollars is no part of an amount in yuan.
    propose_as(agreed, agreed.buyer, order(3_015_000, currency="CNY"))
    confirm_as(agreed, agreed.seller)
    expected = replace(signed, amount_minor=3_015_000, currency="CNY", realised_minor=None, evidence="")
    assert Paper.of(Entry.objects.standing().get()) == expected
    assert (Entry.objects.count(), verify(agreed.meeting.fair).ok) == (4, True)


def test_an_entry_goes_and_comes_with_the_type(agreed: MeetingCase) -> None:
    contact = replace(order(), kind="contact").without_amount()
    for content in (contact, order(5)):
        propose_as(agreed, agreed.seller, content)
        confirm_as(agreed, agreed.buyer)
    assert entries() == [(1, None, 3_150_000, False), (2, 1, 3_150_000, True), (3, 2, 5, False)]
    assert verify(agreed.meeting.fair).ok


def test_an_outcome_that_the_ledger_did_not_have_is_entered_once_it_is_an_order(db: None) -> None:
    fair = make_fair()
    case = make_case(fair, make_slots(fair)[0])
    agree(case, replace(order(), kind="intended_deal", months=3), NOW)
    assert entries() == []
    propose_as(case, case.buyer, order())
    confirm_as(case, case.seller)
    assert entries() == [(1, None, 3_150_000, False)]


def test_who_hides_the_amount_is_asked_again(agreed: MeetingCase) -> None:
    propose_as(agreed, agreed.buyer, order(7), hides_amount=True)
    assert not Outcome.objects.get().is_amount_hidden
    outcome = confirm_as(agreed, agreed.seller)
    assert {one.side: one.hides_amount for one in outcome.statements.all()} == {"buyer": True, "exhibitor": False}
    assert (outcome.is_amount_hidden, Entry.objects.standing().get().is_amount_hidden) == (True, True)


def test_confirming_twice_is_confirming_once(agreed: MeetingCase) -> None:
    propose_as(agreed, agreed.buyer, order(7))
    version = newest(agreed).pk
    confirm_as(agreed, agreed.seller)
    published = TopicVersion.current([agreed.meeting.topic])
    for person in (agreed.seller, agreed.buyer):
        assert confirm_as(agreed, person, version).agreed_id == version
    assert (TopicVersion.current([agreed.meeting.topic]), len(entries())) == (published, 2)


def test_nobody_confirms_their_own_correction_nor_for_two(agreed: MeetingCase) -> None:
    colleague = make_staff(agreed.meeting.buyer)
    propose_as(agreed, agreed.buyer, order(7))
    assert [refusal(confirm_as, agreed, one) for one in (agreed.buyer, colleague)] == ["one_side_only"] * 2
    # Who has proposed it for the buyer manages the exhibitor by now.
    agreed.meeting.participants.filter(user=agreed.buyer).delete()
    agreed.meeting.buyer.company.staff.filter(user=agreed.buyer).delete()
    agreed.meeting.exhibitor.company.staff.create(user=agreed.buyer, position="CEO", is_manager=True)
    assert refusal(confirm_as, agreed, agreed.buyer) == "one_side_only"
    proxy = Actor(make_role(agreed.meeting.fair, "organiser"), on_behalf_of=agreed.seller)
    version = newest(agreed).pk
    assert refusal(confirm_correction, proxy, meeting=agreed.meeting.pk, version=version, now=LATER) == "not_for_others"
    for person in (agreed.interpreter, make_role(agreed.meeting.fair, "organiser")):
        assert person is not None
        assert refusal(confirm_as, agreed, person) == "not_permitted"
        assert refusal(propose_as, agreed, person, order(8)) == "not_permitted"
    assert len(entries()) == 1


def test_a_proposal_takes_the_place_of_the_one_before_whoever_made_it(agreed: MeetingCase) -> None:
    first = newest(agreed)
    propose_as(agreed, agreed.buyer, order(7))
    overtaken = newest(agreed).pk
    assert refusal(propose_as, agreed, agreed.seller, order(8), base=first.pk) == "outcome_changed"
    propose_as(agreed, agreed.seller, order(8))
    assert refusal(confirm_as, agreed, agreed.buyer, overtaken) == "outcome_changed"
    assert [(one.side, one.version.amount_minor) for one in Correction.objects.all()] == [("exhibitor", 8)]
    # The buyer proposes the same: that confirms it.
    assert propose_as(agreed, agreed.buyer, order(8)).agreed == newest(agreed)
    assert entries()[1:] == [(2, 1, 8, False)]


def test_the_same_again_or_what_is_agreed_proposes_nothing(agreed: MeetingCase) -> None:
    propose_as(agreed, agreed.buyer, order())
    assert not Correction.objects.exists()
    for _ in range(2):
        propose_as(agreed, agreed.buyer, order(7))
    assert (Correction.objects.count(), OutcomeVersion.objects.count()) == (1, 2)


@pytest.mark.parametrize("by", ["buyer", "seller"])
def test_either_side_keeps_what_was_agreed(agreed: MeetingCase, by: str) -> None:
    first = newest(agreed)
    propose_as(agreed, agreed.buyer, order(7))
    Notice.objects.all().delete()
    for _ in range(2):
        assert drop_as(agreed, getattr(agreed, by)).agreed == first
    assert (Correction.objects.exists(), len(entries())) == (False, 1)
    assert notices(agreed) == [("seller" if by == "buyer" else "buyer", "correction_dropped")]
    assert refusal(confirm_as, agreed, agreed.seller) == "outcome_changed"


def test_only_what_is_agreed_is_corrected(db: None) -> None:
    fair = make_fair()
    case = make_case(fair, make_slots(fair)[0])
    act = {"meeting": case.meeting.pk, "content": order(), "base": None, "now": NOW}
    assert refusal(propose, actor(case.buyer), **act) == "outcome_not_agreed"


def test_the_other_side_has_it_among_its_tasks(agreed: MeetingCase) -> None:
    fair, meeting = agreed.meeting.fair, agreed.meeting
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    organiser = make_role(fair, "organiser")
    assert owed(organiser, fair, LATER) == []
    propose_as(agreed, agreed.buyer, order(7))
    assert [awaiting_confirmation(one, fair, LATER) for one in (agreed.seller, agreed.buyer)] == [[meeting], []]
    assert [(str(one.side), one.state) for one in owed(organiser, fair, LATER)] == [("exhibitor", Open.CORRECTION)]
    notes = [note(Meeting.objects.get(pk=meeting.pk), side, "agreed", LATER) for side in ("exhibitor", "buyer", None)]
    assert notes == ["Agreed; the other side proposes a correction", "Agreed: Order", "Agreed: Order"]


def test_on_the_page_one_proposes_and_the_other_confirms(case: MeetingCase) -> None:
    agree(case, order(terms="FOB Ningbo"), timezone.now())
    assert case.interpreter is not None
    people = {"buyer": case.buyer, "seller": case.seller, "interpreter": case.interpreter}
    pages = {name: browser(one).get(url(case)).content.decode() for name, one in people.items()}
    assert {name for name, page in pages.items() if "Propose a correction" in page} == {"buyer", "seller"}
    form = browser(case.buyer).get(url(case), {"correct": ""})
    assert 'name="act" value="propose"' in form.content.decode()
    said = {**TYPED, "base": form.context["form"]["base"].value(), "amount": "30,150", "act": "propose"}
    assert browser(case.buyer).post(url(case), {**said, "hs_code": ""}).status_code == 302
    pages = {name: browser(one).get(url(case)).content.decode() for name, one in people.items()}
    assert {name for name, page in pages.items() if "USD\xa030,150" in page} == set(people)
    buttons = ("confirm_correction", "drop_correction")
    assert {name: [f'value="{one}"' in page for one in buttons] for name, page in pages.items()} == {
        "buyer": [False, True], "seller": [True, True], "interpreter": [False, False],
    }  # fmt: skip
    version = {"version": newest(case).pk}
    for _ in range(2):
        browser(case.seller).post(url(case), {"act": "confirm_correction", **version})
    assert (Outcome.objects.get().agreed, len(entries())) == (newest(case), 2)
    assert "Corrected by both sides" in browser(case.interpreter).get(url(case), {"print": "ur"}).content.decode()


def test_a_form_from_before_the_agreement_proposes_nothing(case: MeetingCase) -> None:
    agree(case, order(), timezone.now())
    answer = browser(case.buyer).post(url(case), {**TYPED, "amount": "7", "base": newest(case).pk})
    # Its base is what is agreed: it is taken as the confirmation sent again.
    assert (answer.status_code, Correction.objects.exists(), Outcome.objects.get().agreed) == (302, False, newest(case))
    answer = browser(case.buyer).post(url(case), {**TYPED, "amount": "7"})
    assert answer.context["form"].non_field_errors() == [
        "Both sides have confirmed this outcome, so only both can correct it."
    ]


def test_a_hidden_amount_of_a_correction_is_shown_to_the_two_companies_alone(case: MeetingCase) -> None:
    agree(case, order(), timezone.now())
    assert case.interpreter is not None
    base = newest(case).pk
    browser(case.buyer).post(url(case), {**TYPED, "act": "propose", "amount": "77", "base": base, "hides_amount": "on"})
    assert _readers(case, "USD\xa077") == {case.seller}


def test_a_correction_does_not_show_the_amount_that_the_other_side_hides(case: MeetingCase) -> None:
    agree(case, order(), timezone.now())
    hidden = Outcome.objects.filter(meeting=case.meeting)
    hidden.update(is_amount_hidden=True)
    Statement.objects.filter(outcome__in=hidden, side="exhibitor").update(hides_amount=True)
    browser(case.buyer).post(url(case), {**TYPED, "act": "propose", "amount": "77", "base": newest(case).pk})
    assert Correction.objects.get().hides_amount is False
    assert _readers(case, "USD\xa077") == {case.seller}


def _readers(case: MeetingCase, amount: str) -> set[User]:
    """Of the seller, the interpreter and an organiser, whose page of the outcome has this amount."""
    assert case.interpreter is not None
    people = (case.seller, case.interpreter, make_role(case.meeting.fair, "organiser"))
    return {one for one in people if amount in browser(one).get(url(case)).content.decode()}


@pytest.mark.either("meetings.outcomes.corrections")
def test_confirming_and_dropping_at_once_end_in_one_of_both(transactional_db: None) -> None:
    case = begin()
    propose_as(case, case.buyer, order(7))
    version, start = newest(case).pk, Barrier(4)

    def press(act: Any, person: User) -> None:
        own = actor(person)
        start.wait()
        try:
            act(own, meeting=case.meeting.pk, version=version, now=LATER)
        except Refused:
            pass
        finally:
            connections.close_all()

    acts = [(confirm_correction, case.seller)] * 2 + [(drop_correction, case.buyer), (drop_correction, case.seller)]
    threads = [Thread(target=press, args=one) for one in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    is_corrected = Outcome.objects.get().agreed_id == version
    assert (Correction.objects.exists(), len(entries()), verify(case.meeting.fair).ok) == (
        False,
        1 + is_corrected,
        True,
    )
