"""Failures: whether the database was unavailable or the program is wrong, and how either is logged."""

import logging

from django.db import InterfaceError, OperationalError

from .redaction import safe_message

# SQLite's result codes for a database that is locked, and for one that cannot be read or written, mostly a full disk
# (https://www.sqlite.org/rescode.html).
_UNAVAILABLE = (
    "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY",
)  # fmt: skip


def is_database_unavailable(failure: BaseException) -> bool:
    """Whether this failed because the database was away, full or locked, and may succeed later."""
    if not isinstance(failure, InterfaceError | OperationalError):
        return False
    # SQLite's driver raises OperationalError for a missing column too: its code tells. PostgreSQL's has no such code.
    code = getattr(failure.__cause__, "sqlite_errorname", "SQLITE_BUSY")
    return str(code).startswith(_UNAVAILABLE)


def log_failure(logger: logging.Logger, failure: BaseException, message: str, *args: object) -> None:
    """Logs an exception: a warning in one line if the database was unavailable, else an error with its traceback."""
    if is_database_unavailable(failure):
        logger.warning("%s: %s", message % args, safe_message(failure))
    else:
        logger.error(message, *args, exc_info=failure)
