"""Cities that are in no list: which names, in whatever languages, the companies of a fair give to one of them."""

from collections.abc import Iterable, Mapping

from fairplatform.accounts.locations import city_key, listed_city_key
from fairplatform.fairs.models import Fair, Holiday, Participation, WorkingHours
from fairplatform.i18n.text import fold

from ..fields import Values, translated
from ..places import city_cells
from ..row import CLEAR, Row
from ..sheets import SUFFIXES

Place = tuple[str, str]
"""A country and a name in it, or a key."""


class Cities:
    """The keys of cities by country and name. One that is stored stays, so that an export finds its rows again."""

    def __init__(self, fair: Fair | None, rows: Iterable[Row]) -> None:
        self._timed: set[Place] = set()
        self._keys: dict[Place, list[str]] = {}
        self._names: dict[Place, dict[str, str]] = {}
        if fair:
            for model in (WorkingHours, Holiday):
                self._timed.update(model._default_manager.filter(fair=fair).values_list("country", "city"))
            stored = Participation.objects.filter(fair=fair).order_by("pk")
            for country, key, names in stored.values_list("company__country", "company__city", "company__city_name"):
                self._add(country, key, names)
        for row in rows:
            names = _names(row.values)
            self._add(str(row.values.get("country")), city_key(names), names)

    def key_of(self, country: object, name: str) -> str:
        """The key by which the companies of a city that is named in one language, whichever, are found."""
        own = city_key({"en": name})
        if listed_city_key([name]):
            return own
        place = str(country), fold(name)
        keys = self._keys.get(place, [])
        stored = (key for key in (own, *keys) if (place[0], key) in self._timed)
        # Companies that name it in this language alone get the other names, and the key that is made of all of them.
        of_all_names = city_key(self._names.get(place, {}))
        return next(stored, of_all_names if of_all_names in keys else next(iter(keys), own))

    def other_names(self, values: Values) -> dict[str, object]:
        """The cells of the languages in which other companies of the city name it and this one does not."""
        names, country = _names(values), str(values.get("country"))
        found: dict[str, str] = {}
        for name in names.values():
            found = self._names.get((country, fold(name)), {}) | found
        return {f"city_{end}": found[code] for end, code in SUFFIXES.items() if code in found.keys() - names.keys()}

    def _add(self, country: str, key: str, names: Mapping[str, str]) -> None:
        for name in names.values():
            known = self._names.setdefault((country, fold(name)), {})
            known |= {code: text for code, text in names.items() if code not in known}
        for name in (key, *names.values()):
            keys = self._keys.setdefault((country, fold(name)), [])
            if key and key not in keys:
                keys.append(key)


def _names(values: Values) -> dict[str, str]:
    return translated("city", city_cells({column: cell for column, cell in values.items() if cell is not CLEAR}))
