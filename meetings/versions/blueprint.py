"""A fair's pairs as a problem for the solver, and what its numbers stand for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from fairplatform.scheduling.problem import Interpreter, Meeting, Party, Problem
from meetings.matching import languages
from meetings.matching.situation import Situation
from meetings.models import MatchedPair, Pair
from meetings.models.meeting import Side

from .rests import Rests, days

Need = Pair.Need
NOBODY = "nobody"  # languages that no interpreter has

Locks = Mapping[tuple[int, int], datetime]
"""By exhibitor and buyer."""
Full = Set[tuple[int, int]]
Needs = Mapping[tuple[int, int], Need]


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


@dataclass(frozen=True)
class Held:
    """A meeting that the fair has already: at its place, with its interpreter (the key of a user).

    `surplus`: the interpreter whose minutes of that day others have used up; they count for no more meetings there.
    """

    ends: tuple[int, int]
    at: int
    interpreter: int | None
    surplus: int | None = None


class Blueprint:
    """`locks`: when pairs of companies are to meet that an organiser keeps where they are. `asked`: the pairs in the
    problem. `impossible`: those that are in none, with the code of the reason. `held`: the meetings that there are,
    which stay; their numbers in the problem follow those of the pairs. `full`: pairs of which one has enough meetings.
    `needs`: of pairs whose published meeting is planned again, how much that needs an interpreter.
    """

    def __init__(
        self,
        situation: Situation,
        pairs: Iterable[MatchedPair],
        locks: Locks | None = None,
        full: Full = frozenset(),
        needs: Needs | None = None,
    ) -> None:
        self._needs = needs or {}
        self._situation, self._full, self._locks = situation, full, locks or {}
        self._rows = {(pair.exhibitor_id, pair.buyer_id): pair for pair in situation.pairs}
        self.asked: list[Asked] = []
        self.impossible: list[tuple[Asked, str]] = []
        for pair in pairs:
            asked = self._asked(pair)
            if not situation.has_met(*asked.ends):
                self._sort(asked)
        self.interpreters = situation.tongues.interpreters
        self.held = self._held()
        self._ends = [*(one.ends for one in self.asked), *(one.ends for one in self.held)]
        self.companies = sorted({key for ends in self._ends for key in ends})

    @property
    def held_numbers(self) -> Set[int]:
        return frozenset(range(len(self.asked), len(self.asked) + len(self.held)))

    def _held(self) -> list[Held]:
        """Of approved companies alone, as all that is planned."""
        places = {slot.pk: at for at, slot in enumerate(self._situation.slots)}
        day, known = days(self._situation.slots), {who.user: who for who in self.interpreters}
        used: Counter[tuple[int, int]] = Counter()
        found = []
        for meeting in self._situation.meetings:
            ends, at = (meeting.exhibitor_id, meeting.buyer_id), places[meeting.slot_id]
            if not set(ends) <= self._situation.companies.keys():
                continue
            who = next((one.user_id for one in meeting.participants.all() if not one.side), None)
            if who not in known:
                found.append(Held(ends, at, None))
                continue
            used[who, day[at]] += 1
            most = self._a_day(known[who])
            is_within = most is None or used[who, day[at]] <= most
            found.append(Held(ends, at, who) if is_within else Held(ends, at, None, surplus=who))
        return found

    def _a_day(self, who: languages.Interpreter) -> int | None:
        """The meetings that their minutes allow on a day."""
        if who.max_minutes_a_day is None:
            return None
        return who.max_minutes_a_day // max(1, self._situation.fair.slot_minutes)

    def _asked(self, pair: MatchedPair) -> Asked:
        row = self._rows.get((pair.exhibitor_id, pair.buyer_id))
        wanted = row.starts_at if row and row.starts_at else self._locks.get((pair.exhibitor_id, pair.buyer_id))
        pin = self._situation.places.get(wanted) if wanted else None
        said = self._needs.get((pair.exhibitor_id, pair.buyer_id))
        return Asked(pair, row, said or self._need(pair, row), pin)

    def _sort(self, asked: Asked) -> None:
        if not set(asked.ends) <= self._situation.companies.keys():
            self.impossible.append((asked, "not_approved"))
        elif frozenset(asked.ends) in self._situation.forbidden:
            self.impossible.append((asked, "not_allowed"))
        elif asked.ends in self._full:
            self.impossible.append((asked, "ceiling"))
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
        return Problem(
            days=days(slots),
            parties=tuple(map(self._party, self.companies)),
            meetings=(*map(self._meeting, self.asked), *map(self._held_meeting, self.held)),
            interpreters=tuple(map(self._interpreter, self.interpreters)),
            rooms=self._rooms(),
            reserve=situation.reserve - {one.at for one in self.held},
            pauses=rests.pauses,
            in_a_row=rests.in_a_row,
            rest=rests.rest,
            apart=rests.apart,
        )

    @cached_property
    def _places(self) -> dict[int, int]:
        return {key: place for place, key in enumerate(self.companies)}

    @cached_property
    def _sides(self) -> dict[int, set[Side]]:
        found = defaultdict(set)
        for ends in self._ends:
            for side, company in zip(Side, ends, strict=True):
                found[company].add(side)
        return found

    def _party(self, company: int) -> Party:
        """Ceilings are kept by matching, or by `full`. Of a company that sells and buys, the floor of each role.

        Where it has a meeting already it is, whatever its calendar says by now.
        """
        situation = self._situation
        held = {one.at for one in self.held if company in one.ends}
        slots = situation.free.at_work[company] - situation.past
        floor = situation.wanted(company) * len(self._sides[company])
        preferred = situation.free.preferred.get(company)
        return Party(slots | held, situation.companies[company].desks, floor=floor, preferred=preferred)

    def _rooms(self) -> tuple[int, ...] | None:
        rooms = self._situation.fair.rooms
        return None if rooms is None else (rooms,) * len(self._situation.slots)

    @cached_property
    def _open(self) -> frozenset[int] | None:
        """The only slots for what is new, where meetings that there are lie in past or reserved ones."""
        situation = self._situation
        shut = situation.past | situation.reserve
        return frozenset(range(len(situation.slots))) - shut if shut & {one.at for one in self.held} else None

    def _held_meeting(self, one: Held) -> Meeting:
        who = next((at for at, able in enumerate(self.interpreters) if able.user == one.interpreter), None)
        return Meeting(
            self._places[one.ends[0]],
            self._places[one.ends[1]],
            must=True,
            slot=one.at,
            interpreting="none" if who is None else "required",
            languages=NOBODY,
            interpreter=who,
        )

    def _meeting(self, asked: Asked) -> Meeting:
        is_asked_for = asked.need in (Need.REQUIRED, Need.WELCOME)
        return Meeting(
            self._places[asked.ends[0]],
            self._places[asked.ends[1]],
            must=asked.pair.is_first,
            slots=self._open,
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

    @cached_property
    def _wanted_languages(self) -> set[str]:
        return {self._languages(asked) for asked in self.asked} - {NOBODY}

    def _interpreter(self, who: languages.Interpreter) -> Interpreter:
        """They are where they have a meeting already, and have so many on a day."""
        situation = self._situation
        own = {one.at for one in self.held if one.interpreter == who.user}
        surplus = {one.at for one in self.held if one.surplus == who.user}
        slots = frozenset(range(len(situation.slots))) - situation.free.absent([who.user])[who.user] - surplus
        names = frozenset(name for name in self._wanted_languages if not who.on_call and _has(who, name))
        return Interpreter(names, slots | own, self._a_day(who))


def _has(who: languages.Interpreter, name: str) -> bool:
    ones, _, others = name.partition("/")
    if not others:
        return frozenset(name.split("-")) in who.pairs
    return who.interprets(frozenset(ones.split(",")), frozenset(others.split(",")))
