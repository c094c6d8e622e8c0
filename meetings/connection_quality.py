"""How good a line is, in one word, from a digest of getStats."""

from collections.abc import Mapping
from typing import Any, Literal

ConnectionQuality = Literal["good", "weak", "lost"]

# Speech breaks up beyond these (ITU-T G.114 asks for less than 400 ms there and back with good quality below 300).
WEAK_RTT_MS = 600
WEAK_LOSS_PERCENT = 8


def connection_quality(quality: Mapping[str, Any]) -> ConnectionQuality | None:
    """`quality` as Attendance keeps it; None while nothing has been measured."""
    if not quality:
        return None
    if not quality.get("kbit_in") and not quality.get("kbit_out"):
        return "lost"
    if quality.get("rtt_ms", 0) >= WEAK_RTT_MS or quality.get("loss_percent", 0) >= WEAK_LOSS_PERCENT:
        return "weak"
    return "good"
