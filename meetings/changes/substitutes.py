"""Who could meet a company in the place of another that leaves: in the same slot, about the same goods."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from booths.hs_codes import HEADING
from booths.matching_sides import buyers, sellers
from booths.models.demand import fair_date
from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair, Participation
from fairplatform.matching import fit
from meetings.matching import wishes
from meetings.matching.headings import headings_of
from meetings.matching.situation import Situation
from meetings.models import Meeting
from meetings.models.meeting import Side
from meetings.schedule.interpreters import Interpreters

SHOWN = 3
Interpreting = Meeting.Interpreting


@dataclass(frozen=True)
class Candidate:
    """A company that could. `headings`: those that it shares with the one left alone; `interpreter`: who stays.

    `free`: the key of somebody who can attend for it; None where nothing is known of its people. `most`: how many more
    meetings it may have; None: any number.
    """

    participation: Participation
    headings: tuple[str, ...]
    points: int
    interpreter: User | None
    interpreting: str
    free: int | None
    most: int | None


class Substitutes:
    """Of one fair, as it is now."""

    def __init__(self, fair: Fair, now: datetime) -> None:
        self._situation = Situation(fair, now)
        self._sellers = sellers(fair, without_booth=True)
        self._buyers = buyers(fair, on=fair_date(fair, now))
        self._of_sellers = {key: headings_of(one) for key, one in self._sellers.items()}
        self._of_buyers = {key: headings_of(one) for key, one in self._buyers.items()}
        self._spared = wishes.spared(fair)
        self._stays: dict[int, User | None] = {}
        self._slots = {slot.pk: at for at, slot in enumerate(self._situation.slots)}
        everybody = {pk for own in self._situation.free.staff.values() for pk in own}
        self._away = self._situation.free.away(everybody)

    def of(self, meeting: Meeting, left: Side) -> list[Candidate]:
        """For the company on the side `left` of a meeting, the best first."""
        alone = meeting.exhibitor_id if left == Side.EXHIBITOR else meeting.buyer_id
        wanted = self._wanted(meeting, left)
        others = self._of_buyers if left == Side.EXHIBITOR else self._of_sellers
        found = []
        for key, headings in others.items():
            if (
                key in (meeting.exhibitor_id, meeting.buyer_id)
                or not headings & wanted
                or not self._may(key, alone, meeting, left.other)
            ):
                continue
            if (candidate := self._candidate(key, alone, meeting, left, headings & wanted)) is not None:
                found.append(candidate)
        return sorted(found, key=lambda one: (-one.points, one.participation.pk))

    def _wanted(self, meeting: Meeting, left: Side) -> frozenset[str]:
        """The headings that the two met about; where they shared none, all of the company that is left."""
        sells = self._of_sellers.get(meeting.exhibitor_id, frozenset())
        buys = self._of_buyers.get(meeting.buyer_id, frozenset())
        of_left = sells if left == Side.EXHIBITOR else buys
        named = frozenset(code[:HEADING] for code in meeting.reason.get("hs", ()))
        return (named or sells & buys) & of_left or of_left

    def _may(self, key: int, alone: int, meeting: Meeting, side: Side) -> bool:
        """Approved, not kept apart, not met, below its ceiling, and both at work; its desk and somebody free."""
        situation, at, both = self._situation, self._slots[meeting.slot_id], frozenset((key, alone))
        if not both <= situation.companies.keys() or both in situation.forbidden or both in self._spared:
            return False
        if situation.has_met(key, alone) or situation.left(key, side) == 0:
            return False
        if at not in situation.free.of[key] or at not in situation.free.at_work[alone]:
            return False
        return not situation.free.staff[key] or self._free_at(key, at) is not None

    def _free_at(self, key: int, at: int) -> int | None:
        """A lead or manager rather than somebody else."""
        return next((pk for pk in self._situation.free.staff[key] if at not in self._away[pk]), None)

    def _candidate(
        self, key: int, alone: int, meeting: Meeting, left: Side, headings: frozenset[str]
    ) -> Candidate | None:
        """None where neither a language nor the interpreter is there for the two."""
        spoken = self._spoken(key, alone, meeting)
        if spoken is None:
            return None
        ends = (alone, key) if left == Side.EXHIBITOR else (key, alone)
        points = fit(self._sellers[ends[0]], self._buyers[ends[1]]).points
        free = self._free_at(key, self._slots[meeting.slot_id])
        most = self._situation.left(key, left.other)
        return Candidate(self._situation.companies[key], tuple(sorted(headings)), points, *spoken, free=free, most=most)

    def _interpreter(self, meeting: Meeting) -> User | None:
        """Who interprets it, or did until it was cancelled, if nothing hinders them but the meeting itself."""
        if meeting.pk not in self._stays:
            named = interpreter_of(meeting)
            work = Interpreters(meeting.fair, [named.pk], but=meeting.pk) if named else None
            self._stays[meeting.pk] = named if named and work and not work.hindrance(named.pk, meeting.slot) else None
        return self._stays[meeting.pk]

    def _spoken(self, key: int, alone: int, meeting: Meeting) -> tuple[User | None, str] | None:
        """The meeting's interpreter stays if they interpret between the two, and can then."""
        tongues, named = self._situation.tongues, self._interpreter(meeting)
        a, b = tongues.of(key).languages, tongues.of(alone).languages
        if named and any(who.user == named.pk and who.interprets(a, b) for who in tongues.interpreters):
            return named, meeting.interpreting
        if tongues.share(key, alone):
            return None, Interpreting.NOT_NEEDED
        return None if tongues.are_known(key, alone) else (None, Interpreting.WELCOME)


def interpreter_of(meeting: Meeting) -> User | None:
    return next((one.user for one in meeting.participants.select_related("user") if not one.side), None)


Chosen = Mapping[int, int | None]
"""By meeting, the participation that is met instead; None: nobody."""
