"""How often something may be done in a while, counted where all processes see it: in Django's cache."""

from django.core.cache import cache


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
