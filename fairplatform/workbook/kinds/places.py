"""Cities and named places: those of the lists have a key by which reports count them."""

from functools import cache

from fairplatform.accounts.locations import CITY_NAMES, LOCATION_NAMES
from fairplatform.i18n.text import in_every_language

from .choices import Choice, folded

_LONGEST = 60


class City(Choice):
    """A city of the list as its key, another one as it is written."""

    name = "city"

    def __init__(self) -> None:
        super().__init__(CITY_NAMES, otherwise="keep", longest=_LONGEST)


class Place(Choice):
    """A port or place that an Incoterm names: of the list as its key, another one as it is written."""

    name = "place"

    def __init__(self) -> None:
        super().__init__(LOCATION_NAMES, otherwise="keep", longest=_LONGEST)


def city_key(text: str) -> str | None:
    """The key of a city of the list, by its key or its name in any language."""
    return _city_keys().get(folded(text))


@cache
def _city_keys() -> dict[str, str]:
    names = {folded(name): key for key, label in CITY_NAMES.items() for name in in_every_language(label)}
    return names | {folded(key): key for key in CITY_NAMES}
