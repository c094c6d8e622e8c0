"""From a folder of CSV files to published meetings, by the commands alone."""

from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from fairplatform.fairs.models import Fair, Holiday, Participation
from fairplatform.notices.models import Notice
from fairplatform.office.setup.states import CHANGES, change_state
from meetings.models import Booking, Match, Meeting, ScheduleVersion
from tests.factories import NOW, actor, make_role

from .rules import Rules
from .small_fair import FRIDAY, SATURDAY, THURSDAY, Sheets, company, imported, run, small_fair

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either("meetings.matching.making", "meetings.versions.drafting", "meetings.versions.publishing"),
]
SOLE_AGENT = {
    "exhibitor": "crane", "buyer": "qasim", "code": "sole_agent",
    "text": "One of the two is the sole agent of the other.",
}  # fmt: skip


def scheduled(path: Path, sheets: Sheets) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """What match and schedule print, and the schedule; no rule is broken."""
    imported(path, sheets)
    (_, match), (status, report), (_, meetings) = run("match", "small"), run("schedule", "small"), exported()
    assert status == 0
    assert Rules(sheets, meetings).broken() == []
    return match, report, meetings


def exported() -> tuple[int, list[dict[str, Any]]]:
    status, rows = run("export", "small", what="schedule")
    return status, rows


def ends(rows: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(row["exhibitor"], row["buyer"]) for row in rows}


def test_a_fair_is_matched_scheduled_and_published(tmp_path: Path) -> None:
    sheets = small_fair()
    match, report, meetings = scheduled(tmp_path, sheets)
    firsts = {("anvil", "nadir"), ("bolt", "parvez"), ("engine", "rashid"), ("engine", "omar")}
    assert {(row["exhibitor"], row["buyer"]) for row in match["matched"] if row["origin"] != "score"} == firsts
    assert match["left_out"] == [SOLE_AGENT]
    assert [(row["company"], row["side"], row["code"]) for row in match["below_floor"]] == [
        ("rashid", "exhibitor", "nobody_suits")
    ]
    # On Friday, the only day omar is there, the one interpreter of Urdu reaches his minutes.
    (busy,) = report["not_placed"]
    assert busy == {
        "exhibitor": "drill", "buyer": "omar", "first": False, "code": "interpreters_busy",
        "text": "It needs an interpreter, and none is free at the times that are left to the two.",
    }  # fmt: skip
    assert ends(meetings) == ends(match["matched"]) - {("drill", "omar")}
    assert firsts < ends(meetings)
    assert ("drill", "parvez") not in ends(meetings)
    assert {one["state"] for one in meetings} == {"draft"}
    count = len(meetings)
    numbers = {name: report[name] for name in ("placed", "meetings", "bound", "first", "first_placed", "status")}
    assert numbers == {
        "placed": count, "meetings": count + 1, "bound": count, "first": 4, "first_placed": 4, "status": "optimal",
    }  # fmt: skip
    assert run("publish", "small") == (
        0,
        {"fair": "small", "version": 1, "stored": True, "meetings": count, "conflicts": [], "unattended": []},
    )
    assert exported() == (0, [one | {"state": "confirmed"} for one in meetings])
    assert run("publish", "small") == (
        1,
        {"error": {"code": "draft_none", "text": "There is no draft schedule. Make one first."}},
    )


def test_the_rules_that_are_checked_here_are_strict(tmp_path: Path) -> None:
    sheets = small_fair()
    _match, _report, meetings = scheduled(tmp_path, sheets)
    (one,) = (each for each in meetings if each["interpreter"] == "yusuf" and each["pinned"])
    others = [each for each in meetings if each is not one]
    for change in (
        {"starts_at": "2027-03-04T06:31:00Z"}, {"ends_at": "2027-03-04T06:56:00Z"}, {"pinned": False},
        {"interpreter": None}, {"interpreter": "idle"}, {"interpreter": "zara"}, {"buyer": "omar"},
        {"starts_at": "2027-03-04T08:00:00Z", "ends_at": "2027-03-04T08:25:00Z"},
        {"exhibitor": "crane", "buyer": "qasim"},
    ):  # fmt: skip
        assert Rules(sheets, [one | change, *others]).broken() != []
    assert Rules(sheets, [one | {"interpreter": other["interpreter"]} for other in others]).broken() != []


