"""The language that somebody is written to in."""

_LANGUAGE_OF = {"CN": "zh", "HK": "zh", "MO": "zh", "TW": "zh", "PK": "ur"}


def language_of(country: str) -> str:
    """That in which people of a country are written to where nobody has said another."""
    return _LANGUAGE_OF.get(country, "en")
