"""Rates the quality of a peer connection from a digest of its WebRTC statistics (`RTCPeerConnection.getStats`)."""

from collections.abc import Mapping
from typing import Literal

ConnectionQuality = Literal["good", "weak", "lost"]

# ITU-T G.114 recommends a one-way delay, mouth to ear, below 150 ms and never above 400: half of this round trip leaves
# 100 ms for codec and jitter buffer.
WEAK_RTT_MS = 600
WEAK_LOSS_PERCENT = 8


def rate(digest: Mapping[str, float]) -> ConnectionQuality | None:
    """The quality by a digest with the fields of `call.protocol.Quality`; None while nothing has been measured."""
    if not digest:
        return None
    if not digest.get("kbit_in") and not digest.get("kbit_out"):
        return "lost"
    if digest.get("rtt_ms", 0) >= WEAK_RTT_MS or digest.get("loss_percent", 0) >= WEAK_LOSS_PERCENT:
        return "weak"
    return "good"
