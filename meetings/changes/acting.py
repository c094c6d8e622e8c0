"""What all acts on a published schedule have in common: the time they are about, their row, and that they are one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.fairs.models import Absence, Fair, Slot
from fairplatform.policy import load
from meetings.models import Change

PERMISSION = "fair.organise"


@dataclass(frozen=True)
class Span:
    """Slots that follow each other."""

    slots: Sequence[Slot]

    @classmethod
    def of(cls, fair: Fair, first: Slot, last: Slot) -> "Span":
        rows = fair.slots.filter(starts_at__gte=first.starts_at, ends_at__lte=last.ends_at)
        return cls(list(rows.select_related("day").order_by("starts_at")))

    @property
    def starts_at(self) -> datetime:
        return self.slots[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return self.slots[-1].ends_at

    def absences(self, fair: Fair) -> Iterator[Absence]:
        """Not stored, and nobody's yet: of each day its slots, by the clock of the day."""
        for _day, group in groupby(self.slots, key=lambda slot: slot.day_id):
            slots = list(group)
            zone = slots[0].day.zone or fair.station_zone
            begins = slots[0].planned_times()[0].astimezone(ZoneInfo(zone))
            ends = slots[-1].planned_times()[1].astimezone(ZoneInfo(zone))
            for on, since, until in _by_date(begins, ends):
                yield Absence(fair=fair, date=on, from_time=since, until_time=until, zone=zone)


def _by_date(begins: datetime, ends: datetime) -> Iterator[tuple[date, time | None, time | None]]:
    """A day of slots may go on after midnight."""
    if begins.date() == ends.date():
        yield begins.date(), begins.time(), ends.time()
        return
    yield begins.date(), begins.time(), None
    if ends.time() > time.min:
        yield ends.date(), None, ends.time()


def begin(actor: Actor, fair: int, key: UUID) -> tuple[Fair, Change | None]:
    """The fair, locked: acts on its schedule follow each other. And what this very press has done already."""
    locked = load(Fair, actor, PERMISSION, lock=True, pk=fair)
    return locked, Change.objects.filter(fair=locked, key=key).first()


def record(actor: Actor, change: Change) -> Change:
    change.made_by, change.on_behalf_of = actor.user, actor.on_behalf_of
    change.save()
    subject = change.participation_id or change.user_id or change.place
    write_audit_entry(actor, PERMISSION, change, after={"what": change.what, "whose": subject})
    return change


def store_absences(span: Span, fair: Fair, **whose: int) -> None:
    """So that nobody schedules them then again; what is stored already stays."""
    owner: dict[str, Any] = {"participation_id": None, "user_id": None} | whose
    for absence in span.absences(fair):
        Absence.objects.get_or_create(
            fair=fair, date=absence.date, from_time=absence.from_time, until_time=absence.until_time,
            zone=absence.zone, **owner,
        )  # fmt: skip
