"""Points and lines in a plane, as much as the lattice needs. The y axis points down, as in SVG."""

from collections.abc import Iterable
from math import cos, pi, sin
from typing import NamedTuple

Point = tuple[float, float]
Polygon = list[Point]

EDGE = 0.02


class Line(NamedTuple):
    """A line through points; with a radius it runs in arcs of that radius, turning left or right."""

    points: tuple[Point, ...]
    radius: float = 0.0
    clockwise: bool = True

    def moved(self, x: float, y: float) -> "Line":
        """The same line elsewhere."""
        return self._replace(points=tuple((px + x, py + y) for px, py in self.points))

    def touches(self, width: float, height: float) -> bool:
        """Whether the line's box meets the cell that begins at the origin, its stroke included."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        reach = EDGE * height + self.radius
        return min(xs) < width + reach and max(xs) > -reach and min(ys) < height + reach and max(ys) > -reach

    def identity(self) -> tuple[Point, ...]:
        """The same for a line and for its way back, so that a shared line is drawn once."""
        rounded = tuple((round(x, 3) + 0.0, round(y, 3) + 0.0) for x, y in self.points)
        return min(rounded, rounded[::-1])


def line(*points: Point) -> Line:
    """A straight or broken line."""
    return Line(tuple(points))


def rectangle(left: float, top: float, right: float, bottom: float) -> Line:
    """A closed rectangle."""
    return line((left, top), (right, top), (right, bottom), (left, bottom), (left, top))


def regular(sides: int, centre: Point, *, turn: float = 0.0, side: float = 1.0) -> Polygon:
    """A regular polygon by the length of its side; ``turn`` in degrees is where its first corner points."""
    radius = side / (2 * sin(pi / sides))
    angles = (turn * pi / 180 + 2 * pi * corner / sides for corner in range(sides))
    return [(centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)) for angle in angles]


def path(lines: Iterable[Line], scale: float) -> str:
    """The ``d`` attribute of an SVG path, to a tenth of a pixel and better."""

    def number(value: float) -> str:
        return f"{round(value * scale, 2) + 0.0:g}"

    pieces: list[str] = []
    for drawn in lines:
        (x, y), *others = drawn.points
        arc = f"A{number(drawn.radius)} {number(drawn.radius)} 0 0 {int(drawn.clockwise)} " if drawn.radius else "L"
        pieces.append(f"M{number(x)} {number(y)}")
        pieces.extend(f"{arc}{number(px)} {number(py)}" for px, py in others)
    return "".join(pieces)
