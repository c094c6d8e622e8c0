"""Which buyer meets which exhibitor, and whose companies the personas are of."""

from typing import NamedTuple

PERSONA_EXHIBITOR = "yongkang-bubujin-tools"
PERSONA_BUYER = "torange-hardware-traders"
PERSONA_COMPANIES = frozenset({PERSONA_EXHIBITOR, PERSONA_BUYER})


class Match(NamedTuple):
    """The keys of a buyer and an exhibitor that meet once."""

    buyer: str
    exhibitor: str
