"""A token bucket, the measure of how fast somebody may send."""

from dataclasses import dataclass, field
from time import monotonic


@dataclass(slots=True, weakref_slot=True)
class TokenBucket:
    """`rate` tokens are added each second, up to `size`; a message takes one, or as many as it has bytes."""

    rate: float
    size: float
    tokens: float = field(init=False)
    at: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        self.tokens = self.size

    def take(self, now: float, count: int = 1) -> bool:
        """Takes so many tokens if they are there. `now`: by the monotonic clock, in seconds."""
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens < count:
            return False
        self.tokens -= count
        return True
