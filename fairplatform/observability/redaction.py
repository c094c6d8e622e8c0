"""Redaction of log records: what people write, their addresses, and secrets are left out.

The message of an exception or of a library may quote any of these, so it is logged only where it cannot.
"""

import logging
import sys
import traceback
from copy import copy
from types import TracebackType

# Exceptions whose first line quotes nobody: it names tables, columns, constraints and addresses of servers. The lines
# after it may quote rows. By name, so that those of Django, psycopg and sqlite3 are all included. DataError is not: it
# quotes the value in its first line.
_SAFE_KINDS = {
    "OperationalError", "IntegrityError", "InterfaceError", "InternalError", "ProgrammingError", "ConnectionError",
    "TimeoutError", "AttributeError", "NameError", "TypeError", "ImportError", "ImproperlyConfigured", "Refused",
}  # fmt: skip
_SERVER_LOGGERS = ("daphne", "twisted", "autobahn", "asyncio")
_MOST_FRAMES, _MOST_CAUSES, _MOST_CHARACTERS = 30, 5, 2000
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def redact(record: logging.LogRecord, route: str) -> logging.LogRecord:
    """A copy of the record that may be written. `route`: the route of the request, put in place of its path."""
    record = copy(record)
    if hasattr(record, "request"):
        _redact_request(record, route)
    elif record.name.partition(".")[0] in _SERVER_LOGGERS:
        _redact_server(record)
    if isinstance(record.msg, str) and not record.args:
        record.msg = record.msg[:_MOST_CHARACTERS]
    return record


def _redact_request(record: logging.LogRecord, route: str) -> None:
    """Django's records about a request contain its path, which may be a personal link, or quote its Referer."""
    args = record.args if isinstance(record.args, tuple) else ()
    if not args:
        record.msg = "refused"
        return
    path: str = record.request.path  # type: ignore[attr-defined] # set by Django, through `extra`
    record.args = tuple(_before_dash(arg) if path not in str(arg) else route for arg in args)


def _before_dash(arg: object) -> object:
    """Django's reasons for a refusal quote after a dash ("Referer checking failed - …")."""
    return arg.partition(" - ")[0] if isinstance(arg, str) else arg


def _redact_server(record: logging.LogRecord) -> None:
    """Daphne, Twisted and asyncio log requests, tasks and exceptions: each is replaced by the name of its class."""
    if not isinstance(record.msg, str):
        failure = getattr(record.msg, "value", None)
        record.msg, record.exc_info = "failed", _exc_info(failure) or record.exc_info
    elif "Traceback (most recent" in record.msg:
        record.msg, record.exc_info = "failed", record.exc_info or sys.exc_info()
    record.msg = record.msg.partition("\n")[0]
    if isinstance(record.args, tuple):
        record.args = tuple(arg if isinstance(arg, int | float) else type(arg).__name__ for arg in record.args)


def _exc_info(failure: object) -> ExcInfo | None:
    return (type(failure), failure, failure.__traceback__) if isinstance(failure, BaseException) else None


def redacted_traceback(failure: BaseException) -> str:
    """The traceback of an exception after those of its causes, without values of variables or unsafe messages."""
    parts: list[str] = []
    current: BaseException | None = failure
    while current is not None and len(parts) < _MOST_CAUSES:
        frames = traceback.format_list(traceback.extract_tb(current.__traceback__)[-_MOST_FRAMES:])
        parts.append("".join(frames) + f"{_class_name(current)}: {safe_message(current)}".rstrip(": "))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\nand then\n".join(reversed(parts))


def _class_name(failure: BaseException) -> str:
    kind = type(failure)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def safe_message(failure: BaseException) -> str:
    """The first line of an exception's message, empty if exceptions of its class may quote people or secrets."""
    kinds = {kind.__name__ for kind in type(failure).__mro__}
    if "SMTPException" in kinds or "DataError" in kinds:
        return ""
    if isinstance(failure, OSError) and failure.strerror:
        return failure.strerror
    return str(failure).partition("\n")[0][:300] if kinds & _SAFE_KINDS else ""
