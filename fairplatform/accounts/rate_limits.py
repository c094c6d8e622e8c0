"""How often something may be done within a time: counters in Django's cache, which all processes share."""

from django.core.cache import cache

from .models import User
from .models.credentials import digest

DEMO_VISITORS = 10  # who may be using one person of the demonstration at the same time


def counted_as(user: User, session_key: str | None) -> str:
    """The name under which a signed-in person's acts are counted: the person, in the demonstration their session.

    Several visitors may use one person of the demonstration. The caches get a digest of the session's key: the key
    itself would let whoever reads it in.
    """
    return f"session:{digest(session_key)}" if user.is_demo and session_key else f"person:{user.pk}"


def limit_for(user: User, limit: int) -> int:
    """The limit for acts that are counted in the database by person, so for all visitors of a demonstration at once."""
    return limit * DEMO_VISITORS if user.is_demo else limit


def count_one(name: str, *, limit: int, seconds: int) -> bool:
    """Counts one more under this name. False beyond `limit` within `seconds` of the first."""
    return count(name, 1, limit=limit, seconds=seconds)


def count(name: str, number: int, *, limit: int, seconds: int) -> bool:
    """Counts so many more, as `count_one` does. While Redis is away nothing is counted and nothing refused."""
    key = f"pace:{name}"
    cache.add(key, 0, timeout=seconds)
    try:
        return int(cache.incr(key, number)) <= limit
    except ValueError:
        return True
