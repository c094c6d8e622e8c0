"""The clock: each step does what is due once, however often it runs; one process holds the lease."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections

from fairplatform.fairs.models import Fair
from fairplatform.notices.models import Notice
from fairplatform.realtime.models import TopicVersion
from meetings.clock import LOST_AFTER, FigureUpdates, tick
from meetings.models import Attendance, ClockLease, Meeting, MeetingRequest
from meetings.models.meeting import Side
from meetings.requests.actions import make_request
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import actor, make_buyer, make_exhibitor, make_fair, make_role, make_slots, make_staff

pytestmark = pytest.mark.either("meetings.schedule.actions.closing")

START = datetime(2020, 5, 14, 5, 0, tzinfo=UTC)
END = START + timedelta(minutes=25)


def seconds(number: int) -> timedelta:
    return timedelta(seconds=number)


class ScheduledMeeting:
    """A meeting at START between a seller and a purchaser, with an interpreter."""

    def __init__(self) -> None:
        self.fair: Fair = make_fair()
        exhibitor, buyer = make_exhibitor(self.fair), make_buyer(self.fair)
        self.people = {
            Side.EXHIBITOR: make_staff(exhibitor, password=None),
            Side.BUYER: make_staff(buyer, password=None),
        }
        self.interpreter = make_role(self.fair, "interpreter")
        self.slots = make_slots(self.fair, first=START, number=3)
        self.meeting = schedule_meeting(
            fair=self.fair, exhibitor=exhibitor, buyer=buyer, slot=self.slots[0],
            parties=[(person, side) for side, person in self.people.items()],
            interpreter=self.interpreter, interpreting="required", reason={},
        )  # fmt: skip

    def attend(self, side: Side, *, connected: int | None, left: int | None = None, seen: datetime = END) -> Attendance:
        """An attendance from START on, connected from `connected` seconds after it."""
        return Attendance.objects.create(
            meeting=self.meeting, user=self.people[side], side=side, role="party", connection_id=f"tab-{side}",
            entered_at=START, connected_at=None if connected is None else START + seconds(connected),
            seen_at=seen, left_at=None if left is None else START + seconds(left),
        )  # fmt: skip

    @property
    def state(self) -> tuple[str, str]:
        return Meeting.objects.values_list("state", "missed_because").get(pk=self.meeting.pk)


@pytest.fixture
def scheduled(db: None) -> ScheduledMeeting:
    return ScheduledMeeting()


def test_tick_marks_a_meeting_as_held_after_sixty_seconds_connected(scheduled: ScheduledMeeting) -> None:
    for side in Side:
        scheduled.attend(side, connected=10)
    tick(START + seconds(69))
    assert scheduled.state == ("confirmed", "")
    for _ in range(2):
        tick(START + seconds(70))
    assert scheduled.state == ("held", "")
    scheduled.meeting.refresh_from_db()
    assert scheduled.meeting.held_at == START + seconds(70)
    tick(END + seconds(1))
    assert scheduled.state == ("held", "")


@pytest.mark.parametrize(
    ("came", "because"),
    [((), "both"), ((Side.EXHIBITOR,), "buyer"), ((Side.BUYER,), "exhibitor"), (tuple(Side), "line")],
)
def test_tick_marks_a_meeting_as_missed_with_its_reason(
    scheduled: ScheduledMeeting, came: tuple[Side, ...], because: str
) -> None:
    for side in came:
        scheduled.attend(side, connected=None)
    tick(END - seconds(1))
    assert scheduled.state == ("confirmed", "")
    for _ in range(2):
        tick(END)
    assert scheduled.state == ("missed", because)
    people = {*scheduled.people.values(), scheduled.interpreter}
    assert sorted(Notice.objects.values_list("recipient", "code")) == sorted(
        (person.pk, "meeting_missed") for person in people
    )


def test_tick_records_a_failed_connection_when_both_were_connected_for_less_than_a_minute(
    scheduled: ScheduledMeeting,
) -> None:
    scheduled.attend(Side.EXHIBITOR, connected=0, left=59)
    scheduled.attend(Side.BUYER, connected=0, left=300)
    tick(END)
    assert scheduled.state == ("missed", "line")


def test_tick_waits_until_an_extended_meeting_ends(scheduled: ScheduledMeeting) -> None:
    Meeting.objects.filter(pk=scheduled.meeting.pk).update(extended_minutes=5)
    tick(END)
    assert scheduled.state == ("confirmed", "")
    tick(END + timedelta(minutes=5))
    assert scheduled.state == ("missed", "both")


def test_tick_leaves_a_cancelled_meeting_alone(scheduled: ScheduledMeeting) -> None:
    Meeting.objects.filter(pk=scheduled.meeting.pk).update(state="cancelled")
    tick(END)
    assert scheduled.state == ("cancelled", "")
    assert not Notice.objects.exists()


def test_tick_ends_lost_attendances_as_of_when_they_were_last_seen(scheduled: ScheduledMeeting) -> None:
    lost = scheduled.attend(Side.EXHIBITOR, connected=0, seen=START + seconds(30))
    alive = scheduled.attend(Side.BUYER, connected=0, seen=START + seconds(31))
    tick(START + seconds(31) + LOST_AFTER)
    lost.refresh_from_db()
    alive.refresh_from_db()
    assert (lost.left_at, alive.left_at) == (START + seconds(30), None)
    assert scheduled.state == ("confirmed", "")


def test_tick_reminds_everybody_once_from_ten_minutes_before(scheduled: ScheduledMeeting) -> None:
    tick(START - timedelta(minutes=10, seconds=1))
    assert not Notice.objects.exists()
    for second in range(3):
        tick(START - timedelta(minutes=10) + seconds(second))
    people = {*scheduled.people.values(), scheduled.interpreter}
    assert sorted(Notice.objects.values_list("recipient", "code")) == sorted(
        (person.pk, "meeting_soon") for person in people
    )


def test_tick_expires_requests(scheduled: ScheduledMeeting) -> None:
    buyer = scheduled.meeting.buyer
    made = make_request(
        actor(scheduled.people[Side.EXHIBITOR]), receiver=buyer.pk, slot=scheduled.slots[2].pk, now=START
    )
    tick(made.expires_at - seconds(1))
    assert MeetingRequest.objects.get().state == "pending"
    tick(made.expires_at)
    assert MeetingRequest.objects.get().state == "expired"


def test_tick_publishes_figures_when_a_slot_begins_or_ends(scheduled: ScheduledMeeting) -> None:
    topic = f"monitor:{scheduled.fair.slug}"
    for person in scheduled.people:
        scheduled.attend(person, connected=0)
    tick(START + seconds(61))
    before = TopicVersion.current([topic])[topic]
    tick(END - seconds(1), figures=FigureUpdates(END - seconds(2)))
    assert TopicVersion.current([topic])[topic] == before
    tick(END, figures=FigureUpdates(END - seconds(1)))
    assert TopicVersion.current([topic])[topic] == before + 1


def test_tick_continues_after_a_failing_step(scheduled: ScheduledMeeting, caplog: pytest.LogCaptureFixture) -> None:
    def broken(now: datetime) -> None:
        raise LookupError(now)

    tick(END, extra_steps=[broken])
    assert scheduled.state == ("missed", "both")
    assert "broken" in caplog.text


def test_tick_runs_the_extra_steps_first(scheduled: ScheduledMeeting) -> None:
    alive = scheduled.attend(Side.BUYER, connected=0, seen=START)

    def keep_alive(now: datetime) -> None:
        Attendance.objects.update(seen_at=now)

    tick(START + timedelta(minutes=5), extra_steps=[keep_alive])
    alive.refresh_from_db()
    assert alive.left_at is None


@pytest.mark.django_db
def test_lease_has_one_holder_until_it_expires_or_is_released() -> None:
    assert ClockLease.acquire("one", START)
    assert not ClockLease.acquire("two", START + seconds(9))
    assert ClockLease.acquire("one", START + seconds(9))
    assert not ClockLease.acquire("two", START + seconds(18))
    assert ClockLease.acquire("two", START + seconds(19))
    assert not ClockLease.acquire("one", START + seconds(20))
    ClockLease.release("one")
    assert not ClockLease.acquire("one", START + seconds(20))
    ClockLease.release("two")
    assert ClockLease.acquire("one", START + seconds(20))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("first", [True, False])
def test_of_many_processes_one_acquires_the_lease(first: bool) -> None:
    if not first:
        ClockLease.acquire("gone", START - timedelta(minutes=1))
    gate, holders = threading.Barrier(8), []

    def run(name: str) -> None:
        gate.wait()
        if ClockLease.acquire(name, START):
            holders.append(name)
        connections.close_all()

    threads = [threading.Thread(target=run, args=(f"process-{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert holders == [ClockLease.objects.get().holder]
