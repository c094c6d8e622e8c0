"""The languages that people speak, named in the reader's language."""

from collections.abc import Iterable

from babel import Locale

from .text import current_language
from .times import BABEL_LOCALE

# Where another of our languages than English is what a business letter is written in.
_WRITTEN_IN = {"CN": "zh-hans", "HK": "zh-hans", "MO": "zh-hans", "TW": "zh-hans", "PK": "ur"}


def language_of_country(country: str) -> str:
    """Which of our languages people of a country (ISO 3166) are written to in, where nobody has said another."""
    return _WRITTEN_IN.get(country, "en")


def short_language(code: str) -> str:
    """The language as people say it and workbooks write it: `zh`, where pages are in `zh-hans`."""
    return "zh" if code == "zh-hans" else code


def language_name(code: str) -> str:
    return str(Locale.parse(BABEL_LOCALE[current_language()]).languages.get(code, code))


def language_names(codes: Iterable[str]) -> list[str]:
    """Of those that somebody speaks, each once."""
    return [language_name(code) for code in dict.fromkeys(map(short_language, codes))]
