"""How often something may be done in a while, counted where all processes see it: in Django's cache."""

from typing import Any

from django.core.cache import cache

from .models.entry import digest

VISITORS = 10  # who try the demonstration as the same person at once


def whose(user: Any, session_key: str | None) -> str:
    """For whom it counts what a signed-in person does: the person; in the demonstration the visitor, by their session.

    Several visitors may try it as the same person. The key of a session opens it, so it is not told to the caches.
    """
    return f"session:{digest(session_key)}" if user.is_demo and session_key else f"person:{user.pk}"


def shared(user: Any, most: int) -> int:
    """How often a person may do what is kept without their session; several visitors try the demonstration as one."""
    return most * VISITORS if user.is_demo else most


def within(name: str, *, most: int, seconds: int) -> bool:
    """Counts one more; whether there were at most so many since the first of them, so many seconds ago at most.

    While Redis is away nothing is counted, and nobody is refused for it.
    """
    key = f"pace:{name}"
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key)) <= most
    except ValueError:
        return True
