"""The three hundred meetings as they are at the opening: held, not held, running or planned."""

from collections import Counter

from .entities import DemoPerson, DemoSlot
from .events import DemoMeeting
from .matches import PERSONA_BUYER, PERSONA_COMPANIES, PERSONA_EXHIBITOR, Match
from .published import PublishedMeeting
from .random_source import random_for
from .slots import LATE_FRIDAY_SLOT, RUNNING_SLOT

NOT_HELD = (
    *("buyer_absent",) * 5,
    *("exhibitor_absent",) * 4,
    *("line_failed",) * 3,
    "both_absent",
)
# What is special about each running meeting, beside the personas' own ("walk").
SCENES = ("interpreter_missing", "buyer_alone", "sound_only", "well", "well", "well", "well")


class MeetingPlanner:
    """Numbers the meetings in the order of time, and says what has become of each by the opening."""

    def __init__(
        self,
        published: tuple[PublishedMeeting, ...],
        people: tuple[DemoPerson, ...],
        slots: tuple[DemoSlot, ...],
        seed: int,
    ) -> None:
        order = [slot.key for slot in slots]
        slot_of = {one.match: one.slot for one in published}
        self._matches = sorted(slot_of, key=lambda match: (order.index(slot_of[match]), match))
        self._slot_of = slot_of
        self._interpreters = {one.match: one.interpreter for one in published if one.interpreter}
        self._slots = slots
        self._people = people
        self._leads = {p.company: p for p in people if p.role in {"exhibitor_manager", "buyer_lead"}}
        self._random = random_for(seed, "opening")

    def meetings(self) -> tuple[DemoMeeting, ...]:
        """All three hundred."""
        interprets = {person.key: person.interprets for person in self._people}
        reasons, scenes = self._reasons(), self._scenes()
        moved = self._moved()
        return tuple(
            DemoMeeting(
                key=f"m-{number:03d}",
                slot=self._slot_of[match],
                buyer=match.buyer,
                exhibitor=match.exhibitor,
                people=self._people_of(match, number),
                language_pair=next(iter(interprets.get(self._interpreters.get(match, ""), ())), None),
                interpreter=self._interpreters.get(match),
                state=self._state(match, reasons),
                reason=reasons.get(match),
                scene=scenes.get(match),
                moved_from=moved.get(match),
            )
            for number, match in enumerate(self._matches, start=1)
        )

    def _is_over(self, match: Match) -> bool:
        return self._slot_of[match] < RUNNING_SLOT

    def _state(self, match: Match, reasons: dict[Match, str]) -> str:
        if self._slot_of[match] == RUNNING_SLOT:
            return "running"
        if not self._is_over(match):
            return "planned"
        return "not_held" if match in reasons else "held"

    def _people_of(self, match: Match, number: int) -> tuple[str, ...]:
        """The exhibitor's manager and the lead purchaser; at every third meeting a colleague of the exhibitor."""
        leads = (self._leads[match.exhibitor].key, self._leads[match.buyer].key)
        return (*leads, f"{match.exhibitor}-2") if number % 3 == 0 else leads

    def _reasons(self) -> dict[Match, str]:
        """Why thirteen of the past meetings were not held: no company twice, no persona among them."""
        persona = next(p.key for p in self._people if p.persona == "interpreter")
        possible = [
            match for match in self._matches if self._is_over(match) and self._interpreters.get(match) != persona
        ]
        self._random.shuffle(possible)
        return dict(zip(_without_shared_companies(possible, len(NOT_HELD)), NOT_HELD, strict=True))

    def _scenes(self) -> dict[Match, str]:
        """Scene by running match; those with an interpreter come first, for one scene lacks them."""
        in_slot = [match for match in self._matches if self._slot_of[match] == RUNNING_SLOT]
        running = [match for match in in_slot if not PERSONA_COMPANIES & set(match)]
        running.sort(key=lambda match: (match not in self._interpreters, match))
        return {Match(PERSONA_BUYER, PERSONA_EXHIBITOR): "walk"} | dict(zip(running, SCENES, strict=True))

    def _moved(self) -> dict[Match, str]:
        """One meeting of day 5 was first agreed for another slot of that day in which both companies are free."""
        match = next(p for p in self._matches if self._slot_of[p].startswith("5") and PERSONA_EXHIBITOR in p)
        busy = {slot for other, slot in self._slot_of.items() if set(other) & set(match)}
        return {match: next(s.key for s in self._slots if s.start.day == 5 and s.key not in busy)}


def free_slots(meetings: tuple[DemoMeeting, ...], slots: tuple[DemoSlot, ...], *firms: str) -> list[str]:
    """Keys of the slots after the running one, without the late one, in which none of these companies has a meeting."""
    busy = {meeting.slot for meeting in meetings if {meeting.buyer, meeting.exhibitor} & set(firms)}
    return [
        slot.key for slot in slots if slot.key > RUNNING_SLOT and slot.key != LATE_FRIDAY_SLOT and slot.key not in busy
    ]


def _without_shared_companies(matches: list[Match], number: int) -> list[Match]:
    """The first `number` matches that share no company with each other or with the personas."""
    taken = Counter(PERSONA_COMPANIES)
    chosen: list[Match] = []
    for match in matches:
        if len(chosen) < number and not any(taken[firm] for firm in match):
            chosen.append(match)
            taken.update(match)
    return chosen
