"""The log: one record a line, as JSON or as text for people, of our own loggers and of the libraries'."""

import logging
import logging.config
import sys
from typing import TypedDict

import structlog
from django.core.exceptions import ImproperlyConfigured
from structlog.stdlib import ProcessorFormatter
from structlog.types import EventDict, WrappedLogger

from .redaction import redact, redacted_traceback
from .requests import current_route

FORMATS = ("json", "line")
_FIRST = ("time", "level", "logger", "event")
_LEVELS = {
    "django": "INFO",
    # At DEBUG these would log every statement with its values, every request's address, every task's arguments.
    "django.db.backends": "INFO",
    # It logs each failed task with a traceback; duties.py already logs each kind of failure.
    "django_tasks": "CRITICAL",
    "asyncio": "INFO",
    "daphne": "WARNING",
    "aioice": "WARNING",
    # Every 4xx is in the access log already.
    "django.request": "ERROR",
    "django.security": "CRITICAL",
}
_CONTROL_CHARACTERS = {code: f"\\x{code:02x}" for code in (*range(32), *range(127, 160))}


class LogSettings(TypedDict):
    """Django's LOGGING setting as we have it: one of FORMATS, and the lowest level that is logged."""

    format: str
    level: str


def configure(wanted: LogSettings) -> None:
    """Sends all log records to standard error in one format. Raises ImproperlyConfigured for an unknown format.

    Django calls it with its LOGGING setting (LOGGING_CONFIG).
    """
    if wanted["format"] not in FORMATS:
        raise ImproperlyConfigured(f"LOG_FORMAT is {wanted['format']}; it may be {' or '.join(FORMATS)}")
    render = structlog.processors.JSONRenderer(ensure_ascii=False) if wanted["format"] == "json" else _line
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"events": {"()": RedactingFormatter, "processors": [*_PROCESSORS, render]}},
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


class RedactingFormatter(ProcessorFormatter):
    """Formats a record after `redact` has removed personal and secret data from it."""

    def format(self, record: logging.LogRecord) -> str:
        return super().format(redact(record, current_route()))


def _exception(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    given = event.pop("exc_info", None)
    if given:
        failure = given if isinstance(given, BaseException) else (given if given is not True else sys.exc_info())[1]
        event["exception"] = redacted_traceback(failure) if failure else "none"
    return event


def _level_and_logger(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    record: logging.LogRecord = event["_record"]
    event.update(level=record.levelname.lower(), logger=record.name)
    return event


def _line(logger: WrappedLogger, method: str, event: EventDict) -> str:
    """For people: the event, then its fields by name, then the traceback of an exception on lines below."""
    trace = event.pop("exception", "")
    head = "{} {:7} {}: {}".format(*(event.pop(key) for key in _FIRST))
    fields = (f"{key}={value}" for key, value in sorted(event.items()))
    # Without control characters no field can begin a line of its own or change the terminal.
    text = " ".join([head, *fields]).translate(_CONTROL_CHARACTERS)
    return text + "".join(f"\n    {line}" for line in trace.splitlines())


_PROCESSORS = [
    _level_and_logger,
    structlog.contextvars.merge_contextvars,
    structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
    _exception,
    ProcessorFormatter.remove_processors_meta,
]
