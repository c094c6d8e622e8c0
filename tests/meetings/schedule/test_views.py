"""The brief of a meeting, its calendar file, and the pages to cancel and to move it."""

import re

import pytest

from tests.factories import make_buyer, make_role, make_staff
from tests.meetings.buyer_day import START, BuyerDay, get_page, post


@pytest.fixture
def day(db: None) -> BuyerDay:
    return BuyerDay()


def test_brief_is_for_participants_and_organisers(day: BuyerDay) -> None:
    meeting = day.meet(day.slots[5])
    url = day.url("meeting", meeting.pk)
    for person in (day.purchaser, day.sellers[meeting.pk], make_role(day.fair, "organiser")):
        assert meeting.buyer.company.name["en"] in get_page(person, url, now=START)
    get_page(make_staff(make_buyer(day.fair), password=None), url, now=START, status=404)


def test_cancel_needs_a_reason(day: BuyerDay) -> None:
    meeting = day.meet(day.slots[5])
    url = day.url("cancel", meeting.pk)
    refused = post(day.purchaser, url, {"because": ""}, now=START).content.decode()
    assert "Enter a reason. The other company will see it." in refused
    done = post(day.purchaser, url, {"because": "Container is late"}, now=START)
    assert (done.status_code, done["Location"]) == (302, day.url("day"))
    assert "Container is late" in get_page(day.purchaser, day.url("meeting", meeting.pk), now=START)


def test_move_shows_free_times_and_moves(day: BuyerDay) -> None:
    meeting = day.meet(day.slots[5])
    done = post(day.purchaser, day.url("move", meeting.pk), {"slot": day.slots[7].pk}, now=START)
    assert done.status_code == 302
    html = get_page(day.purchaser, day.url("meeting", meeting.pk), now=START)
    assert "Moved from" in html


def test_move_offers_only_slots_in_which_the_interpreter_is_free(day: BuyerDay) -> None:
    interpreter = make_role(day.fair, "interpreter")
    meeting = day.meet(day.slots[5], interpreter)
    other = BuyerDay()
    other.fair, other.buyer, other.slots = day.fair, make_buyer(day.fair), day.slots
    other.purchaser = make_staff(other.buyer, password=None)
    other.meet(day.slots[7], interpreter)
    html = get_page(day.purchaser, day.url("move", meeting.pk), now=START)
    offered = [int(pk) for pk in re.findall(r'type="radio" name="slot" value="(\d+)"', html)]
    assert offered == [day.slots[i].pk for i in (1, 2, 3, 4)]  # the break at 13:00, then the other meeting and a rest


def test_move_offers_what_is_kept_in_reserve_to_organisers_alone(day: BuyerDay) -> None:
    meeting = day.meet(day.slots[5])
    day.fair.days.update(reserve_slots=1)
    found = []
    for person in (day.purchaser, make_role(day.fair, "organiser")):
        html = get_page(person, day.url("move", meeting.pk), now=START)
        found.append(f'value="{day.slots[8].pk}"' in html)
    assert found == [False, True]
