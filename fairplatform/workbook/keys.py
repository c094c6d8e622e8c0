"""The organiser's short names of rows, and which stored row each of them stands for."""


class KeyBook:
    """By sheet, the key of every stored row and the row of every key. A hall's key is its number, a day's its date."""

    def __init__(self) -> None:
        self._keys: dict[str, dict[int, object]] = {}
        self._rows: dict[str, dict[object, int]] = {}

    def add(self, sheet: str, key: object, row: int) -> None:
        self._keys.setdefault(sheet, {})[row] = key
        self._rows.setdefault(sheet, {})[key] = row

    def key(self, sheet: str, row: int | None) -> object | None:
        """The key of the row with this primary key."""
        return None if row is None else self._keys.get(sheet, {}).get(row)

    def row(self, sheet: str, key: object | None) -> int | None:
        """The primary key of the row with this key."""
        return None if key is None else self._rows.get(sheet, {}).get(key)
