"""Cities and named places: those of the lists have a key by which reports count them."""

from fairplatform.accounts.locations import CITY_NAMES, LOCATION_NAMES, city_key, listed_city_key

from .choices import Choice
from .kind import Cell, Row, Unread
from .text import Text

_LONGEST = 60
_LISTED_COUNTRIES = ("CN", "PK")  # of whose cities accounts.locations has a list


class CityName(Text):
    """A city's name in one language."""

    def read(self, cell: Cell, row: Row) -> object:
        return _named(str(super().read(cell, row)))


class City(Choice):
    """A city of the list as its key, another one as it is written."""

    name = "city"

    def __init__(self) -> None:
        super().__init__(CITY_NAMES, otherwise="keep", longest=_LONGEST)

    def one(self, text: str, row: Row) -> str:
        return listed_city_key([text]) or super().one(
            _named(text), row if has_list(row.country) else Row(row.country, _accept)
        )


class Place(Choice):
    """A port or place that an Incoterm names: of the list as its key, another one as it is written."""

    name = "place"

    def __init__(self) -> None:
        super().__init__(LOCATION_NAMES, otherwise="keep", longest=_LONGEST)


def has_list(country: object) -> bool:
    """Whether a country's cities are listed, or it is not said which country it is."""
    return not isinstance(country, str) or country in _LISTED_COUNTRIES


def _named(city: str) -> str:
    """The city, if a key can be made of it: of a dash, none can. Raises Unread."""
    if not city_key({"en": city}):
        raise Unread("city_form", text=city)
    return city


def _accept(code: str, **parameters: str) -> None:
    """There is nothing to doubt about a city of a country without a list."""
