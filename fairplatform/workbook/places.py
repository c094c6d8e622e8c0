"""Cities as a workbook writes them: in any language, in the list of known ones or not."""

from functools import cache

from fairplatform.accounts.locations import CITY_NAMES, city_key
from fairplatform.i18n.text import LANGUAGES, in_every_language

from .fields import Values
from .sheets import SUFFIXES


def key_of(name: object) -> str:
    """The key of a city that is named in one language, whichever."""
    return city_key({"en": str(name)})


@cache
def listed_city(key: str) -> dict[str, object]:
    """The cells of a listed city's name; empty for one that is not in the list."""
    if key not in CITY_NAMES:
        return {}
    names = dict(zip(LANGUAGES, in_every_language(CITY_NAMES[key]), strict=True))
    return {f"city_{ending}": names[code] for ending, code in SUFFIXES.items()}


def city_cells(values: Values) -> dict[str, object]:
    """The cells of a city's name that are filled in."""
    return {name: values[name] for name in (f"city_{ending}" for ending in SUFFIXES) if values.get(name)}
