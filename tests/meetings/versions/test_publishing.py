"""What publishing makes of a draft, whom it tells, and when it refuses."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fairplatform.fairs.models import Fair, Holiday, Participation
from fairplatform.notices.models import Notice
from fairplatform.office.setup.states import CHANGES, change_state
from meetings.models import Booking, Match, Meeting, PlannedMeeting, ScheduleVersion
from meetings.models.meeting import Side
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import NOW, actor, make_buyer, make_participation, make_role, make_staff

from .rules import Rules
from .small_fair import (
    FRIDAY,
    THURSDAY,
    ends,
    exported,
    imported,
    run,
    scheduled,
    small_fair,
)

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.either("meetings.versions.publishing"),
]


def test_desks_people_interpreters_and_rooms_are_booked(tmp_path: Path) -> None:
    _match, _report, meetings = scheduled(tmp_path, small_fair())
    assert Rules(small_fair(), meetings).broken() == []
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
    assert levels["bolt"] == "own"


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
    assert attending
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
    assert Rules(sheets, before).broken() == []
    run("match", "small")
    assert run("schedule", "small")[1]["version"] == 1
    assert (Match.objects.count(), ScheduleVersion.objects.count()) == (1, 1)
    run("publish", "small")
    sheets["pairs"].append(
        {"exhibitor": "engine", "buyer": "nadir", "interpreter": "required", "language_pair": "zh-en"}
    )
    sheets["companies"][5]["max_meetings"] = "3"
    zara = next(row for row in sheets["people"] if row["key"] == "zara")
    zara["max_minutes_a_day"] = "50"  # of which those published have taken a part
    imported(tmp_path, sheets)
    _status, report = run("schedule", "small")  # matches again, for a pair is new
    after = exported()
    assert (report["version"], report["placed"]) == (2, 1)
    drafts = [one for one in after if one["state"] == "draft"]
    assert ends(drafts) == {("engine", "nadir")}
    assert [one for one in after if one["state"] != "draft"] == [one | {"state": "confirmed"} for one in before]
    assert Rules(sheets, after).broken() == []
    assert run("publish", "small")[1]["meetings"] == 1
    assert list(ScheduleVersion.objects.values_list("number", "state")) == [(1, "published"), (2, "published")]


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


def shorten(fair: Fair) -> None:
    fair.roles.filter(user__registrations__key="yusuf").update(max_minutes_a_day=24)


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
        (shorten, "interpreter_minutes"),
        (move_day, "slot_gone"),
        (move_pin, "pin_changed"),
        (forbid, "not_allowed"),
    ],
)
def test_what_is_no_longer_true_is_listed_and_nothing_is_published(tmp_path: Path, change: Any, code: str) -> None:
    _match, _report, meetings = scheduled(tmp_path, small_fair())
    assert Rules(small_fair(), meetings).broken() == []
    change(Fair.objects.get(slug="small"))
    status, report = run("publish", "small")
    affected = {
        "not_approved": [one for one in meetings if one["buyer"] == "nadir"],
        "company_busy": [one for one in meetings if one["starts_at"] < FRIDAY],
        "interpreter_gone": [one for one in meetings if one["interpreter"] == "yusuf"],
        "interpreter_minutes": [one for one in meetings if one["interpreter"] == "yusuf"],
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


def test_a_meeting_beside_a_draft_leaves_its_interpreter_their_rest(tmp_path: Path) -> None:
    _match, _report, meetings = scheduled(tmp_path, small_fair())
    fair = Fair.objects.get(slug="small")
    planned = PlannedMeeting.objects.filter(interpreter__registrations__key="yusuf").order_by("starts_at")[0]
    slot = fair.slots.filter(starts_at__gte=planned.ends_at).order_by("number")[0]
    assert slot.starts_at - planned.ends_at == timedelta(minutes=5)
    sides = make_participation(fair, sells=True, country="CN", city="yongkang"), make_buyer(fair)
    parties = [(make_staff(one), side) for one, side in zip(sides, Side, strict=True)]
    schedule_meeting(
        fair=fair, exhibitor=sides[0], buyer=sides[1], slot=slot, parties=parties, interpreter=planned.interpreter,
        interpreting="required", reason={},
    )  # fmt: skip
    status, report = run("publish", "small")
    near = [
        one
        for one in meetings
        if one["interpreter"] == "yusuf"
        and datetime.fromisoformat(one["starts_at"]) < slot.ends_at + timedelta(minutes=10)
        and slot.starts_at - timedelta(minutes=10) < datetime.fromisoformat(one["ends_at"])
    ]
    assert (status, [(one["starts_at"], one["code"]) for one in report["conflicts"]]) == (
        1,
        [(one["starts_at"], "interpreter_rest") for one in near],
    )


def test_in_an_open_fair_people_are_told_at_once(tmp_path: Path) -> None:
    scheduled(tmp_path, small_fair())
    Fair.objects.filter(slug="small").update(state="open")
    run("publish", "small")
    attending = set(Meeting.objects.values_list("participants__user", flat=True))
    assert attending
    assert sorted(Notice.objects.values_list("recipient", flat=True)) == sorted(attending)
