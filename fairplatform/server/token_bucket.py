"""A token bucket, the measure of how fast somebody may send."""

from dataclasses import dataclass, field
from time import monotonic


@dataclass(slots=True, weakref_slot=True)
class TokenBucket:
    """`rate` tokens are added each second, up to `size`; each message takes one."""

    rate: float
    size: float
    tokens: float = field(init=False)
    at: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        self.tokens = self.size

    def take(self, now: float) -> bool:
        """Takes a token if there is one. `now`: by the monotonic clock, in seconds."""
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True
