"""The figures of the report: each can be computed again from the exported rows, and none is shown without data."""

import json
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fairplatform.fairs.models import Fair, Slot
from fairplatform.ledger.kinds import Kind
from fairplatform.ledger.models import Entry, Release
from fairplatform.report.definitions import DEFINITIONS
from fairplatform.report.figure import Figure
from fairplatform.report.figures import compute
from fairplatform.report.rows import read_rows
from fairplatform.workbook.json_export import figures, outcomes, read_keys
from meetings.figures.counting import count_figures
from meetings.models import Meeting, Outcome
from meetings.outcomes.actions import draft, submit, withdraw
from meetings.outcomes.content import Content
from meetings.satisfaction.counting import count_satisfaction
from tests.factories import NOW, actor, make_exhibitor, make_fair, make_role, make_slots
from tests.meetings.cases import agree, make_case, order
from tests.report.fairs import FIRST, INCLUDED, agree_hiding, hold, intention, make_full_fair, offer
from tests.report.second_path import Again

pytestmark = pytest.mark.django_db


@pytest.fixture
def fair() -> Fair:
    return make_full_fair()


def by_key(fair: Fair) -> dict[str, Figure]:
    return {figure.key: figure for figure in compute(read_rows(fair, now=NOW))}


def values(fair: Fair, *names: str) -> dict[str, int]:
    return {key: one.value for key, one in by_key(fair).items() if one.definition.key in names}


def exported(fair: Fair, what: str, capsys: pytest.CaptureFixture[str]) -> Any:
    """As the command prints it for other programs."""
    call_command("export", fair.slug, "--what", what, "--json")
    return json.loads(capsys.readouterr().out)


@time_machine.travel(NOW, tick=False)
def test_every_figure_computed_again_from_the_exported_rows(fair: Fair, capsys: pytest.CaptureFixture[str]) -> None:
    found = exported(fair, "figures", capsys)
    again = Again(found)
    shown = {
        key: (one["value"] - INCLUDED.get(key, 0), one["hidden"], set(one["rows"]))
        for key, one in found["figures"].items()
    }
    assert shown == {key: again.figure(key) for key in shown}
    assert {key: hidden for key, (_value, hidden, _rows) in shown.items() if hidden} == {
        "outcomes_amount_confirmed:order:PKR": 1, "concluded_amount_confirmed:PKR": 1,
        "purchases_amount_confirmed:PKR": 1, "purchases_by_sector_amount_confirmed:1:PKR": 1,
        "purchases_by_day_amount_confirmed:2020-05-14:PKR": 1,
    }  # fmt: skip
    assert {key.partition(":")[0] for key in shown} == set(DEFINITIONS)
    assert all(len(one["rows"]) == len(set(one["rows"])) for one in found["figures"].values())
    assert all(one["definition"] for one in found["figures"].values())


@time_machine.travel(NOW, tick=False)
def test_outcomes_and_ledger_as_they_are_exported_tell_the_same(fair: Fair, capsys: pytest.CaptureFixture[str]) -> None:
    """The figures of meetings and of papers, from what the other two exports say of them."""
    found, meetings, entries = (exported(fair, what, capsys) for what in ("figures", "outcomes", "ledger"))
    papers = [{**one, "key": str(one["number"])} for one in entries if one["stands"]]
    again = Again({**found, "rows": {**found["rows"], "meetings": meetings, "ledger": papers}})
    of = [key for key, one in found["figures"].items() if one["of"] in ("meetings", "ledger")]
    assert {key: again.figure(key) for key in of} == {
        key: (one["value"] - INCLUDED.get(key, 0), one["hidden"], set(one["rows"]))
        for key, one in found["figures"].items()
        if key in of
    }
    assert {key: one["value"] for key, one in found["figures"].items() if key.startswith("realised")} == {
        "realised_amount:order:USD": 1_000_050, "realised_of_amount:order:USD": 3_150_000,
        "realised_share:order:USD": 317,
    }  # fmt: skip


@time_machine.travel(NOW, tick=False)
def test_every_conversion_is_made_again_by_the_rate_beside_it(fair: Fair, capsys: pytest.CaptureFixture[str]) -> None:
    found = exported(fair, "figures", capsys)
    today = [one for one in found["rows"]["rates"] if one["date"] <= NOW.date().isoformat()]
    again = Again({**found, "rows": {**found["rows"], "rates": today}})
    shown = {
        key: one["converted"] and (one["converted"]["amount_minor"], one["converted"]["rate"])
        for key, one in found["figures"].items()
        if one["unit"] == "money"
    }
    assert shown == {
        key: again.converted(one["value"], one["currency"])
        for key, one in found["figures"].items()
        if one["unit"] == "money"
    }
    newer = {"date": "2020-05-14", "base": "USD", "quote": "CNY", "rate": "7.09", "source": "State Bank"}
    assert shown["memoranda_amount_confirmed:CNY"] == (1_396_333, newer)
    assert shown["concluded_amount_confirmed:PKR"] == (3_120, {
        "date": "2020-05-11", "base": "PKR", "quote": "USD", "rate": "0.00624", "source": "State Bank",
    })  # fmt: skip
    assert not any(one["converted"] for one in found["figures"].values() if one["unit"] != "money")


