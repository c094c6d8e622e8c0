"""Every figure of a fair, counted from rows: kinds and currencies apart, parts that add up."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairplatform.accounts.models import Staff
from fairplatform.fairs.models import Fair
from meetings.figures.figures import Agreed, figures
from meetings.models import Meeting
from meetings.outcomes import actions as outcomes
from meetings.outcomes.terms import Terms
from tests.factories import NOW, actor, make_buyer, make_fair, make_slots, make_staff
from tests.meetings.tables import Table, lay, minutes, order


@pytest.fixture
def fair(db: None) -> Fair:
    return make_fair()


def agree(table: Table, terms: Terms, at: datetime) -> None:
    for person in (table.seller, table.buyer):
        newest = table.meeting.outcome.versions.last() if hasattr(table.meeting, "outcome") else None
        outcomes.submit(actor(person), meeting=table.meeting.pk, version=newest and newest.pk, fields=terms, now=at)
        table.meeting = Meeting.objects.get(pk=table.meeting.pk)


def end_as(table: Table, state: str, because: str = "") -> None:
    Meeting.objects.filter(pk=table.meeting.pk).update(state=state, missed_because=because)


def test_rounds_add_up(fair: Fair) -> None:
    slots = make_slots(fair, first=NOW - minutes(63), number=5)  # two are over, one runs, two come
    end_as(lay(fair, slots[0]), "held")
    end_as(lay(fair, slots[0]), "missed", "buyer")
    end_as(lay(fair, slots[1]), "missed", "line")
    lay(fair, slots[1])  # over, and the clock has not yet looked
    end_as(lay(fair, slots[2]), "held")  # running, and both have spoken already
    lay(fair, slots[3])
    lay(fair, slots[4])
    end_as(lay(fair, slots[4]), "cancelled")
    found = figures(fair, now=NOW)
    assert (found.planned, found.due, found.running, found.to_come) == (7, 4, 1, 2)
    assert found.planned == found.due + found.running + found.to_come
    assert (found.held, found.not_held) == (1, 2)
    assert found.missed == {"exhibitor": 0, "buyer": 1, "both": 0, "line": 1}


def test_an_extended_round_still_runs(fair: Fair) -> None:
    slots = make_slots(fair, first=NOW - minutes(27), number=1)
    table = lay(fair, slots[0])
    assert figures(fair, now=NOW).running == 0
    Meeting.objects.filter(pk=table.meeting.pk).update(extended_minutes=5)
    assert figures(fair, now=NOW).running == 1


def test_outcomes_by_state_and_none_yet(fair: Fair) -> None:
    slot = make_slots(fair, first=NOW - minutes(40), number=1)[0]
    agreed, one, differing, drafted, silent = (lay(fair, slot) for _ in range(5))
    for table in (agreed, one, differing, drafted, silent):
        end_as(table, "held")
    agree(agreed, Terms(kind="contact"), NOW)
    outcomes.submit(actor(one.buyer), meeting=one.meeting.pk, version=None, fields=order(), now=NOW)
    outcomes.submit(actor(differing.buyer), meeting=differing.meeting.pk, version=None, fields=order(), now=NOW)
    first = differing.meeting.outcome.versions.get()
    outcomes.submit(
        actor(differing.seller), meeting=differing.meeting.pk, version=first.pk, fields=order(3_015_000), now=NOW
    )
    outcomes.draft(actor(drafted.seller), meeting=drafted.meeting.pk, fields=order(), now=NOW)
    assert figures(fair, now=NOW).outcomes == {"agreed": 1, "one_side": 1, "differing": 1, "none": 2}


def test_money_stays_apart_by_kind_and_currency(fair: Fair) -> None:
    slot = make_slots(fair)[0]
    said = [
        order(3_150_000),
        order(1_000_000),
        order(8_000_000, currency="CNY"),
        Terms(kind="trial_order", amount_minor=250_000, currency="USD"),
        Terms(kind="mou", note="6,000 sets a year"),
        Terms(kind="mou", amount_minor=900, currency="USD"),
        Terms(kind="contact"),
    ]
    for terms in said:
        agree(lay(fair, slot), terms, NOW)
    outcomes.submit(actor(lay_one(fair, slot)), meeting=fair.meetings.last().pk, version=None, fields=order(7), now=NOW)
    found = figures(fair, now=NOW)
    assert found.agreed == (
        Agreed("contact", "", 1, None),
        Agreed("mou", "", 1, None),
        Agreed("mou", "USD", 1, 900),
        Agreed("order", "CNY", 1, 8_000_000),
        Agreed("order", "USD", 2, 4_150_000),
        Agreed("trial_order", "USD", 1, 250_000),
    )
    assert found.by_kind == {"contact": 1, "mou": 2, "order": 3, "trial_order": 1}
    assert [line.kind for line in found.money] == ["mou", "order", "order", "trial_order"]


def lay_one(fair: Fair, slot: object):  # type: ignore[no-untyped-def]
    return lay(fair, slot).buyer  # type: ignore[arg-type]


def test_share_of_chief_executives_counts_lead_purchasers_only(fair: Fair) -> None:
    assert figures(fair, now=NOW).chief_executives_percent is None
    for position in ("proprietor", "procurement_manager", "managing_director"):
        buyer = make_buyer(fair)
        make_staff(buyer)  # a managing director who is not the lead
        Staff.objects.create(
            company=buyer.company, user=make_staff(make_buyer(make_fair())), position=position, is_lead=True
        )
    found = figures(fair, now=NOW)
    assert (found.lead_purchasers, found.chief_executives, found.chief_executives_percent) == (3, 2, 66.7)
    assert (found.firms, found.exhibitors, found.buyers) == (3, 0, 3)


def test_figures_of_another_fair_are_left_out(fair: Fair) -> None:
    other = make_fair()
    agree(lay(other, make_slots(other)[0]), order(), NOW)
    found = figures(fair, now=NOW)
    assert (found.planned, found.agreed, found.firms, found.outcomes["agreed"]) == (0, (), 0, 0)


def test_figures_take_five_queries(fair: Fair) -> None:
    slot = make_slots(fair)[0]
    for _ in range(3):
        agree(lay(fair, slot), order(), NOW)
    with CaptureQueriesContext(connection) as queries:
        figures(fair, now=NOW)
    assert len(queries) == 5
