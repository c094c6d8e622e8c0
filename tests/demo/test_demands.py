"""The demands of the demonstration with their answers, the shifts and the favourites: loaded once, and kept up."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils.translation import override

from booths.models import Demand, Favourite, Quote, Shift
from booths.models.demand import fair_date
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Staff, User
from fairplatform.booth_office.shifts.days import open_days
from fairplatform.demands.actions import close_demand
from fairplatform.demands.comparison import compare
from fairplatform.demands.gaps import gaps
from fairplatform.demands.queries import answers
from fairplatform.demands.quoting import withdraw_quote
from fairplatform.demo.demonstration import load_demonstration
from fairplatform.demo.models import DemoRow
from fairplatform.notices.models import Notice

from .conftest import OPENING

TOMORROW = OPENING + timedelta(days=1, hours=2)
DAY, CHANGE = timedelta(days=1), timedelta(minutes=5)
BUYER, SELLER = "torange-hardware-traders-1", "yongkang-bubujin-tools-1"


def row(model, key):
    return model.objects.get(pk=DemoRow.objects.get(kind=model._meta.label_lower, key=key).row)


def actor(key):
    return Actor(row(User, key))


def statuses(fair, now):
    return Counter(Demand.objects.filter(fair=fair).with_status(fair_date(fair, now)).values_list("status", flat=True))


def test_one_demand_of_each_state_is_there_to_see(fair):
    assert statuses(fair, OPENING) == {"open": 136, "answered": 1, "waiting": 1, "closed": 1, "expired": 1}
    load_demonstration(TOMORROW)
    assert statuses(fair, TOMORROW) == {"open": 136, "answered": 1, "waiting": 1, "closed": 1, "expired": 1}


def test_three_quotes_answer_one_demand_and_not_all_can_be_compared(fair):
    demand = row(Demand, "torange-pliers")
    with override("en"):
        compared = compare(answers(demand), fair_date(fair, OPENING))
    assert [(one.version.incoterm, one.version.number, one.is_cheapest, len(one.notes)) for one in compared] == [
        ("CFR", 2, True, 1), ("CFR", 1, False, 1), ("FOB", 1, False, 1),
    ]  # fmt: skip
    assert {"CFR" in note and "FOB" in note for one in compared for note in one.notes} == {True}


def test_the_chamber_has_taken_one_down_and_its_member_is_told(fair):
    taken = row(Demand, "torange-spanners")
    assert (taken.taken_by, taken.confirmed_at) == (row(User, "delegate-phma"), None)
    assert row(User, "delegate-phma").name["en"] in taken.entered_by
    codes = Notice.objects.filter(recipient=row(User, BUYER), path__contains="/demands/").values_list("code", flat=True)
    assert Counter(codes) == {"demand_taken": 1, "quote_changed": 1, "quote_received": 3}


def test_headings_that_nobody_sells_are_gaps(fair):
    found = [gap for gap in gaps(fair, OPENING) if not gap.exhibitors]
    assert {gap.heading for gap in found if gap.demands} == {"8460", "8466", "8535"}
    # Named by buyers when they registered.
    assert {gap.heading for gap in found if not gap.demands} == {"8463", "8538"}


def test_the_people_of_the_complete_booths_have_shifts_within_the_days(fair):
    assert Counter(Shift.objects.values_list("booth__slug", flat=True)) == {
        "yongkang-bubujin-tools": 14, "taizhou-haitangge-valves": 14, "taizhou-gongzijin-pumps": 18,
    }  # fmt: skip
    hours = [day.hours for day in open_days(fair)]
    for shift in Shift.objects.all():
        assert [1 for starts, ends in hours if starts <= shift.starts_at and shift.ends_at <= ends + CHANGE] == [1]


def test_everything_moves_with_the_days_of_the_fair(fair):
    shift, quote = row(Shift, f"{SELLER}/3"), row(Quote, "torange-pliers/yongkang-bubujin-tools")
    demand = row(Demand, "torange-pliers")
    before = shift.starts_at, demand.deadline, demand.created_at, quote.newest.valid_until, quote.newest.written_at
    load_demonstration(TOMORROW)
    for one in (shift, quote, demand):
        one.refresh_from_db()
    by = TOMORROW - OPENING
    assert (shift.starts_at, demand.deadline, demand.created_at, quote.newest.valid_until, quote.newest.written_at) == (
        before[0] + by, before[1] + DAY, before[2] + DAY, before[3] + DAY, before[4] + by,
    )  # fmt: skip
    assert quote.versions.count() == 2


def test_what_visitors_changed_stays(fair):
    staff = Staff.objects.get(user=row(User, SELLER))
    row(Shift, f"{SELLER}/1").delete()
    starts = row(Shift, f"{SELLER}/2").ends_at + timedelta(hours=1)
    own = Shift.objects.create(
        fair=fair, booth=fair.booths.get(slug="yongkang-bubujin-tools"), staff=staff, starts_at=starts,
        ends_at=starts + timedelta(hours=1),
    )  # fmt: skip
    close_demand(actor(BUYER), demand=row(Demand, "torange-pliers").pk, reason="Ordered", now=OPENING)
    Favourite.objects.filter(note="").delete()
    load_demonstration(TOMORROW)
    own.refresh_from_db()
    assert (own.starts_at, staff.shifts.count()) == (starts + DAY, 5)
    closed = row(Demand, "torange-pliers")
    assert (closed.state, closed.closed_reason) == ("closed", "Ordered")
    assert Favourite.objects.count() == 2


def test_a_quote_that_a_visitor_changed_keeps_its_versions(fair):
    demand = row(Demand, "torange-pliers")
    quote = withdraw_quote(actor(SELLER), demand=demand.pk, remarks="Sold out", now=OPENING)
    before = list(quote.versions.values_list("pk", "written_at", "valid_until"))
    load_demonstration(TOMORROW)
    assert list(quote.versions.values_list("pk", "written_at", "valid_until")) == before


def test_a_demonstration_that_was_loaded_without_demands_gets_them(fair):
    kinds = [model._meta.label_lower for model in (Demand, Quote, Shift, Favourite)]
    Demand.objects.all().delete()
    Shift.objects.all().delete()
    Favourite.objects.filter(product=None).delete()
    DemoRow.objects.filter(kind__in=kinds).delete()
    load_demonstration(TOMORROW)
    assert statuses(fair, TOMORROW) == {"open": 136, "answered": 1, "waiting": 1, "closed": 1, "expired": 1}
    assert (Shift.objects.count(), Favourite.objects.count()) == (46, 4)
    assert row(Demand, "torange-pliers").deadline == fair_date(fair, TOMORROW) + timedelta(days=22)


@pytest.mark.parametrize("now", [OPENING + timedelta(hours=hours) for hours in (3, 9, 15, 24)])
def test_shifts_are_there_once_whenever_it_starts_again(fair, now):
    load_demonstration(now)
    assert Shift.objects.count() == 46