def test_desks_people_interpreters_and_rooms_are_booked(tmp_path: Path) -> None:
    _match, _report, meetings = scheduled(tmp_path, small_fair())
    run("publish", "small")
    fair = Fair.objects.get(slug="small")
    booked = Counter(resource.partition(":")[0] for resource in Booking.objects.values_list("resource", flat=True))
    interpreted = sum(one["interpreter"] is not None for one in meetings)
    assert booked["desk"] == 2 * len(meetings)
    assert booked["room"] == len(meetings)
    assert booked["person"] == sum(meeting.participants.count() for meeting in Meeting.objects.all())
    for meeting in Meeting.objects.filter(fair=fair).prefetch_related("participants"):
        assert {one.side for one in meeting.participants.all() if one.side} == {"exhibitor", "buyer"}
    assert Meeting.objects.filter(participants__role="interpreter").count() == interpreted
    levels = dict(Meeting.objects.values_list("exhibitor__key", "interpreting").filter(buyer__key="parvez"))
    assert levels["bolt"] == "not_needed"  # their own


def test_people_are_told_once_when_the_fair_opens(tmp_path: Path) -> None:
    scheduled(tmp_path, small_fair())
    run("publish", "small")
    fair = Fair.objects.get(slug="small")
    assert Notice.objects.count() == 0
    organiser = actor(make_role(fair, "organiser"))
    opening = next(change for change in CHANGES if change.name == "open")
    assert opening.hindrance(fair) == ""
    change_state(organiser, fair=fair.pk, change=opening, now=NOW)
    attending = set(Meeting.objects.values_list("participants__user", flat=True))
    assert sorted(Notice.objects.values_list("recipient", flat=True)) == sorted(attending)
    first = Meeting.objects.filter(participants__user__registrations__key="nadia").order_by("slot__starts_at")[0]
    notice = Notice.objects.get(recipient__registrations__key="nadia")
    assert (notice.code, notice.path) == ("schedule_published", "/fairs/small/day/")
    assert notice.parameters == {
        "company": first.exhibitor.company.name, "at": first.starts_at.isoformat(),
    }  # fmt: skip


def test_matching_and_scheduling_again_replaces_the_draft_but_nothing_published(tmp_path: Path) -> None:
    sheets = small_fair()
    _match, _report, before = scheduled(tmp_path, sheets)
    run("match", "small")
    assert run("schedule", "small")[1]["version"] == 1
    assert (Match.objects.count(), ScheduleVersion.objects.count()) == (1, 1)
    run("publish", "small")
    sheets["pairs"].append({"exhibitor": "engine", "buyer": "nadir", "interpreter": "none"})
    sheets["companies"][5]["max_meetings"] = "3"
    imported(tmp_path, sheets)
    _status, report = run("schedule", "small")  # matches again, for a pair is new
    _status, after = exported()
    assert (report["version"], report["placed"]) == (2, 1)
    drafts = [one for one in after if one["state"] == "draft"]
    assert ends(drafts) == {("engine", "nadir")}
    assert [one for one in after if one["state"] != "draft"] == [one | {"state": "confirmed"} for one in before]
    assert Rules(sheets, after).broken() == []
    assert run("publish", "small")[1]["meetings"] == 1
    assert list(ScheduleVersion.objects.values_list("number", "state")) == [(1, "published"), (2, "published")]


def test_without_time_to_improve_a_schedule_is_still_valid(tmp_path: Path) -> None:
    sheets = small_fair()
    imported(tmp_path, sheets)
    status, report = run("schedule", "small", time_limit=0.0)
    assert (status, report["first_placed"]) == (0, 4)
    assert Rules(sheets, exported()[1]).broken() == []


