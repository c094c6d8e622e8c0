"""Many workers book one slot at the same instant, again and again. Run by `manage.py shell` on a database of its own.

Each worker has a meeting with the same exhibitor, which has one desk; in each round all of them move to one free slot.
"""

import json
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, Lock, Thread
from time import sleep
from typing import Any

from django.db import OperationalError, connection, connections, transaction

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Slot
from meetings.models import Booking, Meeting
from meetings.schedule.actions import bookings
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import NOW, make_buyer, make_exhibitor, make_fair, make_slots

CONNECTING, TRIES = Lock(), 60


def run(*, workers: int, rounds: int, guarded: bool) -> None:
    """Prints JSON: how many rounds had how many winners, and how many resources are booked twice in the end."""
    if not guarded:
        with connection.schema_editor() as editor:
            # SQLite's schema editor recreates the table from the model, which has lost the constraint by then.
            editor.remove_constraint(Booking, Booking._meta.constraints.pop())
    fair = make_fair()
    meetings = _meetings(fair, workers)
    wanted = _slots(fair, rounds)
    won: list[list[int]] = [[] for _ in wanted]
    gate = Barrier(workers)
    threads = [Thread(target=_work, args=(meeting, wanted, won, gate)) for meeting in meetings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    booked = Counter(Booking.objects.filter(slot__in=wanted).values_list("slot", "resource"))
    print(json.dumps({"winners": Counter(map(len, won)), "double": sum(number > 1 for number in booked.values())}))


def _meetings(fair: Fair, workers: int) -> list[Meeting]:
    """The workers' meetings, each in a slot of its own."""
    exhibitor = make_exhibitor(fair)
    return [
        schedule_meeting(
            fair=fair, exhibitor=exhibitor, buyer=make_buyer(fair), slot=slot, parties=[], interpreter=None,
            interpreting="not_needed", reason={},
        )
        for slot in make_slots(fair, first=NOW, number=workers)
    ]  # fmt: skip


def _slots(fair: Fair, rounds: int) -> list[Slot]:
    day, number = fair.days.get(), fair.slots.count()
    later = NOW + timedelta(days=1)
    return Slot.objects.bulk_create(
        Slot(fair=fair, day=day, number=number + n, starts_at=later, ends_at=later + timedelta(minutes=25))
        for n in range(1, rounds + 1)
    )


def _connect() -> None:
    """One worker after the other, before the race: so many connections at once would time out."""
    with CONNECTING:
        for _ in range(TRIES):
            with suppress(OperationalError):
                connection.ensure_connection()
                return
            sleep(0.5)
    raise LookupError("no connection")


def _work(meeting: Meeting, wanted: list[Slot], won: list[list[int]], gate: Any) -> None:
    try:
        _connect()
        for turn, slot in enumerate(wanted):
            gate.wait(60)
            try:
                with transaction.atomic():
                    bookings.rebook(meeting, slot)
            except Refused:
                continue
            won[turn].append(meeting.pk)
    finally:
        connections.close_all()
