"""A fair's pairs as a problem for the solver, and what its numbers stand for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import pairwise

from fairplatform.fairs.models import Fair, Slot
from fairplatform.scheduling.problem import Interpreter, Meeting, Party, Problem
from meetings.matching import languages
from meetings.matching.situation import Situation
from meetings.models import MatchedPair, Pair
from meetings.models.booking import person
from meetings.models.meeting import Side

Need = Pair.Need
BETWEEN, IN_A_ROW, AFTER_A_ROW = timedelta(minutes=10), 3, timedelta(minutes=30)  # an interpreter's rest
NOBODY = "nobody"  # languages that no interpreter has


@dataclass(frozen=True)
class Asked:
    """A pair that is to meet. `row`: what the organisers say of it. `pin`: the place of the slot it is pinned to."""

    pair: MatchedPair
    row: Pair | None
    need: Need
    pin: int | None

    @property
    def ends(self) -> tuple[int, int]:
        return self.pair.exhibitor_id, self.pair.buyer_id


class Blueprint:
    """`asked`: the pairs in the problem. `impossible`: those that are in none, with the code of the reason."""

    def __init__(self, situation: Situation, pairs: Iterable[MatchedPair]) -> None:
        self._situation = situation
        self._rows = {(pair.exhibitor_id, pair.buyer_id): pair for pair in situation.pairs}
        self.asked: list[Asked] = []
        self.impossible: list[tuple[Asked, str]] = []
        for pair in pairs:
            asked = self._asked(pair)
            if not situation.has_met(*asked.ends):
                self._sort(asked)
        self.companies = sorted({key for asked in self.asked for key in asked.ends})
        self.interpreters = situation.tongues.interpreters

    def _asked(self, pair: MatchedPair) -> Asked:
        row = self._rows.get((pair.exhibitor_id, pair.buyer_id))
        pin = self._situation.places.get(row.starts_at) if row and row.starts_at else None
        return Asked(pair, row, self._need(pair, row), pin)

    def _sort(self, asked: Asked) -> None:
        if not set(asked.ends) <= self._situation.companies.keys():
            self.impossible.append((asked, "not_approved"))
        elif frozenset(asked.ends) in self._situation.forbidden:
            self.impossible.append((asked, "not_allowed"))
        elif asked.row and asked.row.starts_at and asked.pin is None:
            self.impossible.append((asked, "pinned_off_grid"))
        else:
            self.asked.append(asked)

    def _need(self, pair: MatchedPair, row: Pair | None) -> Need:
        """As the organisers say; else an interpreter is required unless the two share a language.

        Where it is not known what somebody speaks, one is welcome.
        """
        if row and row.need:
            return Need(row.need)
        if row and (row.interpreter_id or row.language_pair):
            return Need.REQUIRED
        ends = pair.exhibitor_id, pair.buyer_id
        if not set(ends) <= self._situation.companies.keys() or self._situation.tongues.share(*ends):
            return Need.NONE
        return Need.REQUIRED if self._situation.tongues.are_known(*ends) else Need.WELCOME

    @cached_property
    def problem(self) -> Problem:
        situation, slots = self._situation, self._situation.slots
        rests = Rests(situation.fair, slots)
        rooms = situation.free.free_rooms()
        return Problem(
            days=days(slots),
            parties=tuple(map(self._party, self.companies)),
            meetings=tuple(map(self._meeting, self.asked)),
            interpreters=self._interpreters(rests),
            rooms=None if rooms is None else tuple(rooms),
            reserve=situation.reserve,
            pauses=rests.pauses,
            in_a_row=rests.in_a_row,
            rest=rests.rest,
        )

    @cached_property
    def _roles(self) -> dict[int, set[Side]]:
        found = defaultdict(set)
        for asked in self.asked:
            for side, company in zip(Side, asked.ends, strict=True):
                found[company].add(side)
        return found

    @cached_property
    def _places(self) -> dict[int, int]:
        return {key: place for place, key in enumerate(self.companies)}

    def _party(self, company: int) -> Party:
        """Ceilings were kept by matching. Of a company that sells and buys, the floors of both roles."""
        situation = self._situation
        floor = sum(situation.floor(company, side) for side in self._roles[company])
        return Party(situation.free.of[company], situation.companies[company].desks, floor=floor)

    def _meeting(self, asked: Asked) -> Meeting:
        is_asked_for = asked.need in (Need.REQUIRED, Need.WELCOME)
        return Meeting(
            self._places[asked.ends[0]],
            self._places[asked.ends[1]],
            must=asked.pair.is_first,
            slot=asked.pin,
            interpreting="none" if not is_asked_for else "required" if asked.need == Need.REQUIRED else "welcome",
            languages=self._languages(asked) if is_asked_for else "",
            interpreter=self._named(asked) if is_asked_for else None,
        )

    def _named(self, asked: Asked) -> int | None:
        """The place of the interpreter whom the organisers name, if that is one of the fair, and of the languages."""
        if not asked.row or not asked.row.interpreter_id:
            return None
        for place, who in enumerate(self.interpreters):
            if who.user == asked.row.interpreter_id and self._is_able(who, asked.row):
                return place
        return None

    def _is_able(self, who: languages.Interpreter, row: Pair) -> bool:
        return not row.language_pair or languages.pair_of(row.language_pair) in who.pairs

    def _languages(self, asked: Asked) -> str:
        """A name for what the two need; `_able` says who has it."""
        if asked.row and asked.row.interpreter_id:
            return NOBODY  # but whom the organisers name
        if asked.row and asked.row.language_pair:
            return "-".join(sorted(languages.pair_of(asked.row.language_pair)))
        one, other = sorted(",".join(sorted(self._situation.tongues.of(key).languages)) for key in asked.ends)
        return f"{one}/{other}"

    def _interpreters(self, rests: "Rests") -> tuple[Interpreter, ...]:
        wanted = {self._languages(asked) for asked in self.asked} - {NOBODY}
        away = self._situation.free.away(who.user for who in self.interpreters)
        return tuple(
            Interpreter(
                languages=frozenset(name for name in wanted if not who.on_call and _has(who, name)),
                slots=frozenset(range(len(self._situation.slots))) - away[who.user] - rests.beside(self._engaged(who)),
                a_day=self._a_day(who),
            )
            for who in self.interpreters
        )

    def _engaged(self, who: languages.Interpreter) -> frozenset[int]:
        return self._situation.free.booked([person(who.user)])

    def _a_day(self, who: languages.Interpreter) -> int | None:
        """Meetings on a day, besides those there are: of the day that has most of them, which leaves the fewest."""
        if who.max_minutes_a_day is None:
            return None
        day = days(self._situation.slots)
        engaged = Counter(day[at] for at in self._engaged(who))
        most = who.max_minutes_a_day // max(1, self._situation.fair.slot_minutes)
        return max(0, most - max(engaged.values(), default=0))


def _has(who: languages.Interpreter, name: str) -> bool:
    ones, _, others = name.partition("/")
    if not others:
        return frozenset(name.split("-")) in who.pairs
    return who.interprets(frozenset(ones.split(",")), frozenset(others.split(",")))


class Rests:
    """The rest of an interpreter, in slots: ten minutes between two meetings, thirty after three in a row.

    Where fewer than ten minutes are between two slots, nobody interprets in both.
    """

    def __init__(self, fair: Fair, slots: Sequence[Slot]) -> None:
        self._day = days(slots)
        gaps = {
            at + 1: after.starts_at - before.ends_at
            for at, (before, after) in enumerate(pairwise(slots))
            if before.day_id == after.day_id
        }
        gap = min(gaps.values(), default=timedelta(minutes=fair.change_minutes))
        length = min((slot.ends_at - slot.starts_at for slot in slots), default=timedelta(minutes=fair.slot_minutes))
        self.in_a_row, needed = (IN_A_ROW, AFTER_A_ROW) if gap >= BETWEEN else (1, BETWEEN)
        self.rest = max(0, -((gap - needed) // (length + gap)))
        self.pauses = frozenset(at for at, between in gaps.items() if between >= needed and between > gap)

    def beside(self, engaged: Iterable[int]) -> frozenset[int]:
        """The slots around meetings there are already, so near that a rest could be missing."""
        near = {at + step for at in engaged for step in range(-self.rest, self.rest + 1)}
        return frozenset(at for at in near if 0 <= at < len(self._day))


def days(slots: Sequence[Slot]) -> tuple[int, ...]:
    """The day of each slot, counted from 0."""
    order: dict[int, int] = {}
    return tuple(order.setdefault(slot.day_id, len(order)) for slot in slots)
