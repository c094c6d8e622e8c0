"""What this process needs and cannot reach: tried once a second, not by everybody, and not told of at every try."""

import logging
import threading
from time import monotonic

from fairplatform.observability.redaction import safe_message

logger = logging.getLogger(__name__)
PAUSE = 1.0  # seconds until somebody may try again
SILENCE = 10.0  # seconds between two words about it


class CircuitBreaker:
    """Whether `name` is away (`is_on`). Whoever needs it asks `may_try`, and says what came of it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()
        self.is_open = False
        self._next_try = self._next_word = float("-inf")

    def allow(self) -> bool:
        """False while it is away, but for one caller a second, who finds out."""
        if not self.is_open:
            return True
        with self._lock:
            if monotonic() < self._next_try:
                return False
            self._next_try = monotonic() + PAUSE
            return True

    def failure(self, failure: BaseException) -> None:
        """It did not answer."""
        with self._lock:
            now = monotonic()
            self.is_open, self._next_try = True, now + PAUSE
            if now < self._next_word:
                return
            self._next_word = now + SILENCE
        logger.warning("%s does not answer: %s: %s", self.name, type(failure).__name__, safe_message(failure))

    def success(self) -> None:
        """It answered."""
        if self.is_open:
            self.is_open, self._next_word = False, float("-inf")
            logger.info("%s answers again", self.name)


REDIS = CircuitBreaker("Redis")
DATABASE = CircuitBreaker("PostgreSQL")
