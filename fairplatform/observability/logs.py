"""The log: one line an event, JSON for programs or plain for people, of our own lines and of the libraries'."""

import logging
import logging.config
import sys
from typing import Any

import structlog
from django.core.exceptions import ImproperlyConfigured
from structlog.stdlib import ProcessorFormatter
from structlog.types import EventDict

from .redaction import redact, redacted_traceback
from .requests import current_route

SHAPES = ("json", "line")
_FIRST = ("time", "level", "logger", "event")
_LEVELS = {
    "django": "INFO",
    # At DEBUG they write every statement with its values, every request's address, every task's arguments.
    "django.db.backends": "INFO",
    # It tells each failed task in full; we tell each kind of failure (duties.py).
    "django_tasks": "CRITICAL",
    "asyncio": "INFO",
    "daphne": "WARNING",
    "aioice": "WARNING",
    # The access line tells each 4xx already.
    "django.request": "ERROR",
    "django.security": "CRITICAL",
}
_CONTROLS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}


def configure(wanted: dict[str, str]) -> None:
    """Django's LOGGING_CONFIG: our lines and the libraries' go the same way to standard error.

    `wanted`: its LOGGING, which says a `shape` of SHAPES and a `level`. Raises ImproperlyConfigured for another shape.
    """
    if wanted["shape"] not in SHAPES:
        raise ImproperlyConfigured(f"LOG_FORMAT is {wanted['shape']}; it may be {' or '.join(SHAPES)}")
    render = structlog.processors.JSONRenderer(ensure_ascii=False) if wanted["shape"] == "json" else _line
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"events": {"()": Discreet, "processors": [*_STEPS, render]}},
            "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "events"}},
            "root": {"handlers": ["console"], "level": wanted["level"]},
            "loggers": {name: {"level": level, "handlers": []} for name, level in _LEVELS.items()},
        }
    )
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


class Discreet(ProcessorFormatter):
    """Formats what `redact` leaves of a record."""

    def format(self, record: logging.LogRecord) -> str:
        return super().format(redact(record, current_route()))


def _exception(logger: Any, method: str, event: EventDict) -> EventDict:
    given = event.pop("exc_info", None)
    if given:
        failure = given if isinstance(given, BaseException) else (given if given is not True else sys.exc_info())[1]
        event["exception"] = redacted_traceback(failure) if failure else "none"
    return event


def _from_the_record(logger: Any, method: str, event: EventDict) -> EventDict:
    record: logging.LogRecord = event["_record"]
    event.update(level=record.levelname.lower(), logger=record.name)
    return event


def _line(logger: Any, method: str, event: EventDict) -> str:
    """For people: what happened, then what is known of it; the trace of an exception below."""
    trace = event.pop("exception", "")
    head = "{} {:7} {}: {}".format(*(event.pop(key) for key in _FIRST))
    text = " ".join([head, *(f"{key}={value}" for key, value in sorted(event.items()))]).translate(_CONTROLS)
    return text + "".join(f"\n    {line}" for line in trace.splitlines())


_STEPS = [
    _from_the_record,
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    _exception,
    ProcessorFormatter.remove_processors_meta,
]
