"""How fast a socket and a person may send."""

from dataclasses import dataclass, field
from time import monotonic


@dataclass
class TokenBucket:
    """`rate` tokens a second, at most `size` saved up."""

    rate: float
    size: float
    tokens: float = field(init=False)
    at: float = field(default_factory=monotonic)

    def __post_init__(self) -> None:
        self.tokens = self.size

    def take(self, now: float) -> bool:
        self.tokens = min(self.size, self.tokens + (now - self.at) * self.rate)
        self.at = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True
