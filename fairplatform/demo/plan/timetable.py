"""The slot of every match: no company twice in one slot, and never more interpreters than there are."""

from collections import Counter

from .entities import DemoCompany
from .matches import PERSONA_BUYER, PERSONA_EXHIBITOR, Match
from .slots import LATE_FRIDAY_SLOT, RUNNING_SLOT, meetings_per_slot

# The slots of the personas' companies: some held, one running, one later on day 3, one on each day to come.
EXHIBITOR_SLOTS = ("1-1130", "2-1000", "2-1400", "3-1030", "3-1400", "4-1100", "5-1030")
BUYER_SLOTS = ("1-1230", "2-1130", "2-1430", "3-1130", "3-1330", "4-1030", "5-1200")

# Meetings of one language pair in a slot. An interpreter cannot take two slots in a row, and there are nine for each
# pair: three in this slot, three in the one before and up to three persona meetings in the next always leave enough.
MOST_INTERPRETED = 3


def timetable(
    matches: tuple[Match, ...], companies: dict[str, DemoCompany], language_pairs: dict[Match, str | None]
) -> dict[Match, str]:
    """Slot key by match; each slot has exactly its planned number of meetings, else ValueError."""
    slot_of = _persona_slots(matches)
    unplaced = [match for match in matches if match not in slot_of]
    for slot, number in sorted(meetings_per_slot().items(), key=_late_then_by_hour):
        in_slot = [match for match, taken in slot_of.items() if taken == slot]
        meetings_left = Counter(firm for match in unplaced for firm in match)
        unplaced.sort(key=lambda match: -max(meetings_left[match.buyer], meetings_left[match.exhibitor]))
        for match in list(unplaced):
            agreed = slot != LATE_FRIDAY_SLOT or companies[match.exhibitor].late_friday
            if len(in_slot) < number and agreed and _fits(match, in_slot, language_pairs):
                in_slot.append(match)
                unplaced.remove(match)
        if len(in_slot) < number:
            raise ValueError(f"slot {slot} has only {len(in_slot)} meetings: choose another seed")
        slot_of |= dict.fromkeys(in_slot, slot)
    return slot_of


def _fits(match: Match, in_slot: list[Match], language_pairs: dict[Match, str | None]) -> bool:
    """Whether the match can share a slot with these: no company twice, an interpreter left."""
    language_pair = language_pairs[match]
    interpreted = sum(language_pairs[other] == language_pair for other in in_slot)
    is_free = not any(set(match) & set(other) for other in in_slot)
    return is_free and (language_pair is None or interpreted < MOST_INTERPRETED)


def _persona_slots(matches: tuple[Match, ...]) -> dict[Match, str]:
    """The fixed slots of the personas' companies, by match."""
    slot_of = {Match(PERSONA_BUYER, PERSONA_EXHIBITOR): RUNNING_SLOT}
    of_exhibitor = [match for match in matches if match.exhibitor == PERSONA_EXHIBITOR and match not in slot_of]
    of_buyer = [match for match in matches if match.buyer == PERSONA_BUYER and match not in slot_of]
    slot_of |= dict(zip(of_exhibitor, EXHIBITOR_SLOTS, strict=True))
    slot_of |= dict(zip(of_buyer, BUYER_SLOTS, strict=True))
    return slot_of


def _late_then_by_hour(slot: tuple[str, int]) -> tuple[bool, str, str]:
    """Sort key: the late slot first, as few may use it; then the same hour of every day, which spreads a company's."""
    day, at = slot[0].split("-")
    return slot[0] != LATE_FRIDAY_SLOT, at, day