def test_answers_to_inquiries(fair: Fair) -> None:
    names = [name for name in DEFINITIONS if name.startswith("inquiries")]
    assert values(fair, *names) == {
        "inquiries": 5, "inquiries_answered": 2, "inquiries_answer_time": 95, "inquiries_late": 2,
        "inquiries_late_with_meeting": 1,
    }  # fmt: skip


def test_both_columns_of_the_results_and_their_sum(fair: Fair) -> None:
    names = ("concluded_amount", "intended_amount", "purchases_amount", "memoranda_amount")
    assert values(fair, *(f"{name}_{status}" for name in names for status in ("confirmed", "one_side"))) == {
        "concluded_amount_confirmed:PKR": 500_000,
        "concluded_amount_confirmed:USD": 3_150_000,
        "intended_amount_confirmed:USD": 5_000_000,
        "purchases_amount_confirmed:PKR": 500_000,
        "purchases_amount_confirmed:USD": 8_150_000,
        "memoranda_amount_confirmed:CNY": 9_900_000,
        "memoranda_amount_confirmed:PKR": 321_000,
        "intended_amount_one_side:CNY": 700_000,
        "concluded_amount_one_side:USD": 120_000,
        "purchases_amount_one_side:CNY": 700_000,
        "purchases_amount_one_side:USD": 120_000,
        "memoranda_amount_one_side:USD": 40_000,
    }
    assert values(fair, "intended_differing_amount") == {"intended_differing_amount:USD": 1_800_000}


@time_machine.travel(NOW, tick=False)
def test_each_meeting_held_is_in_one_figure_of_the_states_of_outcomes() -> None:
    fair = make_fair()
    [slot] = make_slots(fair, first=FIRST, number=1)
    agreed, one, differing, drafted, withdrawn, *_silent = held = [make_case(fair, slot) for _ in range(7)]
    for case in held:
        hold(case)
    agree(agreed, order(1), NOW)
    not_held = make_case(fair, slot)
    for case in (one, differing, withdrawn, not_held):
        offer(case, order(2))
    first = differing.meeting.outcome.versions.get().pk
    submit(actor(differing.seller), meeting=differing.meeting.pk, content=order(3), base=first, now=NOW)
    draft(actor(drafted.seller), meeting=drafted.meeting.pk, content=order(4), now=NOW)
    withdraw(actor(withdrawn.buyer), meeting=withdrawn.meeting.pk, now=NOW)
    states = values(fair, "held_by_outcome")
    assert list(states.items()) == [
        (f"held_by_outcome:{state}", number)
        for state, number in (
            ("agreed", 1), ("drafted", 1), ("one_side", 1), ("differing", 1), ("withdrawn", 1), ("none", 2),
        )
    ]  # fmt: skip
    assert len(states) == len(Outcome.State) + 1
    assert sum(states.values()) == values(fair, "meetings_held")["meetings_held"] == 7
    again = Again(json.loads(json.dumps(figures(fair))))
    assert {key: again.figure(key)[0] for key in states} == states
    assert count_figures(fair, now=NOW).outcomes["none"] == 4  # withdrawn, drafted and none
    assert by_key(fair)["held_by_outcome:none"].name("en") == "Meetings held, by status of the outcome: No outcome"


@time_machine.travel(NOW, tick=False)
def test_intentions_of_one_amount_do_not_differ_in_it(fair: Fair) -> None:
    case = make_case(fair, make_slots(fair, first=FIRST, number=1)[0])
    offer(case, intention(600_000))
    base, other = case.meeting.outcome.versions.get().pk, intention(600_000, months=12)
    submit(actor(case.seller), meeting=case.meeting.pk, content=other, base=base, now=NOW)
    key = "intended_differing_amount:USD"
    assert Again(json.loads(json.dumps(figures(fair)))).figure(key)[0] == by_key(fair)[key].value == 1_800_000
    assert by_key(fair)["held_by_outcome:differing"].value == 1


