"""From a folder of CSV files to published meetings, by the commands alone."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from meetings.models import Meeting, PlannedMeeting

from .rules import Rules
from .small_fair import ends, exported, imported, run, scheduled, small_fair

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either("meetings.matching.making", "meetings.versions.drafting"),
]
SOLE_AGENT = {
    "exhibitor": "crane", "buyer": "qasim", "code": "sole_agent",
    "text": "One of the two is the sole agent of the other.",
}  # fmt: skip


def test_a_fair_is_matched_scheduled_and_published(tmp_path: Path) -> None:
    sheets = small_fair()
    match, report, meetings = scheduled(tmp_path, sheets)
    assert Rules(sheets, meetings).broken() == []
    firsts = {("anvil", "nadir"), ("bolt", "parvez"), ("engine", "rashid"), ("engine", "omar")}
    assert {(row["exhibitor"], row["buyer"]) for row in match["matched"] if row["origin"] != "score"} == firsts
    assert match["left_out"] == [SOLE_AGENT]
    assert [(row["company"], row["side"], row["code"]) for row in match["below_floor"]] == [
        ("rashid", "exhibitor", "nobody_suits")
    ]
    # On Friday, the only day omar is there, the one interpreter of Urdu reaches his minutes.
    (busy,) = report["not_placed"]
    counts = PlannedMeeting.objects.exclude(not_placed="").get().not_placed_counts
    assert counts["common"] == counts["taken"] + counts["without_interpreter"] > counts["taken"]
    said = busy.pop("text")
    assert busy == {
        "exhibitor": "drill", "buyer": "omar", "first": False, "code": "interpreters_busy", "figures": counts,
    }  # fmt: skip
    assert said.startswith(
        "It needs an interpreter, and none is free at the times that are left to the two. "
        f"The two share {counts['common']} times."
    )
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
    assert exported() == [one | {"state": "confirmed"} for one in meetings]
    assert run("publish", "small") == (
        1,
        {"error": {"code": "draft_none", "text": "There is no draft schedule. Make one first."}},
    )


def test_the_rules_that_are_checked_here_are_strict(tmp_path: Path) -> None:
    sheets = small_fair()
    _match, _report, meetings = scheduled(tmp_path, sheets)
    assert Rules(sheets, meetings).broken() == []
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


def test_without_time_to_improve_a_schedule_is_still_valid(tmp_path: Path) -> None:
    sheets = small_fair()
    imported(tmp_path, sheets)
    status, report = run("schedule", "small", time_limit=0.0)
    assert (status, report["first_placed"]) == (0, 4)
    assert Rules(sheets, exported()).broken() == []


def test_a_fair_without_days_or_companies_is_answered(tmp_path: Path) -> None:
    imported(tmp_path, {"fair": small_fair()["fair"]})
    nothing: dict[str, list[object]] = {"left_out": [], "below_floor": []}
    assert run("match", "small") == (0, {"fair": "small", "pairs": 0, "first": 0, "matched": [], **nothing})
    status, report = run("schedule", "small")
    assert (status, report["placed"], report["not_placed"]) == (0, 0, [])
    assert exported() == []


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
