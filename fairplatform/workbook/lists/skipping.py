"""Which rows of a list are no firms: subtotals, headings between firms, titles once more, notes below."""

import re
from collections.abc import Mapping

from ..kinds import Cell
from .choice import Choice
from .grids import Grid
from .meanings import NAME
from .titles import JOINT, recognised, squeezed

_PLACES = frozenset({"country", "prefecture", "city", "county"})
_SUBTOTAL = re.compile(
    r".{0,12}(?:合\s*计|小\s*计|总\s*计|共\s*计)[:：]?\s*[\d家户个]*"
    r"|(?:sub[- ]?|grand )?totals?(?: of .*| firms| companies)?[:：]?\s*\d*"
    r"|.{0,20} (?:sub[- ]?|grand )?total[:：]?\s*\d*"
    r"|(?:کل |ذیلی )?(?:میزان|مجموعہ|ٹوٹل|کل تعداد)(?: .{0,12})?[:：]?\s*\d*",
    re.IGNORECASE,
)
_COUNT = re.compile(r"共?\s*\d+\s*[个家户]?|\d+ (?:firms|companies|members)", re.IGNORECASE)
_NOTE = re.compile(
    r"(?:填表|制表|审核|负责|填报|联系|备注|注|说明|prepared by|notes?|contact|نوٹ|تیار کردہ)[^:：]{0,8}[:：].*",
    re.IGNORECASE | re.DOTALL,
)
_WIDE = 3  # columns that a heading between firms reaches over
_FEW = 2  # cells of a note below the firms; so many words of a firm may be titles elsewhere


def is_blank(cells: Mapping[int, Cell], choice: Choice) -> bool:
    """Whether the row says nothing of a firm but where it would be."""
    read = (meaning for column, meaning in choice.columns.items() if column in cells)
    return all(meaning.sheet == "companies" and meaning.column in _PLACES for meaning in read)


def is_no_firm(grid: Grid, number: int, choice: Choice, titles: Mapping[int, str]) -> bool:
    """Whether the row, although not blank, is none of a firm."""
    cells = grid.rows[number]
    texts = [str(cell).strip() for cell in cells.values()]
    name = choice.column_of(NAME)
    has_name = name in cells and not any(words.fullmatch(str(cells[name]).strip()) for words in (_SUBTOTAL, _COUNT))
    if not has_name and any(map(_SUBTOTAL.fullmatch, texts)):
        return True
    if len(texts) <= _FEW and _NOTE.fullmatch(texts[0]):
        return True
    is_heading = len(texts) == 1 and any(right - left + 1 >= _WIDE for left, right in grid.wide.get(number, ()))
    return is_heading or _is_header(cells, titles)


def _is_header(cells: Mapping[int, Cell], titles: Mapping[int, str]) -> bool:
    """Whether most cells of the row are the titles of their columns, as above each printed page, or other titles, as
    those in a second language are.
    """
    same = known = 0
    for column, cell in cells.items():
        title = titles.get(column, "")
        same += squeezed(str(cell)) in {squeezed(title), *map(squeezed, title.split(JOINT))}
        known += recognised(cell)
    return len(cells) > 1 and (same * 2 > len(cells) or (known > _FEW and known * 2 > len(cells)))
