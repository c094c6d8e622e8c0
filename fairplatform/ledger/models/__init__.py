"""The ledger of a fair, what is kept of its agreements besides, what was reported elsewhere, and exchange rates."""

from .entry import DIGEST_LENGTH, LATEST_DAY_FIRST, NO_DIGEST, QUANTITY_SCALE, Entry, EntryName, Ledger
from .figures import ExchangeRate, ReportedFigure
from .release import Release
from .scan import Scan

__all__ = [
    "DIGEST_LENGTH", "LATEST_DAY_FIRST", "NO_DIGEST", "QUANTITY_SCALE", "Entry", "EntryName", "ExchangeRate", "Ledger",
    "Release", "ReportedFigure", "Scan",
]  # fmt: skip
