"""Finding the rows that other rows refer to, by key or by name."""

from collections.abc import Iterable, Mapping

from fairplatform.i18n.text import same_name_key

from ..fields import Values
from ..row import RowOf
from ..sheets import SUFFIXES

# What each column refers to, by sheet; of several sheets the key may be of either.
REFERENCES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "companies": {"hall": ("halls",), "recruiting_unit": ("units",), "sole_agent_of": ("companies",)},
    "people": {"company": ("companies",), "recruiting_unit": ("units",)},
    "products": {"company": ("companies",), "hall_shown": ("halls",)},
    "demands": {"company": ("companies",)},
    "absences": {"who": ("companies", "people")},
    "preferences": {"company": ("companies",), "wants": ("companies",), "by": ("people",)},
    "ledger": {"parties": ("companies",)},
    "pairs": {"exhibitor": ("companies",), "buyer": ("companies",), "interpreter_key": ("people",)},
}
# Where a name that is in no sheet is kept as a name.
KEPT = frozenset({"sole_agent_of", "parties"})


class Directory:
    """The keys and names of all rows, of the file and stored."""

    def __init__(self) -> None:
        self._keys: dict[str, dict[str, object]] = {}
        self._names: dict[str, dict[str, set[object]]] = {}
        self._rows: dict[tuple[str, int], object] = {}

    def add(self, sheet: str, values: Values, number: int | None = None) -> None:
        """`number`: of the row of the file, if it is one."""
        key = values["number"] if sheet == "halls" else values["key"]
        if number is not None:
            self._rows[sheet, number] = key
        self._keys.setdefault(sheet, {})[str(key)] = key
        names = self._names.setdefault(sheet, {})
        for name in (values.get("legal_name"), *(values.get(f"name_{ending}") for ending in SUFFIXES)):
            if name:
                names.setdefault(same_name_key(name), set()).add(key)

    def has(self, sheet: str, key: object) -> bool:
        return str(key) in self._keys.get(sheet, {})

    def find(self, text: object, sheets: Iterable[str]) -> set[object]:
        """The keys of the rows that a reference may mean: one, if all is well."""
        sheets = tuple(sheets)
        if isinstance(text, RowOf):
            return {self._rows[sheet, text.number] for sheet in sheets if (sheet, text.number) in self._rows}
        keys = [self._keys[sheet][str(text)] for sheet in sheets if str(text) in self._keys.get(sheet, {})]
        if keys:
            # The same key in two sheets says nothing about which row is meant.
            return {(number, key) for number, key in enumerate(keys)} if len(keys) > 1 else set(keys)
        return {key for sheet in sheets for key in self._names.get(sheet, {}).get(same_name_key(text), ())}