def test_a_sum_of_purchases_tells_no_hidden_amount_that_its_parts_do_not_tell() -> None:
    fair = make_fair()
    slot = make_slots(fair, number=1)[0]
    for content in (intention(1_000), *(order(amount) for amount in (20, 3, 400)), intention(50_000)):
        agree_hiding(make_case(fair, slot), content)
    agree(make_case(fair, slot), intention(600_000), NOW)
    found = by_key(fair)
    assert {
        name: (found[f"{name}_amount_confirmed:USD"].value, found[f"{name}_amount_confirmed:USD"].hidden)
        for name in ("concluded", "intended", "purchases")
    } == {"concluded": (423, 0), "intended": (600_000, 2), "purchases": (600_423, 2)}


def test_the_oldest_hidden_amounts_are_in_a_sum_whatever_the_order_of_their_meetings() -> None:
    fair = make_fair()
    slots = make_slots(fair, first=FIRST, number=4)
    for slot, amount in zip(reversed(slots), (1, 20, 300, 4_000), strict=True):
        agree_hiding(make_case(fair, slot), order(amount))
    found = by_key(fair)["concluded_amount_confirmed:USD"]
    assert (found.value, found.hidden, len(found.rows)) == (321, 1, 4)


def test_the_report_says_what_the_control_room_says(fair: Fair) -> None:
    counted, shown = count_figures(fair, now=NOW), by_key(fair)
    names = ("companies", "exhibitors", "buyers", "meetings_planned", "meetings_over", "meetings_held")
    assert [shown[name].value for name in names] == [
        counted.firms, counted.exhibitors, counted.buyers, counted.planned, counted.due, counted.held,
    ]  # fmt: skip
    assert values(fair, "meetings_missed") == {f"meetings_missed:{why}": n for why, n in counted.missed.items() if n}
    assert shown["purchasers_chief_executive_share"].value == 10 * (counted.chief_executives_percent or 0)
    outcomes = {name: number for name, number in counted.outcomes.items() if name != "none"}
    states = ("agreed", "one_side", "differing")
    assert outcomes == {name: sum(one.outcome == name for one in read_rows(fair, now=NOW).meetings) for name in states}
    amounts = {f"{one.kind}:{one.currency}": (one.amount_minor, one.hidden) for one in counted.money}
    prefix = "outcomes_amount_confirmed:"
    assert amounts == {
        key.removeprefix(prefix): (one.value, one.hidden) for key, one in shown.items() if key.startswith(prefix)
    }
    by_kind = {kind: sum(one.count for one in counted.agreed if one.kind == kind) for kind in set(Kind)}
    intended = by_kind.pop(Kind.INTENDED_DEAL)
    assert {kind: number for kind, number in by_kind.items() if number} == {
        key.partition(":")[2]: one.value
        for key, one in shown.items()
        if key.startswith("outcomes_confirmed:") and not key.endswith(Kind.INTENDED_DEAL)
    }
    assert intended == shown["intended_confirmed"].value == 1
    differing = [one for one in shown.values() if one.definition.key == "intended_differing_amount"]
    assert [(one.currency, one.amount_minor, one.hidden) for one in counted.differing_intentions] == [
        (one.currency, one.value, one.hidden) for one in differing
    ]


def test_satisfaction_is_what_the_office_says(fair: Fair) -> None:
    counted = count_satisfaction(fair, now=NOW)
    everyone = counted["all"]
    shown = {key.removeprefix("satisfaction_"): one.value for key, one in by_key(fair).items() if "satisfaction" in key}
    assert shown == {
        "answers": everyone.answered, "average": 350, "right": everyone.right, "wrong": everyone.wrong,
        "by_rating:5": 1, "by_rating:4": 2, "by_rating:1": 1, "wrong_by_reason:price": 1, "wrong_by_reason:-": 1,
        **{f"average_by_side:{side}": 100 * counted[side].average for side in ("exhibitor", "buyer")},
    }  # fmt: skip
    assert (everyone.average, everyone.answered) == (3.5, 4)


def release_all(fair: Fair, **fields: Any) -> None:
    """Every party of every entry lets everybody read it."""
    terms = {"shows_amount": True, "shows_scans": False, "released_at": NOW, **fields}
    Release.objects.filter(fair=fair).delete()
    for entry in Entry.objects.filter(fair=fair):
        for party in entry.releasing():
            person = make_role(fair, "organiser")
            Release.objects.create(fair=fair, key=entry.key, participation_id=party, released_by=person, **terms)


def largest(fair: Fair) -> list[Figure]:
    return [one for one in by_key(fair).values() if one.definition.key == "largest_deals"]


