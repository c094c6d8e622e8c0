"""Why a company has fewer meetings than it should: a code and counts, of which whoever shows it makes a sentence."""

from dataclasses import dataclass
from typing import Literal

Code = Literal["nothing_said", "nobody_suits", "few_slots", "no_common_hours", "no_language", "few_suit", "others_full"]


@dataclass(frozen=True, slots=True)
class Prospects:
    """What a company could have had in a role.

    `says_something`: what it sells, or looks for. `slots`: in which it is free. `suiting`: companies that have
    something for it; `without_hours`, `without_language`: those of them with whom it shares no free hour, or neither a
    language nor an interpreter. Those with whom it may not meet count nowhere, as if they were not in the fair.
    """

    floor: int
    says_something: bool
    slots: int
    suiting: int
    without_hours: int = 0
    without_language: int = 0


@dataclass(frozen=True, slots=True)
class Shortfall:
    """`count` of `suiting` companies for `no_common_hours` and `no_language`; free slots for `few_slots`."""

    code: Code
    count: int = 0
    suiting: int = 0


def shortfall(prospects: Prospects) -> Shortfall:
    """The first cause that, without it, could not have been remedied by any other."""
    suits, hours, language = prospects.suiting, prospects.without_hours, prospects.without_language
    if prospects.slots < prospects.floor:
        return Shortfall("few_slots", prospects.slots)
    if not suits:
        return Shortfall("nobody_suits" if prospects.says_something else "nothing_said")
    if suits < prospects.floor:
        return Shortfall("few_suit", suits, suits)
    if suits - hours - language < prospects.floor:
        code: Code = "no_common_hours" if hours >= language else "no_language"
        return Shortfall(code, max(hours, language), suits)
    return Shortfall("others_full", suits - hours - language, suits)
