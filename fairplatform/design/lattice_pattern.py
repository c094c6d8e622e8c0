"""Six patterns of wooden windows of Zhejiang, each on a square grid.

Each function returns the width and height of a repeating cell and the lines in it, where a step of the grid is 1.
"""

from fairplatform.design.geometry import Line, line, rectangle

Cell = tuple[float, float, list[Line]]


def bubujin() -> Cell:
    """Step by step: frames in frames, each held by short bars."""
    frames = [rectangle(0, 0, 12, 12), rectangle(2, 2, 10, 10), rectangle(4, 4, 8, 8)]
    bars = [line((6, 0), (6, 4)), line((6, 8), (6, 12)), line((0, 6), (4, 6)), line((8, 6), (12, 6))]
    return 12, 12, frames + bars


def fangsheng() -> Cell:
    """Two lozenges linked, the sign of a common mind."""
    large = line((6, 0), (12, 6), (6, 12), (0, 6), (6, 0))
    linked = [line((x, 2.5), (x + 3.5, 6), (x, 9.5), (x - 3.5, 6), (x, 2.5)) for x in (3.5, 8.5)]
    return 12, 12, [large, *linked]


def haitang() -> Cell:
    """Begonia: four petals joined by a cross."""
    petals = Line(((3, 3), (9, 3), (9, 9), (3, 9), (3, 3)), radius=3)
    joints = [line((6, -1.2), (6, 0)), line((6, 12), (6, 13.2)), line((-1.2, 6), (0, 6)), line((12, 6), (13.2, 6))]
    return 12, 12, [petals, *joints, line((6, 4.5), (7.5, 6), (6, 7.5), (4.5, 6), (6, 4.5))]


def huizi() -> Cell:
    """Return: a fret that winds in and out again without an end."""
    inwards = line((0, 10), (0, 0), (10, 0), (10, 8), (2, 8), (2, 2), (8, 2), (8, 6), (4, 6), (4, 4), (6, 4))
    return 12, 10, [inwards]


def taofang() -> Cell:
    """Squares put through one another at their corners."""
    return 12, 12, [rectangle(1, 1, 11, 11), rectangle(7, 7, 17, 17), rectangle(4, 4, 8, 8), rectangle(10, 10, 14, 14)]


def denglong() -> Cell:
    """Lanterns hung between bars."""
    lantern = line((4, 1), (8, 1), (10, 3), (10, 9), (8, 11), (4, 11), (2, 9), (2, 3), (4, 1))
    core = rectangle(4.5, 4, 7.5, 8)
    bars = [line((6, -1), (6, 1)), line((6, 1), (6, 4)), line((6, 8), (6, 11)), line((-2, 6), (2, 6))]
    return 12, 12, [lantern, core, *bars, line((2, 6), (4.5, 6)), line((7.5, 6), (10, 6))]
