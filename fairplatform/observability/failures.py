"""What went wrong: whether the database was only away, and how a failure is logged."""

import logging

from django.db import InterfaceError, OperationalError

from .redaction import safe_message

# What SQLite's driver calls a database that is in use, and one that cannot be written or read: a full disk, mostly.
_PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY")


def is_without_database(failure: BaseException) -> bool:
    """Whether something failed because the database was away, full or in use, and not because it was wrong."""
    if not isinstance(failure, InterfaceError | OperationalError):
        return False
    # SQLite's driver says the same of a column that does not exist.
    name = getattr(failure.__cause__, "sqlite_errorname", "SQLITE_BUSY")
    return str(name).startswith(_PASSING)


def report(to: logging.Logger, failure: BaseException, what: str, *of: object) -> None:
    """Logs a failure: one line where only the database was away, everything where the program may be wrong."""
    if is_without_database(failure):
        to.warning(f"{what}: %s", *of, safe_message(failure))
    else:
        to.error(what, *of, exc_info=failure)
