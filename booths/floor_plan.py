"""Where the booths of a hall, or the halls of a fair, stand on a plan: geometry alone, in pixels.

Places are in the order of their numbers, row by row in the direction of reading. Two rows of booths stand back to back,
and between such pairs is an aisle. A plan is as wide as a page at most; one with more places gets longer.
"""

from math import ceil
from typing import NamedTuple
from unicodedata import east_asian_width

MARGIN, AISLE, GAP = 12, 32, 6
# Up to so many booths: booths in a row, and the width of one.
_ROWS = ((8, 4, 150), (30, 6, 150), (80, 8, 138), (160, 10, 110))
_LONG_ROW = (12, 91)
_BOOTH_HEIGHT = 84
_HALLS_IN_A_ROW, _HALL = 6, (186, 118)
_WIDTH_OF_A_LETTER = 6.4  # of the plan's small type; a Chinese one takes twice that


class Place(NamedTuple):
    """A rectangle of the plan: its corner nearest to the origin."""

    x: int
    y: int
    width: int
    height: int


class Plan(NamedTuple):
    """The size of the drawing and its places, as many as were asked for."""

    width: int
    height: int
    places: list[Place]


def booths(count: int, *, mirrored: bool = False) -> Plan:
    """The plan of a hall; `mirrored` for readers from right to left."""
    row, width = next(((row, width) for most, row, width in _ROWS if count <= most), _LONG_ROW)
    return _plan(count, row, (width, _BOOTH_HEIGHT), mirrored)


def halls(count: int, *, mirrored: bool = False) -> Plan:
    """The plan of a fair, its halls on both sides of an aisle."""
    row = min(_HALLS_IN_A_ROW, max(1, ceil(count / 2)))
    return _plan(count, row, _HALL, mirrored)


def _plan(count: int, row: int, size: tuple[int, int], mirrored: bool) -> Plan:
    (width, height), places = size, []
    whole = 2 * MARGIN + row * (width + GAP) - GAP
    for number in range(count):
        line, column = divmod(number, row)
        x = MARGIN + column * (width + GAP)
        y = MARGIN + line * (height + GAP) + ceil(line / 2) * (AISLE - GAP)
        places.append(Place(whole - x - width if mirrored else x, y, width, height))
    return Plan(whole, places[-1].y + height + MARGIN if places else 2 * MARGIN, places)


def lines(name: str, width: int, most: int = 2) -> list[str]:
    """A name in at most so many lines of this width; what does not fit is cut off with an ellipsis."""
    room, found = int((width - 2 * GAP) / _WIDTH_OF_A_LETTER), [""]
    for word in _words(name):
        if _width(found[-1] + word.rstrip()) <= room:
            found[-1] += word
        else:
            found.append(word)
    found = [line.strip() for line in found if line.strip()]
    kept = [_cut(line, room) for line in found[:most]]
    if len(found) > most:
        kept[-1] = _cut(f"{kept[-1].removesuffix('…')} {found[most]}", room)
    return kept


def _words(name: str) -> list[str]:
    """The words, each with the space after it; a Chinese character is a word of its own."""
    words = [""]
    for letter in " ".join(name.split()):
        if words[-1].endswith(" ") or _is_wide(letter) or (words[-1] and _is_wide(words[-1][-1])):
            words.append("")
        words[-1] += letter
    return words


def _cut(line: str, room: int) -> str:
    if _width(line) <= room:
        return line
    while line and _width(line) >= room:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _width(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(map(_is_wide, text))


def _is_wide(letter: str) -> bool:
    return east_asian_width(letter) in "WF"
