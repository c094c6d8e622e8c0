"""How the meetings stand when the demonstration is first opened: held, not held, running, to come."""

from collections import Counter

from .buyers import DEMO_BUYER
from .chance import chance
from .encounters import DemoMeeting
from .exhibitors import DEMO_EXHIBITOR
from .grid import LATE, RUNNING
from .interpreting import Roster
from .matches import Pair
from .shapes import DemoPerson, DemoSlot

NOT_HELD = (
    *("buyer_absent",) * 5,
    *("exhibitor_absent",) * 4,
    *("line_failed",) * 3,
    "both_absent",
)
# The running ones beside the walk.
SCENES = ("interpreter_missing", "buyer_alone", "sound_only", "well", "well", "well", "well")

DEMO_FIRMS = frozenset({DEMO_EXHIBITOR, DEMO_BUYER})


class Opening:
    """Puts the matched and seated pairs down as meetings, in the order of their slots."""

    def __init__(
        self,
        places: dict[Pair, str],
        tongues: dict[Pair, str | None],
        people: tuple[DemoPerson, ...],
        slots: tuple[DemoSlot, ...],
        seed: int,
    ) -> None:
        order = [slot.key for slot in slots]
        self._pairs = sorted(places, key=lambda pair: (order.index(places[pair]), pair))
        self._places = places
        self._tongues = tongues
        self._slots = slots
        self._people = people
        self._leads = {p.company: p for p in people if p.role in {"exhibitor_manager", "buyer_lead"}}
        self._random = chance(seed, "opening")

    def meetings(self) -> tuple[DemoMeeting, ...]:
        """All three hundred."""
        interpreters = self._interpreters()
        reasons = self._reasons(interpreters)
        scenes = self._scenes(interpreters)
        moved = self._moved()
        return tuple(
            DemoMeeting(
                key=f"m-{number:03d}",
                slot=self._places[pair],
                buyer=pair[0],
                exhibitor=pair[1],
                people=self._table(pair, number),
                pair=self._tongues[pair],
                interpreter=interpreters.get(pair),
                state=self._state(pair, reasons),
                reason=reasons.get(pair),
                scene=scenes.get(pair),
                moved_from=moved.get(pair),
            )
            for number, pair in enumerate(self._pairs, start=1)
        )

    def _due(self, pair: Pair) -> bool:
        return self._places[pair] < RUNNING

    def _state(self, pair: Pair, reasons: dict[Pair, str]) -> str:
        if self._places[pair] == RUNNING:
            return "running"
        if not self._due(pair):
            return "planned"
        return "not_held" if pair in reasons else "held"

    def _table(self, pair: Pair, number: int) -> tuple[str, ...]:
        """The exhibitor's manager and the lead purchaser; at every third meeting a colleague of the exhibitor."""
        leads = (self._leads[pair[1]].key, self._leads[pair[0]].key)
        return (*leads, f"{pair[1]}.2") if number % 3 == 0 else leads

    def _interpreters(self) -> dict[Pair, str]:
        """The walk's first, then the other meetings of the visitor's firms: its interpreter takes what they may."""
        roster = Roster(self._people, self._slots)
        visitor = next(p.key for p in self._people if p.door == "interpreter")
        found = {}
        for pair in sorted(self._pairs, key=lambda pair: -len(DEMO_FIRMS & set(pair))):
            tongue = self._tongues[pair]
            if tongue:
                wished = visitor if DEMO_FIRMS & set(pair) else None
                found[pair] = roster.assign(tongue, self._places[pair], wished=wished)
        return found

    def _reasons(self, interpreters: dict[Pair, str]) -> dict[Pair, str]:
        """Thirteen of the due ones, no firm twice, none of those a visitor may be."""
        visitor = next(p.key for p in self._people if p.door == "interpreter")
        able = [pair for pair in self._pairs if self._due(pair) and interpreters.get(pair) != visitor]
        self._random.shuffle(able)
        return dict(zip(_strangers(able, len(NOT_HELD)), NOT_HELD, strict=True))

    def _scenes(self, interpreters: dict[Pair, str]) -> dict[Pair, str]:
        running = [pair for pair in self._pairs if self._places[pair] == RUNNING and not DEMO_FIRMS & set(pair)]
        running.sort(key=lambda pair: (pair not in interpreters, pair))
        return {(DEMO_BUYER, DEMO_EXHIBITOR): "walk"} | dict(zip(running, SCENES, strict=True))

    def _moved(self) -> dict[Pair, str]:
        """One meeting of the last day was moved by an hour in which both were free."""
        pair = next(p for p in self._pairs if self._places[p].startswith("5") and DEMO_EXHIBITOR in p)
        busy = {slot for other, slot in self._places.items() if set(other) & set(pair)}
        return {pair: next(s.key for s in self._slots if s.start.day == 5 and s.key not in busy)}


def free_slots(meetings: tuple[DemoMeeting, ...], slots: tuple[DemoSlot, ...], *firms: str) -> list[str]:
    """The slots to come, but the late one, in which none of these firms meets anybody."""
    busy = {meeting.slot for meeting in meetings if {meeting.buyer, meeting.exhibitor} & set(firms)}
    return [slot.key for slot in slots if slot.key > RUNNING and slot.key != LATE and slot.key not in busy]


def _strangers(pairs: list[Pair], number: int) -> list[Pair]:
    """The first so many pairs that share no firm and none of the demonstration's own."""
    seen = Counter(DEMO_FIRMS)
    chosen: list[Pair] = []
    for pair in pairs:
        if len(chosen) < number and not any(seen[firm] for firm in pair):
            chosen.append(pair)
            seen.update(pair)
    return chosen
