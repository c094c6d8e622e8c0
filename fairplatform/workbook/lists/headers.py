"""Which row of a list has the titles of its columns, what they are, and what each column probably is."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from .grids import Grid
from .meanings import LEFT_OUT, MEANINGS, MOST_CONTACTS, Meaning
from .titles import JOINT, Named, named, recognised, squeezed

MOST_ABOVE = 40  # rows among which the titles are looked for
_ALL_COLUMNS = 8  # a cell as wide as this is a title of the list, not of some of its columns
_MANY = frozenset({"name", "city", "address", "remarks", "tagline", "story", "sells_hs", "wants_hs"})
"""What several columns of a list may give: in different languages, or in parts."""


def guess_header(grid: Grid) -> int:
    """The number of the row with the most known titles; where none is known, the first row with several cells.

    Of titles in two rows it is the second one.
    """
    above = list(grid.rows)[:MOST_ABOVE]
    known = {number: _known(grid, number) for number in above}
    best = max(above, key=known.__getitem__)
    if known[best]:
        return best
    return next((number for number in above if len(grid.rows[number]) > 1), above[0])


def guess_sheet(grids: list[Grid]) -> int:
    """The place of the sheet whose titles are known best; of several such, of one in view, and then of the longest."""
    known = [(_known(grid, guess_header(grid)), not grid.hidden.sheet, len(grid.rows)) for grid in grids]
    return known.index(max(known))


def _known(grid: Grid, header: int) -> int:
    return sum(_named(title) is not None for title in set(_written(grid, header).values()))


def titles(grid: Grid, header: int) -> dict[int, str]:
    """The title of each column; of a column without one that has values below, an empty text."""
    written = _written(grid, header)
    below = {column for number, cells in grid.rows.items() if number > header for column in cells}
    return {column: written.get(column, "") for column in sorted(written.keys() | below)}


def _written(grid: Grid, header: int) -> dict[int, str]:
    own = {column: _line(cell) for column, cell in grid.rows.get(header, {}).items()}
    above = {**(_reaching_down(grid, header) if _is_second_row(grid, header) else {}), **_groups(grid, header)}
    return {
        column: JOINT.join(dict.fromkeys(filter(None, (above.get(column, ""), own.get(column, "")))))
        for column in sorted(own.keys() | above.keys())
    }


def _groups(grid: Grid, header: int) -> dict[int, str]:
    """The titles in the row above that are merged over several columns each."""
    cells = grid.rows.get(header - 1, {})
    return {
        column: _line(cells[left])
        for left, right in grid.wide.get(header - 1, ())
        if left in cells and right - left + 1 < _ALL_COLUMNS
        for column in range(left, right + 1)
    }


def _is_second_row(grid: Grid, header: int) -> bool:
    """Whether the row only adds to the titles above it: where those are blank, or stand over several of its own.

    A text file has no merged cells: what was merged stands in the first of its cells, and the others are blank.
    """
    upper, lower = grid.rows.get(header - 1, {}), grid.rows.get(header, {})
    if len(upper) <= 1 or not any(map(recognised, upper.values())) or not any(map(recognised, lower.values())):
        return False
    return all(
        column not in upper or upper[column] == cell or (column + 1 in lower and column + 1 not in upper)
        for column, cell in lower.items()
    )


def _reaching_down(grid: Grid, header: int) -> dict[int, str]:
    """The titles of the row above, each also over the columns to its right that have a title in this row alone."""
    upper, lower = grid.rows[header - 1], grid.rows[header]
    found: dict[int, str] = {}
    for column in sorted(upper.keys() | lower.keys()):
        if column in upper:
            found[column] = _line(upper[column])
        elif column - 1 in lower and column - 1 in found:
            found[column] = found[column - 1]
    return found


def _line(cell: object) -> str:
    return " ".join(str(cell).split())


def propose(
    titles: Mapping[int, str], remembered: Mapping[str, str], hidden: Collection[int] = ()
) -> dict[int, Meaning]:
    """What each column probably is: as this unit's last list had it, else by its title. `hidden`: columns that whoever
    opens the list does not see, which are not read unless somebody asks for them.
    """
    proposed: dict[int, Meaning] = {}
    for column, word in zip(titles, remembered_words(titles.values()), strict=True):
        if word in remembered:
            proposed[column] = MEANINGS.get(remembered[word], LEFT_OUT)
        elif column in hidden:
            proposed[column] = LEFT_OUT
        else:
            proposed[column] = _free(_named(titles[column]), proposed)
    return proposed


def remembered_words(titles: Iterable[str]) -> list[str]:
    """Under which word each column is remembered: its title, and which of those with the same title it is."""
    counts: Counter[str] = Counter()
    words = []
    for title in titles:
        word = squeezed(title)
        counts[word] += 1
        words.append(f"{word}#{counts[word]}")
    return words


def may_be_given_twice(meaning: Meaning) -> bool:
    return meaning.sheet == "companies" and meaning.column in _MANY


def _named(title: str) -> Named | None:
    """By the whole title, else by its own part with the contact that the part above names."""
    if found := named(title):
        return found
    above, _joint, own = title.rpartition(JOINT)
    group, found = named(above) if above else None, named(own)
    if found and group and group.numbered and found.meaning.sheet == "people":
        return Named(Meaning("people", found.meaning.column, group.meaning.contact), numbered=True)
    return found


def _free(found: Named | None, taken: Mapping[int, Meaning]) -> Meaning:
    """The meaning, of the first contact that does not have it yet; nothing where it is taken."""
    if found is None:
        return LEFT_OUT
    meaning = found.meaning
    if meaning.sheet == "people" and not found.numbered:
        of_each = (Meaning("people", meaning.column, number) for number in range(1, MOST_CONTACTS + 1))
        return next((one for one in of_each if one not in taken.values()), LEFT_OUT)
    if meaning in taken.values() and not may_be_given_twice(meaning):
        return LEFT_OUT
    return meaning
