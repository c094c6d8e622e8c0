"""What the log leaves out: what people write, their addresses, and whatever opens a door.

Messages of exceptions and of libraries may quote any of these, so they are repeated only where they cannot.
"""

import logging
import sys
import traceback
from copy import copy
from typing import Any

# By name, so that Django's, psycopg's and sqlite3's own are all meant. Their first line names tables, columns,
# constraints and addresses of servers; what follows it may quote rows. DataError quotes in its first line.
_SPEAKING = {
    "OperationalError", "IntegrityError", "InterfaceError", "InternalError", "ProgrammingError", "ConnectionError",
    "TimeoutError", "AttributeError", "NameError", "TypeError", "ImportError", "ImproperlyConfigured", "Refused",
}  # fmt: skip
_SERVERS = ("daphne", "twisted", "autobahn", "asyncio")
_MOST_FRAMES, _MOST_CAUSES, _MOST_LETTERS = 30, 5, 2000


def redact(record: logging.LogRecord, route: str) -> logging.LogRecord:
    """The record as it may be kept; `route` is the name said in place of an address that was asked for."""
    record = copy(record)
    if hasattr(record, "request"):
        _name_the_route(record, route)
    elif record.name.partition(".")[0] in _SERVERS:
        _name_the_kinds(record)
    if isinstance(record.msg, str) and not record.args:
        record.msg = record.msg[:_MOST_LETTERS]
    return record


def _name_the_route(record: logging.LogRecord, route: str) -> None:
    """Django's lines about a request end in its path, which may be a personal link, or quote the page before it."""
    args = record.args if isinstance(record.args, tuple) else ()
    if not args:
        record.msg = "refused"
        return
    path = record.request.path  # type: ignore[attr-defined]
    record.args = tuple(_reason(arg) if path not in str(arg) else route for arg in args)


def _reason(arg: object) -> object:
    return arg.partition(" - ")[0] if isinstance(arg, str) else arg


def _name_the_kinds(record: logging.LogRecord) -> None:
    """The servers below us quote requests, tasks and exceptions: of each only its kind is said."""
    if not isinstance(record.msg, str):
        failure = getattr(record.msg, "value", None)
        record.msg, record.exc_info = "failed", _as_exc_info(failure) or record.exc_info
    elif "Traceback (most recent" in record.msg:
        record.msg, record.exc_info = "failed", record.exc_info or sys.exc_info()
    record.msg = record.msg.partition("\n")[0]
    if isinstance(record.args, tuple):
        record.args = tuple(arg if isinstance(arg, int | float) else type(arg).__name__ for arg in record.args)


def _as_exc_info(failure: object) -> Any:
    return (type(failure), failure, failure.__traceback__) if isinstance(failure, BaseException) else None


def redacted_traceback(failure: BaseException) -> str:
    """Where it happened and of what kind it is, its causes first; no values of variables."""
    parts: list[str] = []
    current: BaseException | None = failure
    while current is not None and len(parts) < _MOST_CAUSES:
        frames = traceback.format_list(traceback.extract_tb(current.__traceback__)[-_MOST_FRAMES:])
        parts.append("".join(frames) + f"{_kind(current)}: {safe_message(current)}".rstrip(": "))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return "\nand then\n".join(reversed(parts))


def _kind(failure: BaseException) -> str:
    kind = type(failure)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def safe_message(failure: BaseException) -> str:
    """What an exception says, if its kind quotes nobody; else nothing."""
    kinds = {kind.__name__ for kind in type(failure).__mro__}
    if "SMTPException" in kinds or "DataError" in kinds:
        return ""
    if isinstance(failure, OSError) and failure.strerror:
        return failure.strerror
    return str(failure).partition("\n")[0][:300] if kinds & _SPEAKING else ""
