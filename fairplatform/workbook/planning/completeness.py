"""What a row lacks, which can only be judged together with what is stored of it."""

from collections.abc import Iterable

from ..findings import Finding
from ..stored import STORED_SHEETS

# The codes of what a file's row lacks, or contradicts, by itself. The planner judges the whole row again.
_CODES = frozenset(
    {
        "currency_needed",
        "ends_before_start",
        "lowest_above_highest",
        "needed",
        "needed_one_of",
        "needed_together",
        "sells_or_buys",
    }
)


def without(findings: Iterable[Finding]) -> list[Finding]:
    """What was found in reading, but for what a row of a stored sheet lacks by itself."""
    return [one for one in findings if one.code not in _CODES or one.sheet not in STORED_SHEETS]
