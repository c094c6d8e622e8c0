"""The log and the metrics of sockets: opened, closed, and each command on them."""

from time import monotonic

import structlog
from prometheus_client import Counter, Histogram

logger = structlog.get_logger("fairplatform.sockets")
# The close codes of RFC 6455, section 7.4.1, and our own; any other was made up by a client and counts as "other".
CODES = {1000, 1001, 1002, 1005, 1006, 1007, 1009, 1011, 4401, 4408, 4413, 4429, 4430, 4503}
_BUCKETS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5)  # seconds

sockets_closed = Counter("fair_sockets_closed", "Sockets that ended, by their close code", ["code"])
commands = Counter(
    "fair_socket_commands", "Commands, by what came of them: ok, or the refusal's code", ["type", "result"]
)
command_seconds = Histogram(
    "fair_socket_command_seconds", "From a command's turn to its reply", ["type"], buckets=_BUCKETS
)
events_delivered = Counter("fair_events_delivered", "Events handed to members of topics")
slow_readers = Counter("fair_slow_readers", "Sockets dropped because their reader took nothing")
layer_failures = Counter("fair_layer_failures", "Times that waiting wake-ups were lost with the layer")


def log_opened(connection: str, person: int | None) -> None:
    """Logs an accepted socket. From now on every record of its task has the ids of connection and person."""
    structlog.contextvars.bind_contextvars(connection=connection, **({} if person is None else {"person": person}))
    logger.debug("socket opened")


def log_closed(code: int, since: float) -> None:
    """Logs and counts the end of a socket. `since`: when it was opened, by time.monotonic()."""
    sockets_closed.labels(code if code in CODES else "other").inc()
    logger.info("socket closed", code=code, seconds=round(monotonic() - since, 3))


def count_command(type_name: str, result: str, seconds: float) -> None:
    commands.labels(type_name, result).inc()
    command_seconds.labels(type_name).observe(seconds)