def test_a_draft_does_not_hinder_its_organisers_from_changing_the_days(tmp_path: Path) -> None:
    sheets = small_fair()
    scheduled(tmp_path, sheets)
    sheets["days"][0] |= {"starts": "10:10"}
    del sheets["pairs"][0]["date"], sheets["pairs"][0]["time"], sheets["pairs"][0]["zone"]
    imported(tmp_path, sheets)
    assert {row["code"] for row in run("publish", "small")[1]["conflicts"]} == {"slot_gone"}


def refuse(fair: Fair) -> None:
    Participation.objects.filter(fair=fair, key="nadir").update(state="refused")


def close(fair: Fair) -> None:
    Holiday.objects.create(fair=fair, date=THURSDAY, country="PK", city="lahore")


def dismiss(fair: Fair) -> None:
    fair.roles.filter(user__registrations__key="yusuf").delete()


def move_day(fair: Fair) -> None:
    fair.slots.filter(day__date=FRIDAY).delete()


def move_pin(fair: Fair) -> None:
    pair = fair.pairs.get(exhibitor__key="anvil")
    pair.starts_at = fair.slots.get(number=1).starts_at
    pair.save()


def forbid(fair: Fair) -> None:
    nadir, anvil = (fair.participations.get(key=key) for key in ("nadir", "anvil"))
    fair.preferences.create(participation=nadir, wanted=anvil, wish="no")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (refuse, "not_approved"),
        (close, "company_busy"),
        (dismiss, "interpreter_gone"),
        (move_day, "slot_gone"),
        (move_pin, "pin_changed"),
        (forbid, "not_allowed"),
    ],
)
def test_what_is_no_longer_true_is_listed_and_nothing_is_published(tmp_path: Path, change: Any, code: str) -> None:
    _match, _report, meetings = scheduled(tmp_path, small_fair())
    change(Fair.objects.get(slug="small"))
    status, report = run("publish", "small")
    affected = {
        "not_approved": [one for one in meetings if one["buyer"] == "nadir"],
        "company_busy": [one for one in meetings if one["starts_at"] < FRIDAY],
        "interpreter_gone": [one for one in meetings if one["interpreter"] == "yusuf"],
        "slot_gone": [one for one in meetings if one["starts_at"] > FRIDAY],
        "pin_changed": [one for one in meetings if (one["exhibitor"], one["buyer"]) == ("anvil", "nadir")],
        "not_allowed": [one for one in meetings if (one["exhibitor"], one["buyer"]) == ("anvil", "nadir")],
    }[code]
    assert (status, report["stored"], report["meetings"]) == (1, False, 0)
    assert affected
    assert [(one["exhibitor"], one["buyer"], one["starts_at"], one["code"]) for one in report["conflicts"]] == [
        (one["exhibitor"], one["buyer"], one["starts_at"], code) for one in affected
    ]
    assert all(one["text"] for one in report["conflicts"])
    assert (Meeting.objects.count(), Booking.objects.count()) == (0, 0)
    assert ScheduleVersion.objects.get().state == "draft"


def test_without_any_interpreter_those_meet_who_share_a_language(tmp_path: Path) -> None:
    sheets = small_fair()
    sheets["people"] = [row for row in sheets["people"] if row["role"] != "interpreter"]
    sheets["absences"] = [row for row in sheets["absences"] if row["who"] != "yusuf"]
    del sheets["pairs"][0]["interpreter_key"]
    match, report, meetings = scheduled(tmp_path, sheets)
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
    assert len(meetings) == report["placed"] == report["bound"] == 4  # one room, four slots
    assert report["meetings"] > 4
    assert len(report["not_placed"]) == report["meetings"] - 4
    assert {row["code"] for row in report["not_placed"]} <= {"rooms_full", "slots_taken", "interpreters_busy"}
    assert all(row["text"] and not any(mark.isdigit() for mark in row["text"]) for row in report["not_placed"])


