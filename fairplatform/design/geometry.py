"""Points, lines and polygons for the lattices, in units of their own. The y axis points down, as in SVG."""

from collections.abc import Iterable
from math import cos, pi, sin
from typing import NamedTuple

Point = tuple[float, float]
Polygon = list[Point]

# How far a stroke reaches beyond its line, as a share of the cell's height.
STROKE = 0.02


class Line(NamedTuple):
    """A line through points, straight or, with a radius, in circular arcs from point to point."""

    points: tuple[Point, ...]
    radius: float = 0.0
    clockwise: bool = True

    def moved(self, x: float, y: float) -> "Line":
        """The same line, moved by (x, y)."""
        return self._replace(points=tuple((px + x, py + y) for px, py in self.points))

    def touches(self, width: float, height: float) -> bool:
        """Whether the line's bounding box, its stroke included, meets the cell from (0, 0) to (width, height)."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        reach = STROKE * height + self.radius
        return min(xs) < width + reach and max(xs) > -reach and min(ys) < height + reach and max(ys) > -reach

    def identity(self) -> tuple[Point, ...]:
        """Equal for a line and its reverse, so that an edge of two tiles is drawn once."""
        rounded = tuple((round(x, 3) + 0.0, round(y, 3) + 0.0) for x, y in self.points)
        return min(rounded, rounded[::-1])


def line(*points: Point) -> Line:
    """A straight or broken line."""
    return Line(tuple(points))


def rectangle(left: float, top: float, right: float, bottom: float) -> Line:
    """A closed rectangle."""
    return line((left, top), (right, top), (right, bottom), (left, bottom), (left, top))


def regular(sides: int, centre: Point, *, turn: float = 0.0, side: float = 1.0) -> Polygon:
    """A regular polygon with sides of length ``side``; ``turn``, in degrees, is the direction of its first corner."""
    radius = side / (2 * sin(pi / sides))
    angles = (turn * pi / 180 + 2 * pi * corner / sides for corner in range(sides))
    return [(centre[0] + radius * cos(angle), centre[1] + radius * sin(angle)) for angle in angles]


def path(lines: Iterable[Line], scale: float) -> str:
    """The ``d`` attribute of an SVG path, rounded to a hundredth of a pixel; ``scale`` is in pixels per unit."""

    def number(value: float) -> str:
        return f"{round(value * scale, 2) + 0.0:g}"

    pieces: list[str] = []
    for drawn in lines:
        (x, y), *others = drawn.points
        arc = f"A{number(drawn.radius)} {number(drawn.radius)} 0 0 {int(drawn.clockwise)} " if drawn.radius else "L"
        pieces.append(f"M{number(x)} {number(y)}")
        pieces.extend(f"{arc}{number(px)} {number(py)}" for px, py in others)
    return "".join(pieces)
