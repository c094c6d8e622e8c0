"""The lattices, drawn as SVG: six of Chinese windows (lattice_pattern.py), six girih of Lahore (girih.py).

Twelve patterns, one for each hall, drawn in units of their own and scaled to a cell in pixels. The girih follow
Hankin's method: two rays leave the middle of every edge of a tiling at one angle, and the rays of neighbouring
edges make stars where they cross (E. H. Hankin, "The Drawing of Geometric Patterns in Saracenic Art", 1925).
Strokes have the CSS ``color`` of the element around the drawing.
"""

from collections.abc import Callable
from functools import cache
from math import ceil, floor
from typing import NamedTuple

from fairplatform.design import girih, lattice_pattern
from fairplatform.design.geometry import Line, path


class Pattern(NamedTuple):
    """A pattern: the function that draws a cell of it, and the height of that cell in pixels."""

    name: str
    draw: Callable[[], tuple[float, float, list[Line]]]
    height: int


PATTERNS: tuple[Pattern, ...] = (
    Pattern("bubujin", lattice_pattern.bubujin, 36),
    Pattern("khatam", girih.khatam, 36),
    Pattern("fangsheng", lattice_pattern.fangsheng, 24),
    Pattern("shesh", girih.shesh, 54),
    Pattern("haitang", lattice_pattern.haitang, 24),
    Pattern("charkh", girih.charkh, 72),
    Pattern("huizi", lattice_pattern.huizi, 36),
    Pattern("shamsa", girih.shamsa, 104),
    Pattern("taofang", lattice_pattern.taofang, 36),
    Pattern("tabl", girih.tabl, 52),
    Pattern("jali", girih.jali, 48),
    Pattern("denglong", lattice_pattern.denglong, 36),
)
_BY_NAME = {pattern.name: pattern for pattern in PATTERNS}


def lattice(pattern: str | int, width: int, height: int, *, key: str = "") -> str:
    """An ``<svg>`` of this size in pixels, filled with a pattern; a cell is in its very middle.

    ``pattern`` is a name or a hall's number from 1; after the last pattern comes the first again. Where a style sheet
    stretches the drawing, cells keep their size and more of them appear. ``key`` tells two drawings of a page apart.
    """
    chosen = _BY_NAME[pattern] if isinstance(pattern, str) else PATTERNS[(pattern - 1) % len(PATTERNS)]
    tile_width, tile_height, drawing = _cell(chosen)
    name = f"lattice-{chosen.name}{'-' + key if key else ''}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="lattice" data-pattern="{chosen.name}" width="{width}" '
        f'height="{height}" aria-hidden="true" focusable="false"><pattern id="{name}" patternUnits="userSpaceOnUse" '
        f'width="{tile_width:g}" height="{tile_height}" x="{_middle(width, tile_width):g}" '
        f'y="{_middle(height, tile_height):g}"><path d="{drawing}" fill="none" stroke="currentColor"/></pattern>'
        f'<rect width="100%" height="100%" fill="url(#{name})"/></svg>'
    )


@cache
def _cell(chosen: Pattern) -> tuple[float, int, str]:
    """Width and height of a pattern's cell in pixels and its path; cached, for a page of cards has many."""
    width, height, lines = chosen.draw()
    scale = chosen.height / height
    return round(width * scale, 2), chosen.height, path(_clipped(lines, width, height), scale)


def _middle(length: int, tile: float) -> float:
    """The offset of the first cell that puts the middle of a cell in the middle of the length."""
    return round((length - tile) / 2 % tile, 2)


def _clipped(lines: list[Line], width: float, height: float) -> list[Line]:
    """The lines that touch one cell, those of neighbouring cells that reach into it included, each once."""
    seen: dict[tuple[tuple[float, float], ...], Line] = {}
    for line in lines:
        xs, ys = [x for x, _ in line.points], [y for _, y in line.points]
        for right in range(floor(-max(xs) / width), ceil((width - min(xs)) / width) + 1):
            for down in range(floor(-max(ys) / height), ceil((height - min(ys)) / height) + 1):
                copy = line.moved(right * width, down * height)
                if copy.touches(width, height):
                    seen.setdefault(copy.identity(), copy)
    return list(seen.values())
