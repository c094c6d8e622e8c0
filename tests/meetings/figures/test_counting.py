"""The figures of a fair: parts add up, kinds and currencies are counted separately."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from booths.models import Demand
from fairplatform.accounts.models import Staff
from fairplatform.fairs.models import Fair
from meetings.figures.counting import AgreedSum, count_figures
from meetings.figures.publishing import totals
from meetings.models import Meeting, Outcome, OutcomeVersion, Statement
from meetings.outcomes import actions as outcomes
from meetings.outcomes.content import Content
from tests.factories import NOW, actor, make_buyer, make_demand, make_fair, make_slots, make_staff
from tests.meetings.cases import MeetingCase, agree, make_case, minutes, order


@pytest.fixture
def fair(db: None) -> Fair:
    return make_fair()


def end_as(case: MeetingCase, state: str, because: str = "") -> None:
    Meeting.objects.filter(pk=case.meeting.pk).update(state=state, missed_because=because)


def test_meetings_add_up(fair: Fair) -> None:
    slots = make_slots(fair, first=NOW - minutes(63), number=5)  # two are over, one runs, two come
    end_as(make_case(fair, slots[0]), "held")
    end_as(make_case(fair, slots[0]), "missed", "buyer")
    end_as(make_case(fair, slots[1]), "missed", "line")
    make_case(fair, slots[1])  # over, and the clock has not yet looked
    end_as(make_case(fair, slots[2]), "held")  # still running, though both sides have stated an outcome
    make_case(fair, slots[3])
    make_case(fair, slots[4])
    end_as(make_case(fair, slots[4]), "cancelled")
    found = count_figures(fair, now=NOW)
    assert (found.planned, found.due, found.running, found.to_come) == (7, 4, 1, 2)
    assert found.planned == found.due + found.running + found.to_come
    assert (found.held, found.not_held) == (1, 2)
    assert found.missed == {"exhibitor": 0, "buyer": 1, "both": 0, "line": 1}


def test_an_extended_meeting_still_runs(fair: Fair) -> None:
    slots = make_slots(fair, first=NOW - minutes(27), number=1)
    case = make_case(fair, slots[0])
    assert count_figures(fair, now=NOW).running == 0
    Meeting.objects.filter(pk=case.meeting.pk).update(extended_minutes=5)
    assert count_figures(fair, now=NOW).running == 1


def test_outcomes_by_state_and_none_yet(fair: Fair) -> None:
    slot = make_slots(fair, first=NOW - minutes(40), number=1)[0]
    agreed, one, differing, drafted, silent = (make_case(fair, slot) for _ in range(5))
    for case in (agreed, one, differing, drafted, silent):
        end_as(case, "held")
    agree(agreed, Content(kind="contact"), NOW)
    outcomes.submit(actor(one.buyer), meeting=one.meeting.pk, base=None, content=order(), now=NOW)
    outcomes.submit(actor(differing.buyer), meeting=differing.meeting.pk, base=None, content=order(), now=NOW)
    first = differing.meeting.outcome.versions.get()
    outcomes.submit(
        actor(differing.seller), meeting=differing.meeting.pk, base=first.pk, content=order(3_015_000), now=NOW
    )
    outcomes.draft(actor(drafted.seller), meeting=drafted.meeting.pk, content=order(), now=NOW)
    assert count_figures(fair, now=NOW).outcomes == {"agreed": 1, "one_side": 1, "differing": 1, "none": 2}


def test_sums_are_separate_by_kind_and_currency(fair: Fair) -> None:
    slot = make_slots(fair)[0]
    contents = [
        order(3_150_000),
        order(1_000_000),
        order(8_000_000, currency="CNY"),
        Content(kind="trial_order", amount_minor=250_000, currency="USD"),
        Content(kind="mou", note="6,000 sets a year"),
        Content(kind="mou", amount_minor=900, currency="USD"),
        Content(kind="contact"),
    ]
    for content in contents:
        agree(make_case(fair, slot), content, NOW)
    one = make_case(fair, slot)
    outcomes.submit(actor(one.buyer), meeting=one.meeting.pk, base=None, content=order(7), now=NOW)
    found = count_figures(fair, now=NOW)
    assert found.agreed == (
        AgreedSum("contact", "", 1, None),
        AgreedSum("mou", "", 1, None),
        AgreedSum("mou", "USD", 1, 900),
        AgreedSum("order", "CNY", 1, 8_000_000),
        AgreedSum("order", "USD", 2, 4_150_000),
        AgreedSum("trial_order", "USD", 1, 250_000),
    )
    assert [agreed.kind for agreed in found.money] == ["mou", "order", "order", "trial_order"]


def test_sums_tell_no_amount_that_a_side_hides(fair: Fair) -> None:
    """Of four the oldest three are in the sum; of two that answer one demand the larger is one of them."""
    slot = make_slots(fair)[0]

    def hide(*contents: Content) -> None:
        for content in contents:
            agree(case := make_case(fair, slot), content, NOW)
            Outcome.objects.filter(meeting=case.meeting).update(is_amount_hidden=True)

    hide(order(1))
    agree(make_case(fair, slot), order(7_000), NOW)
    assert count_figures(fair, now=NOW).agreed == (AgreedSum("order", "USD", 2, 7_000, 1),)
    hide(order(20), order(300), order(50_000))
    found = count_figures(fair, now=NOW)
    assert found.agreed == (AgreedSum("order", "USD", 5, 7_321, 1),)
    assert [(one.number, one.amount_minor, one.hidden) for one in totals(found).sums] == [(5, 7_321, 1)]
    hide(*(order(amount, kind="intended_deal", months=3) for amount in (3, 60, 4, 500)))
    demand, deals = make_demand(make_buyer(fair)), OutcomeVersion.objects.filter(kind="intended_deal")
    deals.filter(amount_minor__in=(3, 60)).update(demand=demand)
    assert count_figures(fair, now=NOW).agreed[0] == AgreedSum("intended_deal", "USD", 3, 564)
    differing = Outcome.objects.filter(agreed__in=deals.filter(amount_minor=500)).get()
    [own, _other] = differing.statements.all()
    version = own.version
    version.pk, version.number, version.amount_minor = None, 2, 600
    version.save()
    Statement.objects.filter(pk=own.pk).update(version=version)
    Outcome.objects.filter(pk=differing.pk).update(state="differing", agreed=None, agreed_at=None, number=None)
    found = count_figures(fair, now=NOW)
    assert found.agreed[0] == AgreedSum("intended_deal", "USD", 2, 0, 2)
    assert found.differing_intentions == (AgreedSum("intended_deal", "USD", 1, 0, 1),)


def test_a_band_is_counted_at_its_lower_end(fair: Fair) -> None:
    slot = make_slots(fair)[0]
    for highest in (None, 20_000_000):
        agree(make_case(fair, slot), order(10_000_000, kind="intended_deal", months=3, highest_minor=highest), NOW)
    assert count_figures(fair, now=NOW).agreed == (AgreedSum("intended_deal", "USD", 2, 20_000_000),)


def test_of_intended_deals_with_differing_amounts_the_smaller_is_counted_beside_the_agreed(fair: Fair) -> None:
    def differ(exhibitor: Content, buyer: Content) -> None:
        case = make_case(fair, slot)
        for person, content in ((case.seller, exhibitor), (case.buyer, buyer)):
            newest = OutcomeVersion.objects.filter(outcome__meeting=case.meeting).last()
            base = newest.pk if newest else None
            outcomes.submit(actor(person), meeting=case.meeting.pk, base=base, content=content, now=NOW)

    def intended(amount: int, **fields: Any) -> Content:
        return order(amount, **{"kind": "intended_deal", "months": 3, **fields})

    slot = make_slots(fair)[0]
    differ(intended(300), intended(200))
    differ(intended(1_000, highest_minor=9_000), intended(5_000))
    differ(intended(7, currency="PKR"), intended(6, currency="PKR"))
    differ(intended(300), intended(200, currency="CNY"))
    differ(intended(900), intended(900, note="delivered in two lots"))  # one amount
    differ(intended(300), order(200))
    differ(order(300), order(200))
    agree(make_case(fair, slot), intended(40), NOW)
    found = count_figures(fair, now=NOW)
    assert found.differing_intentions == (
        AgreedSum("intended_deal", "PKR", 1, 6),
        AgreedSum("intended_deal", "USD", 2, 1_200),
    )
    assert (found.agreed, found.outcomes["differing"]) == ((AgreedSum("intended_deal", "USD", 1, 40),), 7)


def test_of_intended_deals_that_answer_one_demand_the_largest_is_counted(fair: Fair) -> None:
    slot = make_slots(fair)[0]
    demand, other = (make_demand(make_buyer(fair)) for _ in range(2))

    def intend(amount: int, answers: Demand | None, currency: str = "USD", others: int = 0) -> None:
        """Agreed, or of another amount at the other side."""
        case = make_case(fair, slot)
        deal = order(amount, kind="intended_deal", months=3, currency=currency)
        agree(case, deal, NOW)
        if others:
            outcome = Outcome.objects.filter(meeting=case.meeting)
            outcome.update(state="differing", agreed=None, agreed_at=None, number=None)
            written = outcome.get().versions.get()
            second = OutcomeVersion.objects.create(
                outcome=outcome.get(), number=2, written_by=case.seller, written_as="exhibitor",
                **{**Content.of(written).as_fields(), "amount_minor": others},
            )  # fmt: skip
            Statement.objects.filter(outcome=outcome.get(), side="exhibitor").update(version=second)
        OutcomeVersion.objects.filter(outcome__meeting=case.meeting).update(demand=answers)

    for amount, answers in ((30, demand), (70, demand), (50, demand), (4, other), (5, None), (5, None)):
        intend(amount, answers)
    intend(9, demand, "CNY")
    for amount, others in ((300, 200), (500, 250), (100, 900)):
        intend(amount, demand, others=others)
    intend(40, None, others=60)
    found = count_figures(fair, now=NOW)
    assert found.agreed == (
        AgreedSum("intended_deal", "CNY", 1, 9),
        AgreedSum("intended_deal", "USD", 4, 84),
    )
    assert found.differing_intentions == (AgreedSum("intended_deal", "USD", 2, 290),)


def test_share_of_chief_executives_counts_lead_purchasers_only(fair: Fair) -> None:
    assert count_figures(fair, now=NOW).chief_executives_percent is None
    for position in ("proprietor", "procurement_manager", "managing_director"):
        buyer = make_buyer(fair)
        make_staff(buyer)  # a managing director who is not the lead
        Staff.objects.create(
            company=buyer.company, user=make_staff(make_buyer(make_fair())), position=position, is_lead=True
        )
    found = count_figures(fair, now=NOW)
    assert (found.lead_purchasers, found.chief_executives, found.chief_executives_percent) == (3, 2, 66.7)
    assert (found.firms, found.exhibitors, found.buyers) == (3, 0, 3)


def test_figures_of_another_fair_are_left_out(fair: Fair) -> None:
    other = make_fair()
    agree(make_case(other, make_slots(other)[0]), order(), NOW)
    found = count_figures(fair, now=NOW)
    assert (found.planned, found.agreed, found.firms, found.outcomes["agreed"]) == (0, (), 0, 0)


def test_figures_take_six_queries(fair: Fair) -> None:
    slot = make_slots(fair)[0]
    for _ in range(3):
        agree(make_case(fair, slot), order(), NOW)
    with CaptureQueriesContext(connection) as queries:
        count_figures(fair, now=NOW)
    assert len(queries) == 6
