"""A fair with meetings, outcomes, requests and papers of every sort, for the tests of the report."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from booths.actions import open_inquiry
from chat.models import Message
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Staff
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit
from fairplatform.ledger.actions import correct, enter
from fairplatform.ledger.content import Content as EntryContent
from fairplatform.ledger.models import Entry, ExchangeRate
from fairplatform.ledger.releasing import Terms, release
from fairplatform.money.rates import SCALE
from meetings.models import Meeting, MeetingRequest, OutcomeVersion, Satisfaction
from meetings.outcomes.actions import confirm, submit
from meetings.outcomes.content import Content
from tests.factories import (
    NOW,
    actor,
    make_buyer,
    make_demand,
    make_exhibitor,
    make_fair,
    make_role,
    make_slots,
    make_staff,
    three,
)
from tests.ledger.making import content, party
from tests.meetings.cases import MeetingCase, agree, make_case, minutes, order

FIRST = NOW - minutes(93)
INCLUDED = {"memoranda_amount_confirmed:PKR": 321_000, "outcomes_amount_confirmed:mou:PKR": 321_000}
"""What hidden amounts of the full fair come to in the sums in which they are: no exported row tells it."""


def intention(amount_minor: int, **fields: Any) -> Content:
    return Content(**{"kind": "intended_deal", "amount_minor": amount_minor, "currency": "USD", "months": 6, **fields})


def hold(case: MeetingCase, *, seconds: int = 0) -> None:
    """Ends it as held, both sides connected for so long."""
    Meeting.objects.filter(pk=case.meeting.pk).update(state="held")
    if seconds:
        since = case.meeting.slot.starts_at
        times = {"connected_at": since, "left_at": since + timedelta(seconds=seconds)}
        case.attend(case.seller, "exhibitor", since=since, **times)
        case.attend(case.buyer, "buyer", since=since, **times)


def offer(case: MeetingCase, content: Content) -> None:
    """The buyer alone submits an outcome."""
    submit(actor(case.buyer), meeting=case.meeting.pk, content=content, base=None, now=NOW)


def agree_hiding(case: MeetingCase, content: Content) -> None:
    """As `agree`, and the buyer hides the amount."""
    said = {"meeting": case.meeting.pk, "now": NOW}
    outcome = submit(actor(case.buyer), content=content, base=None, hides_amount=True, **said)
    confirm(actor(case.seller), version=outcome.versions.get().pk, **said)


def make_full_fair() -> Fair:
    fair = make_fair(min_meetings=1)
    slots = make_slots(fair, first=FIRST, number=6)
    long, short, missed, differing, one_sided, letter = (
        make_case(fair, slots[place % 2], with_interpreter=place == 0) for place in range(6)
    )
    for case, seconds in ((long, 900), (short, 90), (differing, 600), (one_sided, 0), (letter, 599)):
        hold(case, seconds=seconds)
    Meeting.objects.filter(pk=missed.meeting.pk).update(state="missed", missed_because="buyer")
    agree(long, order(3_150_000), NOW)
    agree(short, intention(5_000_000), NOW)
    agree(letter, Content(kind="mou", amount_minor=9_900_000, currency="CNY"), NOW)
    offer(one_sided, intention(700_000, currency="CNY"))
    for said in (order(120_000), Content(kind="loi", amount_minor=40_000, currency="USD")):
        offer(make_case(fair, slots[1]), said)
    offer(differing, intention(2_000_000))
    base = differing.meeting.outcome.versions.get().pk
    submit(actor(differing.seller), meeting=differing.meeting.pk, content=intention(1_800_000), base=base, now=NOW)
    cancelled = make_case(fair, slots[4])
    Meeting.objects.filter(pk=cancelled.meeting.pk).update(state="cancelled")
    make_case(fair, slots[5])
    _answer_one_demand(short, make_case(fair, slots[1]))
    _hide_amounts(fair, slots[1])
    _rate(fair, long, short, make_case(fair, slots[0]), make_case(fair, slots[5]))
    _describe(fair)
    _ask(fair, slots[5])
    organiser = make_role(fair, "organiser")
    for provenance in ("document", "report"):
        paper = content(party(make_exhibitor(fair)), provenance=provenance, signed_on=date(2020, 5, 13))
        enter(actor(organiser), fair=fair.pk, content=paper, now=NOW)
    _realise(actor(organiser), long.meeting.outcome.reference)
    _release(long)
    _inquire(fair)
    _add_rates(fair)
    return fair


def _release(case: MeetingCase) -> None:
    """Both parties of an order let everybody read it with its amount."""
    entry = Entry.objects.standing().get(outcome=case.meeting.outcome.reference)
    for person, company in ((case.seller, case.meeting.exhibitor), (case.buyer, case.meeting.buyer)):
        release(actor(person), entry=entry.pk, company=company.pk, terms=Terms(amount=True, scans=False), now=NOW)


def _realise(organiser: Actor, reference: str) -> None:
    """A part of an order, and of a hidden amount, of which nothing is told."""
    for entry in Entry.objects.filter(outcome=reference) | Entry.objects.filter(is_amount_hidden=True, kind="order"):
        content = replace(EntryContent.of(entry), realised_minor=1_000_050, evidence="Bill of lading 17")
        correct(organiser, entry=entry.pk, content=content, reason="Shipped", now=NOW)


def _inquire(fair: Fair) -> None:
    """Two answered; of the others one in which the visitor wrote alone, one that led to a meeting, one just opened."""
    coming = fair.meetings.filter(slot__starts_at__gt=NOW, state="confirmed")[0]
    over = fair.meetings.filter(slot__ends_at__lte=NOW).order_by("pk")
    pairs = [(one.exhibitor, one.buyer) for one in (over[0], over[1], coming, over[2], over[3])]
    times = ((110, 900), (None, 900), (None, 800), (None, 60), (95, 500))
    for (seller, buyer), (answered_after, opened_before) in zip(pairs, times, strict=True):
        asking, answering = make_staff(buyer), make_staff(seller)
        opened = NOW - timedelta(seconds=opened_before)
        inquiry = open_inquiry(actor(asking), booth=seller.booth.pk, now=opened)
        answer = (answering, answered_after) if answered_after else (asking, 30)
        Message.objects.bulk_create(
            Message(
                conversation=inquiry.conversation, seq=place, author=person, client_id=uuid4(), body="Price?",
                sent_at=opened + timedelta(seconds=after),
            )
            for place, (person, after) in enumerate([(asking, 0), answer], start=1)
        )  # fmt: skip


def _add_rates(fair: Fair) -> None:
    """Two of one pair, of which the newer counts; one the other way about; and none of tomorrow."""
    for days, base, quote, value in (
        (-9, "USD", "CNY", "7.01"), (0, "USD", "CNY", "7.09"), (-3, "PKR", "USD", "0.00624"), (1, "USD", "CNY", "9"),
    ):  # fmt: skip
        ExchangeRate.objects.create(
            fair=fair, date=NOW.date() + timedelta(days=days), base=base, quote=quote,
            scaled=int(Decimal(value) * SCALE), source="State Bank",
        )  # fmt: skip


def _answer_one_demand(larger: MeetingCase, other: MeetingCase) -> None:
    """A smaller deal of another exhibitor than one that is agreed already, for the same demand."""
    hold(other)
    agree(other, intention(4_000_000), NOW)
    demand = make_demand(larger.meeting.buyer)
    OutcomeVersion.objects.filter(outcome__meeting__in=(larger.meeting, other.meeting)).update(demand=demand)


def _hide_amounts(fair: Fair, slot: Any) -> None:
    """One of two orders, which is left out of its sum; and of three memoranda, which is enough for theirs."""
    agree(make_case(fair, slot), order(500_000, currency="PKR"), NOW)
    agree_hiding(make_case(fair, slot), order(70_000, currency="PKR"))
    for amount in (1_000, 20_000, 300_000):
        agree_hiding(make_case(fair, slot), Content(kind="mou", amount_minor=amount, currency="PKR"))


def _rate(fair: Fair, long: MeetingCase, short: MeetingCase, by_telephone: MeetingCase, later: MeetingCase) -> None:
    """Of two meetings that were held, one by telephone, and one to come, which does not count."""
    Meeting.objects.filter(pk=by_telephone.meeting.pk).update(by_telephone=True)
    for case, side, rating, right, because in (
        (long, "exhibitor", 5, True, ""),
        (long, "buyer", 4, False, "price"),
        (short, "buyer", 4, None, ""),
        (by_telephone, "exhibitor", 1, False, ""),
        (later, "buyer", 1, True, ""),
    ):
        Satisfaction.objects.create(
            fair=fair, meeting=case.meeting, participation=getattr(case.meeting, side), rating=rating,
            right_partner=right, because=because, made_by=case.buyer,
        )  # fmt: skip


def _describe(fair: Fair) -> None:
    """Places, units and purchasers of some companies, but not of all; and companies that are not in the fair."""
    unit = RecruitingUnit.objects.create(fair=fair, key="", name=three("Jinhua Bureau of Commerce"), country="CN")
    for number, one in enumerate(fair.participations.select_related("company").order_by("pk")):
        company = one.company
        company.county = "Yongkang" if number % 3 else ""
        company.prefecture = "Jinhua" if number % 3 else "Ningbo"
        company.is_new_to_partner_country = number % 4 == 0
        company.kind = ("manufacturer", "trader", "A workshop")[number % 3]
        company.save()
        one.unit = unit if number % 3 == 1 else None
        one.key = "" if number % 4 else f"k{number}"
        one.save()
        staff = Staff.objects.filter(company=company)
        if one.buys and number % 4 == 1:
            staff.update(is_lead=True, decides=number % 8 == 1)
    for state in ("submitted", "withdrawn"):
        Participation.objects.filter(pk=make_buyer(fair).pk).update(state=state)


def _ask(fair: Fair, slot: Any) -> None:
    sender, receiver = make_exhibitor(fair), make_buyer(fair)
    person = make_role(fair, "liaison")
    for state, after in (("accepted", 30), ("declined", 125), ("accepted", 1.5), ("withdrawn", 4), ("expired", None)):
        MeetingRequest.objects.create(
            fair=fair, sender=sender, receiver=receiver, slot=slot, state=state, made_by=person, made_at=FIRST,
            expires_at=NOW, answered_at=FIRST + minutes(after) if after else None,
        )  # fmt: skip
