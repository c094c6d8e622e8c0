"""A fair's schedule, outcomes and figures as JSON."""

from datetime import UTC, datetime
from typing import Any

import pytest

from fairplatform.fairs.models import Fair
from fairplatform.workbook.importing import import_workbook
from fairplatform.workbook.json_export import figures, outcomes, schedule
from meetings.models import Meeting, Participant
from tests.factories import NOW, make_conversation
from tests.workbook.whole_fair import whole_fair, workbook

pytestmark = pytest.mark.django_db


def make_meeting(number: int, **fields: object) -> Meeting:
    fair = Fair.objects.get()
    exhibitor, buyer = fair.participations.get(key="anvil"), fair.participations.get(key="gulf")
    meeting = Meeting.objects.create(
        fair=fair,
        exhibitor=exhibitor,
        buyer=buyer,
        slot=fair.slots.get(number=number),
        conversation=make_conversation(fair, []),
        **fields,
    )
    interpreter = fair.registrations.get(key="li").user
    Participant.objects.create(meeting=meeting, user=interpreter, role="interpreter")
    return meeting


def test_the_schedule_names_companies_and_people_by_their_keys() -> None:
    import_workbook(workbook(whole_fair()), now=NOW)
    make_meeting(3)
    make_meeting(2)
    parties = {"exhibitor": "anvil", "buyer": "gulf", "interpreter": "li", "state": "confirmed"}
    assert schedule(Fair.objects.get()) == [
        {**parties, "starts_at": "2026-10-12T05:30:00Z", "ends_at": "2026-10-12T05:55:00Z", "pinned": True},
        {**parties, "starts_at": "2026-10-12T06:00:00Z", "ends_at": "2026-10-12T06:25:00Z", "pinned": False},
    ]


def test_outcomes_and_figures() -> None:
    import_workbook(workbook(whole_fair()), now=NOW)
    make_meeting(1, state="held", held_at=datetime(2026, 10, 12, 5, 5, tzinfo=UTC))
    [found] = outcomes(Fair.objects.get())
    names = ("exhibitor", "buyer", "held", "kind", "amount_minor", "currency", "agreed_at", "states")
    assert {name: found[name] for name in names} == {
        "exhibitor": "anvil", "buyer": "gulf", "held": True, "kind": None, "amount_minor": None, "currency": None,
        "agreed_at": None, "states": {"exhibitor": "open", "buyer": "open"},
    }  # fmt: skip
    counted: Any = figures(Fair.objects.get())["figures"]
    assert {name: counted[name]["value"] for name in ("companies", "exhibitors", "buyers", "meetings_planned")} == {
        "companies": 3, "exhibitors": 2, "buyers": 1, "meetings_planned": 1,
    }  # fmt: skip
