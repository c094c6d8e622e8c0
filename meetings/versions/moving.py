"""Changes of a draft by hand: where a planned meeting could go and what is against it, moving it, locking it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db import transaction
from django.utils.translation import gettext as _

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Slot
from fairplatform.i18n.text import isolated
from fairplatform.policy import load
from fairplatform.scheduling.draft import Draft
from fairplatform.scheduling.grid import Grid
from meetings.models import PlannedMeeting, ScheduleVersion
from meetings.running import OF_SCHEDULE, refuse_while_running

from .blueprint import Blueprint
from .named import Named
from .needs import need_of
from .planned import book_planned_row, pair_of
from .publishing import situation_of


@dataclass(frozen=True)
class Target:
    """A time for a planned meeting, who would interpret it, and what is against it, for organisers."""

    slot: Slot
    interpreter: int | None
    hindrances: Sequence[str]
    is_now: bool


class Targets:
    """The times of the fair for one planned meeting, while all others stay where they are."""

    def __init__(self, row: PlannedMeeting, now: datetime) -> None:
        self.row = row
        rows = list(row.version.rows.select_related("existing"))
        self._situation = situation_of(row.version, now)
        pairs = [pair_of(one.exhibitor_id, one.buyer_id, is_first=one.is_first) for one in rows]
        needs = {(one.exhibitor_id, one.buyer_id): need_of(one.existing) for one in rows if one.existing}
        self._blueprint = Blueprint(self._situation, pairs, needs=needs)
        self._grid = Grid(self._blueprint.problem)
        self._draft = Draft(self._grid)
        self._put({(one.exhibitor_id, one.buyer_id): one for one in rows if one.pk != row.pk})

    def _put(self, others: dict[tuple[int, int], PlannedMeeting]) -> None:
        places = self._places
        for number, asked in enumerate(self._blueprint.asked):
            other = others.get(asked.ends)
            at = self._situation.places.get(other.starts_at) if other and other.starts_at else None
            if other and at is not None:
                self._draft.put(number, self._grid.cells[at], places.get(other.interpreter_id or 0, -1))
        for number, held in enumerate(self._blueprint.held, start=len(self._blueprint.asked)):
            self._draft.put(number, self._grid.cells[held.at], places.get(held.interpreter or 0, -1))

    @cached_property
    def _places(self) -> dict[int, int]:
        return {one.user: place for place, one in enumerate(self._blueprint.interpreters)}

    @cached_property
    def _named(self) -> Named:
        return Named(self.row.version)

    @cached_property
    def _number(self) -> int | None:
        """Of the meeting in the problem; None where the two may not meet at all."""
        ends = self.row.exhibitor_id, self.row.buyer_id
        return next((number for number, asked in enumerate(self._blueprint.asked) if asked.ends == ends), None)

    @cached_property
    def every(self) -> list[Target]:
        return [self._target(at) for at in range(len(self._situation.slots))]

    def at(self, starts_at: datetime) -> Target | None:
        place = self._situation.places.get(starts_at)
        return None if place is None else self.every[place]

    def _target(self, at: int) -> Target:
        slot = self._situation.slots[at]
        is_now = slot.starts_at == self.row.starts_at
        if self._number is None:
            return Target(slot, None, [_("The two may not meet: one is not approved, or they are kept apart.")], is_now)
        who = self._interpreter(self._number, self._grid.cells[at])
        return Target(slot, who, list(self._hindrances(self._number, at)), is_now)

    def _interpreter(self, number: int, cell: int) -> int | None:
        """Their own where they are free; of a meeting that needs one, else somebody who is."""
        own = self._places.get(self.row.interpreter_id or 0, -1)
        able = self._grid.able[number]
        if own not in able or not self._draft.free[own] >> cell & 1:
            own = self._draft.interpreter_for(number, cell) if self._grid.needs[number] else -1
        return self._blueprint.interpreters[own].user if own >= 0 else None

    def _hindrances(self, number: int, at: int) -> Iterator[str]:
        pin = self._blueprint.problem.meetings[number].slot
        if at in self._situation.past:
            yield _("This time is past.")
        if pin is not None and pin != at:
            yield _("The organisers' pair is pinned to another time. Change the pair first.")
        if at in self._blueprint.problem.reserve:
            yield _("This time is kept as a reserve.")
        yield from self._of_companies(number, self._grid.cells[at])
        yield from self._of_resources(number, self._grid.cells[at])
        yield from self._of_people(self._situation.slots[at].starts_at)

    def _of_companies(self, number: int, cell: int) -> Iterator[str]:
        for party, company in zip(self._grid.ends[number], (self.row.exhibitor, self.row.buyer), strict=True):
            names = {"company": isolated(company)}
            if not self._grid.parties[party] >> cell & 1:
                yield _("%(company)s is not at work or is absent then.") % names
            elif not self._draft.open[party] >> cell & 1:
                yield _("%(company)s has another meeting then.") % names

    def _of_people(self, starts_at: datetime) -> Iterator[str]:
        busy = self._named.busy(self.row, starts_at)
        for person in User.objects.filter(pk__in=busy).order_by("pk") if busy else ():
            yield _("%(person)s, who is named for this meeting, has another one then.") % {
                "person": isolated(person.public_name)
            }

    def _of_resources(self, number: int, cell: int) -> Iterator[str]:
        if not self._draft.free_rooms >> cell & 1:
            yield _("All rooms are taken at this time.")
        if self._grid.needs[number] and not self._grid.able[number]:
            yield _("Nobody interprets the languages that it needs.")
        elif self._grid.needs[number] and not self._draft.interpreted(number) >> cell & 1:
            yield _("All interpreters for it work, rest or are absent then, or have no more minutes that day.")


@transaction.atomic
def move_planned(
    actor: Actor, *, fair: int, planned: int, starts_at: datetime, revision: int, now: datetime
) -> PlannedMeeting:
    """Gives a pair of the draft another time, or its first.

    `revision`: of the row as it was shown. Raises Refused: planned_changed, planned_locked, planned_impossible, what
    `_changing` raises.
    """
    row = _changing(actor, fair, planned, revision)
    if row.is_locked:
        raise Refused("planned_locked")
    target = Targets(row, now).at(starts_at)
    if target is None:
        raise Refused("not_found")
    if target.hindrances:
        raise Refused("planned_impossible")
    before = row.starts_at
    row.starts_at, row.ends_at, row.not_placed = target.slot.starts_at, target.slot.ends_at, ""
    row.interpreter = User.objects.get(pk=target.interpreter) if target.interpreter else None
    row.revision += 1
    row.save()
    book_planned_row(row)
    after = {"pair": str(row), "starts_at": row.starts_at}
    write_audit_entry(actor, "schedule.plan", row.version, before={"starts_at": before}, after=after)
    return row


@transaction.atomic
def lock_planned(actor: Actor, *, fair: int, planned: int, is_locked: bool, revision: int) -> PlannedMeeting:
    """Keeps a meeting where it is when the schedule is made again, or no longer. Raises what `_changing` raises."""
    row = _changing(actor, fair, planned, revision)
    if not row.starts_at:
        raise Refused("not_now")
    row.is_locked = is_locked
    row.revision += 1
    row.save(update_fields=["is_locked", "revision"])
    write_audit_entry(actor, "schedule.plan", row.version, after={"pair": str(row), "locked": is_locked})
    return row


def _changing(actor: Actor, fair: int, planned: int, revision: int) -> PlannedMeeting:
    """A row of the draft, as it was shown, with its fair locked.

    Raises Refused: not_found, schedule_running, planned_changed, and what loading raises.
    """
    loaded: Fair = load(Fair, actor, "schedule.plan", lock=True, pk=fair)
    refuse_while_running(loaded, OF_SCHEDULE)
    rows = PlannedMeeting.objects.filter(version__fair=loaded, version__state=ScheduleVersion.State.DRAFT)
    related = ("version__fair", "exhibitor__company", "buyer__company", "interpreter")
    row = rows.select_related(*related).filter(pk=planned).first()
    if row is None:
        raise Refused("not_found")
    if row.revision != revision:
        raise Refused("planned_changed")
    return row