def test_the_largest_deals_are_ten_in_each_currency_without_hidden_ones() -> None:
    slot = make_slots(make_fair(), number=1)[0]
    for number in range(1, 13):
        for currency in ("USD", "CNY"):
            case, said = make_case(slot.fair, slot), order(number, currency=currency)
            agree_hiding(case, said) if number == 11 else agree(case, said, NOW)
    agree(make_case(slot.fair, slot), Content(kind="mou", amount_minor=99, currency="USD"), NOW)
    release_all(slot.fair)
    found = largest(slot.fair)
    assert [(one.currency, one.value) for one in found] == [
        (currency, number) for currency in ("CNY", "USD") for number in (12, 10, 9, 8, 7, 6, 5, 4, 3, 2)
    ]
    meeting = Meeting.objects.get(pk=found[0].rows[0])
    assert found[0].name("en") == f"Largest deals that may be named: {meeting.exhibitor} · {meeting.buyer} · Order"


def test_no_deal_is_named_that_not_all_its_parties_have_released_with_its_amount() -> None:
    slot = make_slots(make_fair(), number=1)[0]
    case = make_case(slot.fair, slot)
    agree(case, order(4_860_000), NOW)
    agree(make_case(slot.fair, slot), intention(9_000_000), NOW)
    seen = [len(largest(slot.fair))]
    for terms in ({"shows_amount": False}, {}):
        release_all(slot.fair, **terms)
        seen.append(len(largest(slot.fair)))
    Release.objects.filter(participation=case.meeting.buyer).delete()
    assert [*seen, len(largest(slot.fair))] == [0, 0, 1, 0]


def test_companies_have_the_keys_of_the_workbook(fair: Fair) -> None:
    keys, rows = read_keys(fair), read_rows(fair, now=NOW)
    assert [one.key for one in rows.companies] == [
        keys.key("companies", one.pk) for one in fair.participations.order_by("pk")
    ]
    assert list(rows.units) == [keys.key("units", one.pk) for one in fair.units.all()]


def test_an_empty_fair_has_no_figure_of_what_was_never_collected() -> None:
    assert {key: one.value for key, one in by_key(make_fair()).items()} == {
        "companies": 0, "exhibitors": 0, "buyers": 0, "meetings_planned": 0,
    }  # fmt: skip


def test_before_the_first_meeting_is_over_none_was_held_nor_missed() -> None:
    fair = make_fair()
    make_case(fair, make_slots(fair)[0])
    shown = by_key(fair)
    assert {key for key in shown if key.startswith(("held", "meetings_"))} == {"meetings_planned"}
    assert shown["meetings_planned"].value == 1


def test_a_company_of_unknown_county_is_counted_as_not_given_once_another_is_known() -> None:
    fair = make_fair()
    make_exhibitor(fair)
    assert values(fair, "exhibitors_by_county") == {}
    known = make_exhibitor(fair).company
    known.county = "永康市"
    known.save()
    assert values(fair, "exhibitors_by_county") == {"exhibitors_by_county:永康市": 1, "exhibitors_by_county:-": 1}
    assert by_key(fair)["exhibitors_by_county:-"].name("en") == "Exhibitors by county: not given"


def test_another_fair_is_left_out(fair: Fair) -> None:
    assert values(make_fair(), "companies", "meetings_planned") == {"companies": 0, "meetings_planned": 0}


def test_a_meeting_that_goes_on_is_not_held_yet(fair: Fair) -> None:
    held = values(fair, "meetings_held")["meetings_held"]
    first = Meeting.objects.filter(fair=fair, state="held", slot__starts_at=FIRST).first()
    assert first
    Meeting.objects.filter(pk=first.pk).update(extended_minutes=120)
    assert values(fair, "meetings_held") == {"meetings_held": held - 1}


@time_machine.travel(NOW, tick=False)
def test_outcomes_are_the_same_rows(fair: Fair, capsys: pytest.CaptureFixture[str]) -> None:
    meetings: Any = figures(fair)["rows"]
    assert [{name: one[name] for name in meetings["meetings"][0]} for one in outcomes(fair)] == meetings["meetings"]
    call_command("export", fair.slug, "--what", "outcomes", "--json")
    assert json.loads(capsys.readouterr().out) == outcomes(fair)


@time_machine.travel(NOW, tick=False)
def test_as_many_outcomes_are_exported_as_held_as_the_figure_counts(fair: Fair) -> None:
    """One meeting still goes on, though both sides have been connected long enough."""
    slot = Slot.objects.filter(day__fair=fair, starts_at__lte=NOW, ends_at__gt=NOW).first()
    assert slot
    hold(make_case(fair, slot), seconds=90)
    states = [one["state"] for one in outcomes(fair)]
    held = [one["key"] for one in outcomes(fair) if one["held"]]
    assert sorted(held) == sorted(by_key(fair)["meetings_held"].rows)
    assert len(held) == values(fair, "meetings_held")["meetings_held"] < states.count("held")


def test_fourteen_queries_whatever_the_size(fair: Fair) -> None:
    for one in (fair, make_fair()):
        with CaptureQueriesContext(connection) as queries:
            read_rows(one, now=NOW)
        assert len(queries) == 14
