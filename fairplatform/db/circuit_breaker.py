"""A circuit breaker: while a service is away, one caller a second tries it and all others fail at once."""

import logging
import threading
from time import monotonic

from fairplatform.observability.redaction import safe_message

logger = logging.getLogger(__name__)
RETRY_AFTER = 1.0  # seconds
LOG_INTERVAL = 10.0  # seconds between two lines in the log while it stays open


class CircuitBreaker:
    """Callers ask `allow` before each use of the service, and report `success` or `failure`. Open: it is away."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._lock = threading.Lock()
        self.is_open = False
        self._next_try = self._next_log = float("-inf")

    def allow(self) -> bool:
        """True; while it is open, True for one caller a second only, whose result decides."""
        if not self.is_open:
            return True
        with self._lock:
            if monotonic() < self._next_try:
                return False
            self._next_try = monotonic() + RETRY_AFTER
            return True

    def failure(self, failure: BaseException) -> None:
        """Opens the breaker: the service did not answer."""
        with self._lock:
            now = monotonic()
            self.is_open, self._next_try = True, now + RETRY_AFTER
            if now < self._next_log:
                return
            self._next_log = now + LOG_INTERVAL
        logger.warning("%s does not answer: %s: %s", self.name, type(failure).__name__, safe_message(failure))

    def success(self) -> None:
        """Closes the breaker: the service answered."""
        if self.is_open:
            self.is_open, self._next_log = False, float("-inf")
            logger.info("%s answers again", self.name)


REDIS = CircuitBreaker("Redis")
DATABASE = CircuitBreaker("PostgreSQL")