def test_a_must_over_a_ceiling_is_left_out_with_its_cause(tmp_path: Path) -> None:
    sheets = small_fair()
    sheets["companies"][5]["max_meetings"] = "1"  # nadir is paired with anvil
    sheets["preferences"].append({"company": "nadir", "wants": "drill", "wish": "must"})
    match, _report, meetings = scheduled(tmp_path, sheets)
    assert [(row["exhibitor"], row["buyer"], row["code"]) for row in match["left_out"]] in (
        [("drill", "nadir", "buyer_full"), ("crane", "qasim", "sole_agent")],
        [("anvil", "nadir", "buyer_full"), ("crane", "qasim", "sole_agent")],
    )
    assert sum(one["buyer"] == "nadir" for one in meetings) == 1


def test_a_no_of_either_forbids_even_a_must_and_is_told_only_to_organisers(tmp_path: Path) -> None:
    sheets = small_fair()
    sheets["preferences"].append({"company": "engine", "wants": "omar", "wish": "no"})
    match, report, meetings = scheduled(tmp_path, sheets)
    assert ("engine", "omar") not in ends(meetings)
    assert ("engine", "omar", "no") in {(row["exhibitor"], row["buyer"], row["code"]) for row in match["left_out"]}
    assert report["not_placed"] == []


def test_pins_that_cannot_be_kept_are_said(tmp_path: Path) -> None:
    sheets = small_fair()
    sheets["pairs"][0] |= {"time": "14:10"}  # no meeting begins then
    sheets["pairs"][2] |= {"time": "13:00"}  # Friday prayer
    _match, report, _meetings = scheduled(tmp_path, sheets)
    assert {(row["exhibitor"], row["code"]) for row in report["not_placed"]} == {
        ("anvil", "pinned_off_grid"), ("engine", "pinned_outside"),
    }  # fmt: skip


def test_a_company_without_people_hinders_nobody(tmp_path: Path) -> None:
    sheets = small_fair()
    sheets["people"] = [row for row in sheets["people"] if row["role"] == "interpreter"]
    sheets["absences"] = [row for row in sheets["absences"] if row["who"] != "pir"]
    imported(tmp_path, sheets)
    run("match", "small")
    _status, report = run("schedule", "small")
    assert report["placed"] == report["meetings"]
    assert run("publish", "small")[1]["unattended"] == []


def test_a_fair_without_days_or_companies_is_answered(tmp_path: Path) -> None:
    imported(tmp_path, {"fair": small_fair()["fair"]})
    nothing: dict[str, list[object]] = {"left_out": [], "below_floor": []}
    assert run("match", "small") == (0, {"fair": "small", "pairs": 0, "first": 0, "matched": [], **nothing})
    status, report = run("schedule", "small")
    assert (status, report["placed"], report["not_placed"]) == (0, 0, [])
    assert exported() == (0, [])


@pytest.mark.parametrize("command", ["match", "schedule", "publish"])
def test_an_unknown_fair_is_said(command: str) -> None:
    text = "There is no fair with the slug nowhere."
    assert run(command, "nowhere") == (1, {"error": {"code": "unknown_fair", "text": text}})
    with pytest.raises(CommandError, match=text):
        call_command(command, "nowhere")


def test_for_people_there_are_lines(tmp_path: Path) -> None:
    imported(tmp_path, small_fair())
    printed = StringIO()
    for command in ("match", "schedule", "publish"):
        call_command(command, "small", stdout=printed)
    lines = printed.getvalue().splitlines()
    count = Meeting.objects.count()
    assert lines[0] == f"{count + 1} pairs are matched."
    assert "Crane Company – Qasim Company: One of the two is the sole agent of the other." in lines
    assert f"Draft 1: {count} of {count + 1} meetings have a time." in lines
    assert "It needs an interpreter, and none is free at the times that are left to the two. (1)" in lines
    assert lines[-1] == f"{count} meetings are published."
