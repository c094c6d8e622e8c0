"""Finding the rows that other rows refer to, by key or by name."""

from collections.abc import Iterable, Mapping

from ..fields import ENDINGS, Values
from ..keys import plain

# What each column refers to, by sheet; of several sheets the key may be of either.
REFERENCES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "companies": {"hall": ("halls",), "recruiting_unit": ("units",), "sole_agent_of": ("companies",)},
    "people": {"company": ("companies",), "recruiting_unit": ("units",)},
    "products": {"company": ("companies",), "hall_shown": ("halls",)},
    "demands": {"company": ("companies",)},
    "absences": {"who": ("companies", "people")},
    "preferences": {"company": ("companies",), "wants": ("companies",), "by": ("people",)},
    "pairs": {"exhibitor": ("companies",), "buyer": ("companies",), "interpreter_key": ("people",)},
}
# Where a name that is in no sheet is kept as a name.
KEPT = frozenset({"sole_agent_of"})


class Directory:
    """The keys and names of all rows, of the file and stored."""

    def __init__(self) -> None:
        self._keys: dict[str, dict[str, object]] = {}
        self._names: dict[str, dict[str, set[object]]] = {}

    def add(self, sheet: str, values: Values) -> None:
        key = values["number"] if sheet == "halls" else values["key"]
        self._keys.setdefault(sheet, {})[str(key)] = key
        names = self._names.setdefault(sheet, {})
        for name in (values.get("legal_name"), *(values.get(f"name_{ending}") for ending in ENDINGS)):
            if name:
                names.setdefault(plain(name), set()).add(key)

    def find(self, text: object, sheets: Iterable[str]) -> set[object]:
        """The keys of the rows that a reference may mean: one, if all is well."""
        sheets = tuple(sheets)
        keys = [self._keys[sheet][str(text)] for sheet in sheets if str(text) in self._keys.get(sheet, {})]
        if keys:
            # The same key in two sheets says nothing about which row is meant.
            return {(number, key) for number, key in enumerate(keys)} if len(keys) > 1 else set(keys)
        return {key for sheet in sheets for key in self._names.get(sheet, {}).get(plain(text), ())}
