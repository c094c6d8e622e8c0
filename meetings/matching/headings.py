"""Under which HS headings companies sell or look for something."""

from booths.hs_codes import HEADING
from fairplatform.matching import Buyer, Seller

Headings = frozenset[str]
"""Of four digits."""


def headings_of(one: Seller | Buyer) -> Headings:
    """Of what it offers or needs, and of what it has named besides."""
    goods = one.offers if isinstance(one, Seller) else one.needs
    codes = [*one.headings, *(each.hs for each in goods)]
    return frozenset(code[:HEADING] for code in codes if len(code) >= HEADING)
