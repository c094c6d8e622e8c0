"""What was made of the present edition, kept in this process."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.core.cache import caches
from django.db import connection
from django.utils.translation import get_language

Made = TypeVar("Made")
# Written out: every page asks it, and building the query would take ten times as long as the database does.
_NUMBER = "SELECT COALESCE(SUM(number), 0) FROM edition_counter"


_asked: ContextVar[list[int] | None] = ContextVar("edition", default=None)


def content_version() -> int:
    """The number of the present edition."""
    asked = _asked.get()
    if asked:
        return asked[0]
    with connection.cursor() as cursor:
        cursor.execute(_NUMBER)
        number = int(cursor.fetchone()[0])
    if asked is not None:
        asked.append(number)
    return number


@contextmanager
def one_version() -> Iterator[None]:
    """For what only reads: its number is asked once, and all of it is of one edition or newer."""
    before = _asked.set([])
    try:
        yield
    finally:
        _asked.reset(before)


def cached(name: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """What `make` returns, made once for each edition and language. None is not kept.

    It must depend on nothing else: not on the person, not on the time, not on a table that is not watched.
    `name` says what it is; equal names are the same thing.
    """
    # The number is read first. A change in between makes what is kept newer than its number, never older.
    words = f"{content_version()} {get_language()} {name!r}"
    key = hashlib.blake2b(words.encode(), digest_size=16).hexdigest()
    cache = caches["edition"]
    found: Made | None = cache.get(key)
    if found is None:
        found = make()
        if found is not None:
            cache.set(key, found)
    return found
