"""What the database refuses of matches and schedules, whoever writes them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from fairplatform.fairs.models import Fair, Participation
from meetings.models import Match, MatchedPair, MatchShortfall, PlannedBooking, PlannedMeeting, ScheduleVersion
from tests.factories import make_buyer, make_exhibitor, make_fair, make_person

pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 4, 5, tzinfo=UTC)


@dataclass
class Rows:
    fair: Fair
    exhibitor: Participation
    buyer: Participation
    match: Match
    version: ScheduleVersion

    @classmethod
    def made(cls) -> "Rows":
        fair = make_fair()
        match = Match.objects.create(fair=fair, made_at=AT)
        return cls(fair, make_exhibitor(fair), make_buyer(fair), match, make_version(fair, 1))

    def pair(self, **fields: Any) -> MatchedPair:
        ends = {"exhibitor": self.exhibitor, "buyer": self.buyer}
        return MatchedPair.objects.create(match=self.match, **{**ends, "origin": "must", **fields})

    def planned(self, **fields: Any) -> PlannedMeeting:
        times = {"starts_at": AT, "ends_at": AT + timedelta(minutes=25)}
        ends = {"exhibitor": self.exhibitor, "buyer": self.buyer}
        return PlannedMeeting.objects.create(version=self.version, **{**ends, **times, **fields})

    def booking(self) -> PlannedBooking:
        planned = self.version.rows.first() or self.planned()
        return PlannedBooking.objects.create(version=self.version, planned=planned, resource="room:1", starts_at=AT)

    def shortfall(self, **fields: Any) -> MatchShortfall:
        usual = {"side": "buyer", "meetings": 0, "floor": 1, "code": "few_suit"}
        return MatchShortfall.objects.create(match=self.match, participation=self.buyer, **{**usual, **fields})


def make_version(fair: Fair, number: int, **fields: Any) -> ScheduleVersion:
    usual = {"status": "optimal", "most": 0, "breaks": 0, "bound": 0, "made_at": AT}
    return ScheduleVersion.objects.create(fair=fair, number=number, **{**usual, **fields})


PUBLISHED = {"state": "published", "published_at": AT}
NO_TIME = {"starts_at": None, "ends_at": None}


@pytest.mark.parametrize(
    "write",
    [
        lambda rows: Match.objects.create(fair=rows.fair, made_at=AT),
        lambda rows: [rows.pair(), rows.pair()],
        lambda rows: rows.pair(buyer=rows.exhibitor),
        lambda rows: rows.pair(origin="score", left_out="no"),
        lambda rows: [rows.shortfall(), rows.shortfall()],
        lambda rows: rows.shortfall(meetings=1),
        lambda rows: make_version(rows.fair, 2),  # a second draft
        lambda rows: make_version(rows.fair, 1, **PUBLISHED),
        lambda rows: make_version(rows.fair, 2, state="published"),
        lambda rows: ScheduleVersion.objects.update(told_at=AT),
        lambda rows: [rows.planned(), rows.planned()],
        lambda rows: rows.planned(buyer=rows.exhibitor),
        lambda rows: rows.planned(ends_at=AT),
        lambda rows: rows.planned(**NO_TIME),
        lambda rows: rows.planned(not_placed="slots_taken"),
        lambda rows: rows.planned(**NO_TIME, not_placed="slots_taken", interpreter=make_person()),
        lambda rows: [rows.booking(), rows.booking()],
    ],
)
def test_what_must_never_be_is_refused(write: Callable[[Rows], object]) -> None:
    rows = Rows.made()
    with pytest.raises(IntegrityError), transaction.atomic():
        write(rows)


def test_what_may_be_is_stored() -> None:
    rows = Rows.made()
    rows.pair(left_out="no")
    rows.shortfall()
    rows.booking()
    ScheduleVersion.objects.update(**PUBLISHED, told_at=AT)
    rows.version = make_version(rows.fair, 2)
    rows.planned(**NO_TIME, not_placed="slots_taken")
    assert PlannedMeeting.objects.count() == 2
