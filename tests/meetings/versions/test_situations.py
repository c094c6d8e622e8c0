"""Fairs in which not everything is possible, and what is said of the rest."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fairplatform.fairs.models import Fair, FairDay, Participation, Slot
from meetings.matching.wishes import forbidden
from meetings.models import MatchedPair
from meetings.versions.rests import Rests

from .rules import Rules
from .small_fair import (
    FRIDAY,
    SATURDAY,
    THURSDAY,
    Sheets,
    company,
    ends,
    exported,
    imported,
    run,
    scheduled,
    small_fair,
)

pytestmark = pytest.mark.django_db


def test_without_any_interpreter_those_meet_who_share_a_language(tmp_path: Path) -> None:
    sheets = small_fair()
    sheets["people"] = [row for row in sheets["people"] if row["role"] != "interpreter"]
    sheets["absences"] = [row for row in sheets["absences"] if row["who"] != "yusuf"]
    del sheets["pairs"][0]["interpreter_key"]
    match, report, meetings = scheduled(tmp_path, sheets)
    assert Rules(sheets, meetings).broken() == []
    english = {("anvil", "parvez"), ("crane", "nadir"), ("crane", "parvez"), ("anvil", "rashid"), ("crane", "rashid")}
    assert ends(meetings) == english | {("bolt", "parvez")}
    assert {(row["exhibitor"], row["buyer"], row["code"]) for row in report["not_placed"]} == {
        ("anvil", "nadir", "no_interpreter"), ("engine", "rashid", "no_interpreter"),
        ("engine", "omar", "no_interpreter"),
    }  # fmt: skip
    below = {(row["company"], row["side"]): row["code"] for row in match["below_floor"]}
    assert below["drill", "exhibitor"] == below["qasim", "buyer"] == "no_language"


def test_a_holiday_over_the_whole_fair_leaves_nobody_a_time(tmp_path: Path) -> None:
    sheets = small_fair()
    sheets["holidays"] = [{"date": day, "country": "CN", "name_en": "Holiday"} for day in (THURSDAY, FRIDAY, SATURDAY)]
    match, report, meetings = scheduled(tmp_path, sheets)
    assert Rules(sheets, meetings).broken() == []
    assert meetings == []
    assert (report["placed"], report["bound"]) == (0, 0)
    assert Counter(row["code"] for row in match["left_out"]) == {"no_common_hours": 4, "sole_agent": 1}
    below = {(row["company"], row["side"]): row["code"] for row in match["below_floor"]}
    assert below["anvil", "exhibitor"] == "few_slots"
    assert below["parvez", "buyer"] == "no_common_hours"
    assert run("publish", "small")[0] == 0


def test_more_meetings_than_times_as_many_as_possible_and_the_rest_with_reasons(tmp_path: Path) -> None:
    sheets = small_fair()
    sheets["fair"][0] |= {"rooms": "1", "max_meetings": ""}
    sheets["days"] = [{"date": THURSDAY, "starts": "10:00", "ends": "11:55", "zone": "Asia/Karachi"}]
    sheets["absences"], sheets["pairs"], sheets["preferences"] = [], [], []
    sheets["companies"] += [company(f"extra-{number}", "PK", wants_hs="8203") for number in range(3)]
    _match, report, meetings = scheduled(tmp_path, sheets)
    assert Rules(sheets, meetings).broken() == []
    assert len(meetings) == report["placed"] == report["bound"] == 4  # one room, four slots
    assert report["meetings"] > 4
    assert len(report["not_placed"]) == report["meetings"] - 4
    waiting = Counter(row["buyer"] for row in report["not_placed"])
    placed = Counter(one["buyer"] for one in meetings)
    short = {row["company"] for row in report["short"] if row["side"] == "buyer"}
    assert short == {key for key in waiting if not placed[key]}
    assert {row["code"] for row in report["not_placed"]} <= {"rooms_full", "slots_taken", "interpreters_busy"}
    shared = {f"The two share {row['figures']['common']} times." for row in report["not_placed"]}
    assert all(any(said in row["text"] for said in shared) for row in report["not_placed"])
    # Whoever has no time for a pair reads why, of itself alone; so it stays when the version is published.
    read = {row["company"]: row for row in report["companies"]}
    assert waiting.keys() <= read.keys()
    assert [row["company"] for row in exported("not_placed")["companies"]] == list(read)
    [one] = [row for row in read["extra-0"]["unmet"] if row["heading"] == "8203"]
    assert (one["suiting"], one["no_common_time"], one["others"]) == (4, 0, 4 - placed["extra-0"])


def test_a_must_over_a_ceiling_is_left_out_with_its_cause(tmp_path: Path) -> None:
    sheets = small_fair()
    sheets["companies"][5]["max_meetings"] = "1"  # nadir is paired with anvil
    sheets["preferences"].append({"company": "nadir", "wants": "drill", "wish": "must"})
    match, _report, meetings = scheduled(tmp_path, sheets)
    assert Rules(sheets, meetings).broken() == []
    assert [(row["exhibitor"], row["buyer"], row["code"]) for row in match["left_out"]] in (
        [("drill", "nadir", "buyer_full"), ("crane", "qasim", "sole_agent")],
        [("anvil", "nadir", "buyer_full"), ("crane", "qasim", "sole_agent")],
    )
    assert sum(one["buyer"] == "nadir" for one in meetings) == 1


def test_who_may_have_fewer_meetings_than_when_it_was_matched_has_fewer(tmp_path: Path) -> None:
    sheets = small_fair()
    imported(tmp_path, sheets)
    run("match", "small")
    sheets["companies"][0]["max_meetings"] = "1"  # anvil
    imported(tmp_path, sheets)
    run("schedule", "small")
    meetings = exported()
    assert Rules(sheets, meetings).broken() == []
    assert sum(one["exhibitor"] == "anvil" for one in meetings) == 1


def test_a_no_of_either_forbids_even_a_must_and_is_told_only_to_organisers(tmp_path: Path) -> None:
    sheets = small_fair()
    sheets["preferences"].append({"company": "engine", "wants": "omar", "wish": "no"})
    match, report, meetings = scheduled(tmp_path, sheets)
    assert Rules(sheets, meetings).broken() == []
    assert ("engine", "omar") not in ends(meetings)
    assert ("engine", "omar", "no") in {(row["exhibitor"], row["buyer"], row["code"]) for row in match["left_out"]}
    assert report["not_placed"] == []


def test_pins_that_cannot_be_kept_are_said(tmp_path: Path) -> None:
    sheets = small_fair()
    sheets["pairs"][0] |= {"time": "14:10"}  # no meeting begins then
    sheets["pairs"][2] |= {"time": "13:00"}  # Friday prayer
    _match, report, meetings = scheduled(tmp_path, sheets)
    assert Rules(sheets, meetings).broken() == []
    assert {(row["exhibitor"], row["code"]) for row in report["not_placed"]} == {
        ("anvil", "pinned_off_grid"), ("engine", "pinned_outside"),
    }  # fmt: skip


def test_interpreters_rest_after_three_meetings_in_a_row(tmp_path: Path) -> None:
    sheets = small_fair()
    sheets["fair"][0] |= {"slot_minutes": "20", "change_minutes": "10", "max_meetings": "5"}
    sheets["days"] = [sheets["days"][0]]
    sheets["absences"], sheets["pairs"] = [], []
    sheets["people"] = [row for row in sheets["people"] if row["key"] != "zara"]
    yusuf = next(row for row in sheets["people"] if row["key"] == "yusuf")
    del yusuf["max_minutes_a_day"]
    _match, report, meetings = scheduled(tmp_path, sheets)
    assert Rules(sheets, meetings).broken() == []
    interpreted = [one for one in meetings if one["interpreter"] == "yusuf"]
    assert len(interpreted) == 7  # of eight slots, for after the first three he rests; after six the prayer is a rest
    assert "interpreters_busy" in {row["code"] for row in report["not_placed"]}


def test_two_companies_that_both_sell_and_buy_meet_once(tmp_path: Path) -> None:
    sheets: Sheets = {
        "fair": [small_fair()["fair"][0] | {"min_meetings": "2"}],
        "days": small_fair()["days"],
        "calendars": small_fair()["calendars"],
        "people": [],
        "companies": [
            company("one", "CN", sells_hs="8203", wants_hs="9018"),
            company("other", "PK", sells_hs="9018", wants_hs="8203"),
        ],
        "products": [{"company": "one", "article": "1", "name_en": "Pliers", "hs": "820320"}],
        "demands": [{"key": "d", "company": "other", "kind": "goods", "text_en": "Pliers", "hs": "820320"}],
    }
    match, _report, meetings = scheduled(tmp_path, sheets)
    assert Rules(sheets, meetings).broken() == []
    assert ends(meetings) == {("one", "other")}  # for the goods that fit better
    (pair,) = match["matched"]
    assert [reason.partition(":")[0] for reason in pair["reasons"]] == ["Same HS code", "In the other direction"]
    assert pair["reasons"][1].startswith("In the other direction: Same HS heading:")
    assert MatchedPair.objects.get().points == 60 + 5 + 40  # it sells what two demands are for
    assert {(row["company"], row["side"], row["meetings"], row["code"]) for row in match["below_floor"]} == {
        ("one", "exhibitor", 1, "few_suit"), ("one", "buyer", 0, "nobody_suits"),
        ("other", "buyer", 1, "few_suit"), ("other", "exhibitor", 0, "nobody_suits"),
    }  # fmt: skip


def test_products_count_without_a_booth(tmp_path: Path) -> None:
    sheets = small_fair()
    sheets["companies"][0].pop("sells_hs")
    sheets["products"] = [{"company": "anvil", "article": "1", "name_en": "Pliers", "hs": "820320"}]
    match, _report, meetings = scheduled(tmp_path, sheets)
    assert Rules(sheets, meetings).broken() == []
    reasons = {(row["exhibitor"], row["buyer"]): row["reasons"] for row in match["matched"]}
    assert reasons["anvil", "nadir"][0].startswith("Same HS code")


def test_a_sole_agent_is_known_by_the_name_of_its_principal(tmp_path: Path) -> None:
    sheets = small_fair()
    sheets["companies"][8]["sole_agent_of"] = "Crane Company"
    _match, _report, meetings = scheduled(tmp_path, sheets)
    assert Rules(sheets, meetings).broken() == []
    assert ("crane", "qasim") not in ends(meetings)
    fair = Fair.objects.get(slug="small")
    crane, qasim = (fair.participations.get(key=key) for key in ("crane", "qasim"))
    qasim.sole_agencies.update(principal=None, principal_name="CRANE  company")
    assert forbidden(fair)[frozenset((crane.pk, qasim.pk))] == "sole_agent"


@pytest.mark.parametrize(
    ("change", "rest", "apart"),
    [(0, 2, 1), (5, 1, 1), (10, 1, 0), (30, 0, 0)],
)
def test_the_rest_of_interpreters_in_slots(change: int, rest: int, apart: int) -> None:
    fair = Fair(slot_minutes=25, change_minutes=change)
    day, at = FairDay(pk=1), datetime(2027, 3, 4, 5, tzinfo=UTC)
    meeting, step = timedelta(minutes=25), timedelta(minutes=25 + change)
    slots = [Slot(day=day, starts_at=at + n * step, ends_at=at + n * step + meeting) for n in range(6)]
    rests = Rests(fair, slots)
    assert (rests.in_a_row, rests.rest, rests.apart, rests.pauses) == (3, rest, apart, frozenset())


def test_a_company_without_people_hinders_nobody(tmp_path: Path) -> None:
    sheets = small_fair()
    sheets["people"] = [row for row in sheets["people"] if row["role"] == "interpreter"]
    sheets["absences"] = [row for row in sheets["absences"] if row["who"] != "pir"]
    imported(tmp_path, sheets)
    run("match", "small")
    _status, report = run("schedule", "small")
    assert report["placed"] == report["meetings"]
    assert run("publish", "small")[1]["unattended"] == []


def test_a_meeting_is_held_when_its_companies_prefer_it_by_their_own_clocks(tmp_path: Path) -> None:
    """Of seven free times a day only one is in the hours of both: 12:30 in Pakistan, 15:30 in China."""
    sheets = small_fair()
    sheets["companies"] = [row for row in sheets["companies"] if row["key"] in ("bolt", "parvez")]
    sheets["people"], sheets["absences"], sheets["preferences"] = [], [], []
    sheets["days"], sheets["pairs"] = sheets["days"][:1], [sheets["pairs"][1]]
    imported(tmp_path, sheets)
    for key, begins, ends_at in (("bolt", "15:00", "16:00"), ("parvez", "12:30", "15:00")):
        Participation.objects.filter(key=key).update(preferred_from=begins, preferred_until=ends_at)
    run("match", "small")
    assert run("schedule", "small")[0] == 0
    [meeting] = exported()
    assert meeting["starts_at"] == "2027-03-04T07:30:00Z"
    assert Rules(sheets, [meeting]).broken() == []
