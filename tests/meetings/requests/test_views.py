"""Requesting a meeting and answering a request on the pages."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fairplatform.fairs.models import Participation
from meetings.models import Meeting, MeetingRequest
from meetings.requests.actions import make_request
from tests.factories import (
    actor,
    make_exhibitor,
    make_staff,
)
from tests.meetings.buyer_day import START, BuyerDay, get_page, post


@pytest.fixture
def day(db: None) -> BuyerDay:
    return BuyerDay()


def test_requests_take_the_same_queries_for_one_and_for_five(day: BuyerDay) -> None:
    counted = []
    client = Client()
    client.force_login(day.purchaser)
    with time_machine.travel(START - timedelta(hours=2), tick=False):
        for number in (1, 4):
            for _ in range(number):
                seller = make_staff(make_exhibitor(day.fair), password=None)
                make_request(actor(seller), receiver=day.buyer.pk, slot=day.slots[8].pk, now=START)
            client.get(day.url("requests"))
            with CaptureQueriesContext(connection) as queries:
                client.get(day.url("requests"))
            counted.append(len(queries))
    assert counted[0] == counted[1]


def test_request_make_offers_free_slots_and_keeps_the_typed_values(day: BuyerDay) -> None:
    exhibitor = make_exhibitor(day.fair)
    make_staff(exhibitor, password=None)
    day.meet(day.slots[4])
    url, now = day.url("request_make", exhibitor.pk), START
    html = get_page(day.purchaser, url, now=now)
    offered = [int(pk) for pk in re.findall(r'type="radio" name="slot" value="(\d+)"', html)]
    assert offered == [day.slots[i].pk for i in (2, 3, 5, 7, 8)]
    assert "Zuhr prayer and tea break" in html
    refused = post(day.purchaser, url, {"slot": day.slots[4].pk, "note": "Own brand"}, now=now)
    assert refused.status_code == 409
    assert "That time has just been taken" in refused.content.decode()
    assert "Own brand" in refused.content.decode()
    radios = re.findall(r'<input type="radio" name="slot"[^>]*>', refused.content.decode())
    assert [radio for radio in radios if 'aria-invalid="true" aria-describedby="slot-error"' not in radio] == []
    assert 'id="slot-error"' in refused.content.decode()
    done = post(day.purchaser, url, {"slot": day.slots[5].pk, "note": "Own brand"}, now=now)
    assert (done.status_code, done["Location"]) == (302, day.url("requests"))
    assert MeetingRequest.objects.get().slot == day.slots[5]
    pending = get_page(day.purchaser, url, now=now)
    assert 'name="slot"' not in pending
    assert "There is already a pending request between your two companies" in pending


def test_request_make_says_when_no_slot_is_free(day: BuyerDay) -> None:
    exhibitor = make_exhibitor(day.fair)
    html = get_page(day.purchaser, day.url("request_make", exhibitor.pk), now=START + timedelta(days=1))
    assert "There is no time when both companies are free" in html


def test_what_is_kept_in_reserve_is_not_offered(day: BuyerDay) -> None:
    seller = make_staff(make_exhibitor(day.fair), password=None)
    pending = make_request(actor(seller), receiver=day.buyer.pk, slot=day.slots[8].pk, now=START)
    day.fair.days.update(reserve_slots=1)
    offered = get_page(day.purchaser, day.url("request_make", make_exhibitor(day.fair).pk), now=START)
    refused = post(day.purchaser, day.url("request_accept", pending.pk), {}, now=START)
    assert refused.status_code == 409
    assert "The organisers keep that time free. Choose another." in refused.text
    for html in (offered, refused.text):
        values = re.findall(r'name="slot" value="(\d+)"', html)
        assert (str(day.slots[8].pk) in values, str(day.slots[7].pk) in values) == (False, True)


def test_request_make_says_when_a_company_takes_no_more_meetings(day: BuyerDay) -> None:
    exhibitor = make_exhibitor(day.fair)
    Participation.objects.filter(pk=exhibitor.pk).update(max_meetings=0)
    html = get_page(day.purchaser, day.url("request_make", exhibitor.pk), now=START)
    assert "This company takes no more meetings in this fair." in html
    assert 'name="slot"' not in html


def test_request_accept_offers_other_times_when_the_slot_was_taken(day: BuyerDay) -> None:
    exhibitor = make_exhibitor(day.fair)
    seller = make_staff(exhibitor, password=None)
    pending = make_request(actor(seller), receiver=day.buyer.pk, slot=day.slots[5].pk, now=START)
    day.meet(day.slots[5])
    url = day.url("request_accept", pending.pk)
    taken = post(day.purchaser, url, {}, now=START)
    html = taken.content.decode()
    assert taken.status_code == 409
    assert "That time has just been taken" in html
    offered = [int(pk) for pk in re.findall(r'type="radio" name="slot" value="(\d+)"', html)]
    assert offered == [day.slots[i].pk for i in (1, 2, 3, 4, 7, 8)]
    done = post(day.purchaser, url, {"slot": day.slots[7].pk}, now=START)
    meeting = Meeting.objects.get(exhibitor=exhibitor)
    assert (done.status_code, done["Location"], meeting.slot) == (302, day.url("meeting", meeting.pk), day.slots[7])


def test_requests_are_in_three_tabs_with_their_actions(day: BuyerDay) -> None:
    seller = make_staff(make_exhibitor(day.fair), password=None)
    pending = make_request(actor(seller), receiver=day.buyer.pk, slot=day.slots[5].pk, note="<b>Locks</b>", now=START)
    html = get_page(day.purchaser, day.url("requests"), now=START)
    assert day.url("request_accept", pending.pk) in html
    assert "&lt;b&gt;Locks&lt;/b&gt;" in html
    assert day.url("request_withdraw", pending.pk) in get_page(seller, day.url("requests"), now=START)
    assert post(day.purchaser, day.url("request_decline", pending.pk), {"answer": "No"}, now=START).status_code == 302
    closed = get_page(seller, f"{day.url('requests')}?tab=closed", now=START)
    assert "Declined" in closed
    assert "No requests awaiting your reply" in get_page(
        day.purchaser, f"{day.url('requests')}?tab=received", now=START
    )
