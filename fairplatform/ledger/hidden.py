"""The one rule for every sum: it tells no amount that is hidden, neither alone nor by what it was before.

Pure: no database, no clock.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import ngettext

TOGETHER = 3


class Summed(NamedTuple):
    """What amounts come to. `hidden`: of how many that are hidden it is not."""

    amount_minor: int
    hidden: int = 0


def summed(shown: int, hidden: Iterable[int]) -> Summed:
    """The sum of what is shown, and of the hidden amounts three at a time, the oldest first; one or two are left out.

    Each time that hidden amounts come to be in it, three do: so the difference between a sum and what it was before is
    not one of them either. `hidden`: in an order in which new ones come last.
    """
    amounts = list(hidden)
    whole = len(amounts) - len(amounts) % TOGETHER
    return Summed(shown + sum(amounts[:whole]), len(amounts) - whole)


def added(sums: Iterable[Summed]) -> Summed:
    """Sums added up: the hidden amounts that are left out of them are left out of this one too."""
    sums = list(sums)
    return Summed(sum(one.amount_minor for one in sums), sum(one.hidden for one in sums))


def hidden_in_words(count: int) -> str:
    """What stands beside a sum without hidden amounts; empty for 0."""
    if not count:
        return ""
    words = ngettext("and %(count)s amount that is hidden", "and %(count)s amounts that are hidden", count)
    return words % {"count": count}
