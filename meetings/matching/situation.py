"""What a fair knows before anybody is matched or has a time: companies, free slots, languages, wishes, meetings."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from functools import cached_property

from fairplatform.fairs.models import Fair, Participation
from meetings.models import Meeting
from meetings.models.meeting import Side
from meetings.schedule.free_slots import FreeSlots, Places
from meetings.schedule.reserve import reserved, usable

from . import wishes
from .languages import Tongues


class Situation:
    """Of the approved companies. `past`: slots in which nothing is planned any more; none of a draft fair.

    `without`: meetings that are looked away from, for they are to be planned again.
    """

    def __init__(self, fair: Fair, now: datetime, without: Collection[int] = ()) -> None:
        rows = fair.participations.filter(state=Participation.State.APPROVED).select_related("company")
        self.fair = fair
        self.companies: Mapping[int, Participation] = {one.pk: one for one in rows.order_by("pk")}
        self.slots = list(fair.slots.select_related("day").order_by("number"))
        is_draft = fair.state == Fair.State.DRAFT
        self.past: Places = frozenset(
            at for at, slot in enumerate(self.slots) if not is_draft and slot.starts_at <= now
        )
        self.free = FreeSlots(fair, self.slots, list(self.companies.values()), without)
        self.tongues = Tongues(fair, self.companies.values())
        self.pairs = wishes.pairs(fair)
        self.forbidden = wishes.forbidden(fair)
        self._read_meetings(without)

    @cached_property
    def places(self) -> Mapping[datetime, int]:
        """The place of the slot that begins at a time."""
        return {slot.starts_at: at for at, slot in enumerate(self.slots)}

    @cached_property
    def reserve(self) -> Places:
        """Slots that are kept free: of each day the last in which anybody could meet and nobody is pinned."""
        pinned = {self.places.get(pair.starts_at) for pair in self.pairs if pair.starts_at}
        return reserved(self.slots, usable(self.companies.values(), self.free.at_work) - pinned - self.past)

    def free_of(self, company: int) -> Places:
        return self.free.of[company] - self.reserve - self.past

    def common(self, one: int, other: int) -> Places:
        return self.free_of(one) & self.free_of(other)

    def has_met(self, one: int, other: int) -> bool:
        """Whether they have a meeting already, held or to come."""
        return frozenset((one, other)) in self._met

    def _read_meetings(self, without: Collection[int]) -> None:
        rows = Meeting.objects.filter(fair=self.fair).exclude(state=Meeting.State.CANCELLED).exclude(pk__in=without)
        self.meetings = list(rows.select_related("slot").prefetch_related("participants").order_by("pk"))
        ends = [(meeting.exhibitor_id, meeting.buyer_id) for meeting in self.meetings]
        self._met = {frozenset(pair) for pair in ends}
        # By side, how many meetings each company has.
        self.held = {
            Side.EXHIBITOR: Counter(exhibitor for exhibitor, _buyer in ends),
            Side.BUYER: Counter(buyer for _exhibitor, buyer in ends),
        }

    def floor(self, company: int, side: Side) -> int:
        """What it lacks of the meetings that it should have."""
        return max(0, self.wanted(company) - self.held[side][company])

    def wanted(self, company: int) -> int:
        return self.companies[company].floor(self.fair)

    def left(self, company: int, side: Side) -> int | None:
        """How many more meetings it may have; None: any number."""
        most = self.companies[company].ceiling(self.fair)
        return None if most is None else max(0, most - self.held[side][company])

    def have_room(self, exhibitor: int, buyer: int) -> bool:
        """Whether both may have one more meeting."""
        return self.left(exhibitor, Side.EXHIBITOR) != 0 and self.left(buyer, Side.BUYER) != 0

    def ceiling(self, company: int, side: Side) -> int:
        """How many more it may have, and could at all."""
        left, possible = self.left(company, side), self.capacity(company)
        return possible if left is None else min(left, possible)

    def capacity(self, company: int) -> int:
        return len(self.free_of(company)) * self.companies[company].desks
