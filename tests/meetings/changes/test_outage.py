"""An outage of a city or a hall: the meetings it hits, and what one act does to each."""

from datetime import timedelta
from uuid import UUID

import pytest

from fairplatform.errors import Refused
from fairplatform.notices.models import Notice
from meetings.changes.acting import Span
from meetings.changes.message import told
from meetings.changes.outage import Hit, Place, bridge, hit
from meetings.changes.queries import places
from meetings.clock import mark_missed
from meetings.models import Change, Meeting
from meetings.schedule.actions.planning import cancel
from tests.factories import NOW, actor
from tests.meetings.changes.market import Market

pytestmark = [pytest.mark.django_db, pytest.mark.either]
LAHORE, KARACHI = Place("PK", "lahore"), Place("PK", "karachi")


class Case(Market):
    """Two meetings with buyers of Lahore, one with a buyer of Karachi; the last slot of the day is kept in reserve."""

    def __init__(self) -> None:
        super().__init__()
        self.fair.days.update(reserve_slots=1)
        elsewhere = self.buyer()
        elsewhere.company.city = "karachi"
        elsewhere.company.save()
        self.first = self.meet(self.seller(), self.buyer(), self.slots[1])
        self.second = self.meet(self.seller(), self.buyer(), self.slots[3])
        self.other = self.meet(self.seller(), elsewhere, self.slots[3])

    def hit(self, place: Place = LAHORE) -> list[Hit]:
        return hit(self.fair, place, Span.of(self.fair, self.slots[1], self.slots[3]), NOW)

    def bridge(self, acts: dict[int, str]) -> Change:
        every = {self.first.pk: "", self.second.pk: ""} | acts
        return bridge(
            actor(self.organiser), fair=self.fair.pk, place=LAHORE, first=self.slots[1].pk, last=self.slots[3].pk,
            acts=every, key=UUID(int=3), now=NOW,
        )  # fmt: skip


@pytest.fixture
def case() -> Case:
    return Case()


def test_the_meetings_of_a_city_or_a_hall_are_hit(case: Case) -> None:
    assert [one.meeting for one in case.hit()] == [case.first, case.second]
    assert [one.meeting for one in case.hit(KARACHI)] == [case.other]
    assert [one.meeting for one in case.hit(Place(hall=1))] == [case.first, case.second, case.other]
    assert case.hit(Place(hall=2)) == []


def test_what_is_in_progress_is_hit_and_can_be_held_by_telephone_alone(case: Case) -> None:
    during = case.slots[3].starts_at + timedelta(minutes=7)
    span = Span.of(case.fair, case.slots[1], case.slots[3])
    assert hit(case.fair, LAHORE, span, case.slots[3].ends_at) == []
    assert hit(case.fair, LAHORE, span, during) == [Hit(case.second, [])]
    assert places(case.fair, during) == [Place(hall=1), Place("CN", "yongkang"), KARACHI, LAHORE]
    bridge(
        actor(case.organiser), fair=case.fair.pk, place=LAHORE, first=case.slots[1].pk, last=case.slots[3].pk,
        acts={case.second.pk: "telephone"}, key=UUID(int=3), now=during,
    )  # fmt: skip
    mark_missed(NOW + timedelta(days=1))
    assert Meeting.objects.get(pk=case.second.pk).state == "confirmed"


def test_the_meetings_of_a_room_are_hit(db: None) -> None:
    market = Market()
    market.fair.rooms = 2
    market.fair.save()
    slot = market.slots[1]
    meetings = [market.meet(market.seller(), market.buyer(), slot) for _ in range(2)]
    span = Span.of(market.fair, slot, slot)
    assert [place for place in places(market.fair, NOW) if place.room] == [Place(room=1), Place(room=2)]
    for number, meeting in enumerate(meetings, 1):
        assert [one.meeting for one in hit(market.fair, Place(room=number), span, NOW)] == [meeting]


@pytest.mark.parametrize("place", [LAHORE, Place(hall=12), Place(room=3)])
def test_a_place_is_read_from_its_key(place: Place) -> None:
    assert Place.read(place.key) == place


def test_each_is_bridged_as_chosen_in_one_act(case: Case) -> None:
    [slot] = case.hit()[1].reserve
    change = case.bridge({case.first.pk: "telephone", case.second.pk: str(slot.pk)})
    first, second, other = (Meeting.objects.get(pk=one.pk) for one in (case.first, case.second, case.other))
    assert (first.by_telephone, first.slot) == (True, case.slots[1])
    assert (second.by_telephone, second.slot) == (False, slot)
    assert (other.by_telephone, other.slot) == (False, case.slots[3])
    assert dict(change.meetings.values_list("meeting", "act")) == {case.first.pk: "telephone", case.second.pk: "moved"}
    codes = sorted(Notice.objects.values_list("code", flat=True))
    assert codes == ["meeting_by_telephone"] * 2 + ["meeting_moved"] * 2
    assert [len(told(row)) for row in change.meetings.all()] == [2, 2]


def test_a_meeting_by_telephone_is_not_missed_for_nobody_was_connected(case: Case) -> None:
    case.bridge({case.first.pk: "telephone"})
    mark_missed(NOW + timedelta(days=1))
    states = [Meeting.objects.get(pk=one.pk).state for one in (case.first, case.second)]
    assert states == ["confirmed", "missed"]


def test_the_same_press_twice_is_one_act(case: Case) -> None:
    change = case.bridge({case.first.pk: "telephone"})
    before = Notice.objects.count()
    assert case.bridge({case.first.pk: "telephone"}) == change
    assert Notice.objects.count() == before


def test_what_has_changed_since_the_preview_refuses_the_whole_act(case: Case) -> None:
    cancel(actor(case.organiser), meeting=case.second.pk, now=NOW)
    with pytest.raises(Refused) as refused:
        case.bridge({case.first.pk: "telephone"})
    assert (refused.value.code, Change.objects.count()) == ("changed_meanwhile", 0)
    assert not Meeting.objects.get(pk=case.first.pk).by_telephone


def test_a_slot_that_is_not_in_reserve_or_not_free_refuses_the_whole_act(case: Case) -> None:
    with pytest.raises(Refused) as refused:
        case.bridge({case.first.pk: "telephone", case.second.pk: str(case.slots[4].pk)})
    assert (refused.value.code, Change.objects.count()) == ("slot_taken", 0)
    assert not Meeting.objects.get(pk=case.first.pk).by_telephone
