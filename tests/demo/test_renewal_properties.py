"""Whatever visitors do, a later start succeeds: random actions of visitors, then starts on several days."""

import random
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from chat.actions import post_message
from fairplatform.accounts.actor import Actor
from fairplatform.demo.clock_steps import clock_steps
from fairplatform.demo.demonstration import load_demonstration
from fairplatform.demo.models import DemoRow
from fairplatform.errors import Refused
from fairplatform.fairs.models import Participation
from meetings.call.actions import enter, leave
from meetings.clock import FigureUpdates, tick
from meetings.figures.counting import count_figures
from meetings.models import Attendance, Booking, Meeting, MeetingRequest
from meetings.outcomes.actions import submit
from meetings.outcomes.content import Content
from meetings.requests.actions import accept, decline, make_request, withdraw
from meetings.schedule.actions.planning import cancel, move
from tests.sizes import full

from .conftest import OPENING

FIRMS, ACTS = 6, 60
LATER = [timedelta(minutes=40), timedelta(days=1, hours=2), timedelta(days=3, hours=9), timedelta(days=30)]


class Visitors:
    """Managers of some companies that meet each other, who take random actions."""

    def __init__(self, fair, seed):
        self.fair, self.now = fair, OPENING
        self.random, self.done = random.Random(seed), set()
        busy = fair.meetings.filter(slot__number__gt=20).order_by("pk")
        sellers = list(dict.fromkeys(busy.values_list("exhibitor", flat=True)))
        buyers = list(dict.fromkeys(busy.values_list("buyer", flat=True)))
        self.firms = [*self.random.sample(sellers, FIRMS), *self.random.sample(buyers, FIRMS)]
        self.slots = list(fair.slots.filter(number__gt=20))

    def act(self):
        name = self.random.choice(
            ["move", "move", "ask", "ask", "answer", "cancel", "visit", "visit", "leave", "say", "write", "wait"]
        )
        with suppress(Refused):
            getattr(self, name)()
            self.done.add(name)

    def manager(self, firm):
        return Actor(Participation.objects.get(pk=firm).company.staff.filter(is_manager=True).earliest("pk").user)

    def meeting(self, **which):
        """A manager of either side, and the meeting they act on."""
        firms = set(self.firms)
        rows = self.fair.meetings.filter(**which).order_by("pk").values_list("pk", "exhibitor", "buyer")
        theirs = [row for row in rows if firms & set(row[1:])]
        if not theirs:
            raise Refused("not_found")
        pk, *sides = self.random.choice(theirs)
        return self.manager(self.random.choice(sides)), pk

    def move(self):
        actor, pk = self.meeting()
        move(actor, meeting=pk, slot=self.random.choice(self.slots).pk, now=self.now)

    def cancel(self):
        actor, pk = self.meeting()
        cancel(actor, meeting=pk, now=self.now)

    def ask(self):
        asker, asked = self.random.choice(self.firms), self.random.choice(self.firms)
        make_request(self.manager(asker), receiver=asked, slot=self.random.choice(self.slots).pk, now=self.now)

    def answer(self):
        pending = list(MeetingRequest.objects.filter(state="pending").order_by("pk"))
        if not pending:
            raise Refused("not_found")
        one = self.random.choice(pending)
        act = self.random.choice([accept, accept, decline, withdraw])
        act(self.manager(one.sender_id if act is withdraw else one.receiver_id), request=one.pk, now=self.now)

    def visit(self):
        soon = self.now + timedelta(hours=3)
        actor, pk = self.meeting(slot__ends_at__gt=self.now, slot__starts_at__lt=soon)
        self.now = max(self.now, Meeting.objects.get(pk=pk).opens_at)
        enter(actor, meeting=pk, connection_id=f"tab-{uuid4()}"[:40], now=self.now)

    def leave(self):
        here = Attendance.objects.filter(left_at=None).exclude(connection_id__startswith="demo-")
        for name in list(here.values_list("connection_id", flat=True))[:1]:
            leave(name, now=self.now)

    def say(self):
        actor, pk = self.meeting()
        submit(actor, meeting=pk, base=None, now=self.now, content=Content(kind="contact", goods="Pliers"))

    def write(self):
        actor, pk = self.meeting()
        conversation = Meeting.objects.get(pk=pk).conversation_id
        post_message(actor, conversation=conversation, client_id=uuid4(), body="Still there?", now=self.now)

    def wait(self):
        self.now += timedelta(minutes=self.random.choice([1, 12, 31]))
        tick(self.now, extra_steps=clock_steps(), figures=FigureUpdates(self.now - timedelta(minutes=1)))


def booked(fair):
    """By meeting that has bookings: the slots they are in, and their number."""
    ahead = fair.meetings.filter(bookings__isnull=False).exclude(state="cancelled").distinct()
    return {
        one.pk: ({b.slot_id for b in one.bookings.all()}, one.bookings.count())
        for one in ahead.prefetch_related("bookings")
    }


@pytest.mark.parametrize("seed", full(range(3), small=range(1)))
def test_a_later_start_succeeds_whatever_visitors_did(fair, settings, seed):
    settings.DEMO = True
    visitors = Visitors(fair, seed)
    for later in LATER:
        for _ in range(ACTS):
            visitors.act()
        kept = set(Meeting.objects.exclude(pk__in=DemoRow.objects.filter(kind="meetings.meeting").values("row")))
        visitors.now = OPENING + later
        load_demonstration(visitors.now)
        counted = count_figures(fair, now=visitors.now)
        assert (counted.due, counted.running, counted.planned) == (145, 8, 153 + counted.to_come)
        assert counted.to_come <= 147
        assert kept == set(Meeting.objects.filter(pk__in=[one.pk for one in kept]))
        meetings = Meeting.objects.in_bulk()
        for pk, (slots, number) in booked(fair).items():
            assert slots == {meetings[pk].slot_id}
            assert number == 2 + meetings[pk].participants.count()
        assert Booking.objects.filter(meeting__state="cancelled").count() == 0
        connection.check_constraints()
    assert visitors.done >= {"move", "ask", "answer", "cancel", "visit", "leave", "write", "wait"}
