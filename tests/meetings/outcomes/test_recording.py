"""What agreed outcomes enter into the ledger: once, in the transaction of the second confirmation."""

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from fairplatform.fairs.models import Fair
from fairplatform.ledger.chain import Addition, Verification, append, verify
from fairplatform.ledger.kinds import Kind
from fairplatform.ledger.models import NO_DIGEST, Entry, Ledger
from meetings.models import Outcome
from meetings.outcomes.actions import confirm, draft, submit
from meetings.outcomes.content import Content
from meetings.outcomes.recording import read_quantity
from tests.factories import NOW, actor, make_fair, make_slots
from tests.ledger.making import content as entered
from tests.meetings.cases import MeetingCase, agree, make_case, order
from tests.racing import DONE, at_once

pytestmark = pytest.mark.django_db
BINDING = {"trial_order": True, "order": True, "contract": True}
RECORDED = {**BINDING, "loi": False, "mou": False, "agency": None, "joint_venture": None}


def case_of(fair: Fair) -> MeetingCase:
    return make_case(fair, make_slots(fair, number=1)[0])


def test_an_agreed_order_is_an_entry_confirmed_by_the_parties() -> None:
    fair = make_fair(host_zone="Asia/Shanghai")
    case = case_of(fair)
    agree(case, order(hs_code="82032000"), now=datetime(2030, 5, 13, 17, tzinfo=UTC))
    entry = Entry.objects.get()
    outcome, (seller, buyer) = Outcome.objects.get(), entry.names.all()
    assert (entry.key, entry.outcome, entry.provenance) == (
        f"outcome:{outcome.reference}",
        outcome.reference,
        "parties",
    )
    assert (entry.kind, entry.is_binding, entry.subject, entry.sector) == (
        "order",
        True,
        "combination pliers",
        "82032000",
    )
    assert (entry.amount_minor, entry.currency, entry.quantity, entry.quantity_unit) == (
        3_150_000,
        "USD",
        6_000_000,
        "pcs",
    )
    assert (entry.agreed_on, entry.signed_on, entry.entered_by) == (date(2030, 5, 14), None, case.seller)
    for name, participation in ((seller, case.meeting.exhibitor), (buyer, case.meeting.buyer)):
        assert (name.part, name.participation, name.name) == ("party", participation, participation.company.name)
    assert verify(fair) == Verification(1, None)


@pytest.mark.parametrize("kind", Kind.values)
def test_orders_and_papers_are_entered_and_nothing_else(kind: str) -> None:
    fair = make_fair()
    amount: dict[str, Any] = {"amount_minor": 100, "currency": "USD"} if kind in ("intended_deal", *BINDING) else {}
    agree(case_of(fair), Content(kind=kind, months=3 if kind == "intended_deal" else None, **amount), now=NOW)
    entered = {entry.kind: entry.is_binding for entry in Entry.objects.all()}
    assert entered == ({kind: RECORDED[kind]} if kind in RECORDED else {})


def test_confirming_again_enters_nothing_more() -> None:
    case = case_of(make_fair())
    agree(case, order(), now=NOW)
    version = Outcome.objects.get().agreed_id
    for person in (case.seller, case.buyer):
        confirm(actor(person), meeting=case.meeting.pk, version=version, now=NOW)
    assert Entry.objects.count() == 1


def test_an_outcome_that_cannot_be_entered_is_not_agreed() -> None:
    """Both are one transaction."""
    fair = make_fair()
    case = case_of(fair)
    submit(actor(case.buyer), meeting=case.meeting.pk, content=order(), base=None, now=NOW)
    version = Outcome.objects.get().versions.get()
    # The ledger's end is where no other entry can be added.
    append(fair.pk, [Addition(entered(), "another")], actor=None, now=NOW)
    Ledger.objects.update(digest=NO_DIGEST)
    with pytest.raises(IntegrityError), transaction.atomic():
        confirm(actor(case.seller), meeting=case.meeting.pk, version=version.pk, now=NOW)
    assert (Entry.objects.count(), Outcome.objects.get().state) == (1, "one_side")


@pytest.mark.either("meetings.outcomes.actions", "fairplatform.ledger.actions")
@pytest.mark.django_db(transaction=True)
def test_both_pressing_twice_at_once_in_two_meetings_make_one_entry_each() -> None:
    fair = make_fair()
    cases = [case_of(fair), case_of(fair)]
    versions = [draft(actor(one.seller), meeting=one.meeting.pk, content=order(), now=NOW) for one in cases]
    presses = [
        lambda one=one, person=person, key=version.pk: confirm(
            actor(person), meeting=one.meeting.pk, version=key, now=NOW
        )
        for one, version in zip(cases, versions, strict=True)
        for person in (one.seller, one.buyer) * 2
    ]
    assert at_once(*presses) == {DONE: 8}
    references = [outcome.reference for outcome in Outcome.objects.order_by("number")]
    assert Counter(Entry.objects.values_list("outcome", flat=True)) == dict.fromkeys(references, 1)
    assert (Outcome.objects.filter(number__in=[1, 2]).count(), verify(fair)) == (2, Verification(2, None))


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("6,000 pcs", (6_000_000, "pcs")),
        ("500", (500_000, "")),
        ("12万件", (120_000_000, "件")),
        ("1.5 lakh pieces", (150_000_000, "pieces")),
        ("۵۰۰ درجن", (500_000, "درجن")),
        ("2.5 MT", (2_500, "MT")),
        ("12,34,567 sets", (1_234_567_000, "sets")),
        ("2 40hq", (2_000, "40HQ")),
        ("۲ 40HQ", (2_000, "40HQ")),
        ("12 20GP", (12_000, "20GP")),
        ("1 " + "x" * 58, (1_000, "x" * 58)),
        *[
            (text, (None, text))
            for text in (
                *("", "two containers", "500-600 dz", "2 x 20ft", "1.200 pcs", "12k pcs", "500 m", "0.0001 t"),
                *("2 × 40'HQ", "about 500 pcs", "2 40 HQ", "9" * 40),
            )
        ],
    ],
)
def test_a_quantity_is_read_if_it_can_be_in_one_way_and_kept_in_words_otherwise(
    text: str, quantity: tuple[int | None, str]
) -> None:
    assert read_quantity(text) == quantity


def test_the_words_of_a_quantity_are_in_the_ledger_and_on_its_page() -> None:
    fair, words = make_fair(), "500-600 pcs, in two lots, the first of them before 1 October"
    case = case_of(fair)
    agree(case, order(quantity=words), now=NOW)
    entry = Entry.objects.get()
    assert (len(words), entry.quantity, entry.quantity_unit) == (60, None, words)
    client = Client()
    client.force_login(case.seller)
    pages = [f"companies/{case.meeting.exhibitor_id}/agreements/", f"agreements/{entry.number}/"]
    assert [words in client.get(f"/fairs/{fair.slug}/{page}").content.decode() for page in pages] == [True, True]
    assert verify(fair) == Verification(1, None)
