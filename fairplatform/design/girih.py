"""Six patterns of brick and tile work of the Punjab, by Hankin's method (see lattice.py).

Each function returns the width and height of a repeating cell and the lines in it, where an edge of the tiling is 1.
"""

from math import atan2, cos, dist, pi, radians, sin, sqrt, tan

from fairplatform.design.geometry import Line, Point, Polygon, line, regular

Cell = tuple[float, float, list[Line]]


def khatam() -> Cell:
    """Eight-pointed stars and crosses, on octagons and squares."""
    cell = 1 + sqrt(2)
    tiles = [regular(8, (cell / 2, cell / 2), turn=22.5), regular(4, (0, 0))]
    return cell, cell, _stars(tiles, 67.5)


def shesh() -> Cell:
    """Six-pointed stars between hexagons, on a honeycomb."""
    width, height = sqrt(3), 3.0
    tiles = [regular(6, (width / 2, height / 2), turn=30), regular(6, (0, 0), turn=30)]
    return width, height, _stars(tiles, 60)


def jali() -> Cell:
    """A basket's weave, on hexagons and triangles."""
    width, height = 2.0, 2 * sqrt(3)
    rise = sqrt(3)
    tiles = [regular(6, (0, 0)), regular(6, (1, rise))]
    for x, y in ((1, 0), (0, rise)):
        tiles += [regular(3, (x, y - 1 / rise), turn=90), regular(3, (x, y + 1 / rise), turn=-90)]
    return width, height, _stars(tiles, 52)


def charkh() -> Cell:
    """Wheels of twelve spokes, on dodecagons and triangles."""
    width = 2 + sqrt(3)
    height = width * sqrt(3)
    third = width / sqrt(3)
    tiles = [regular(12, (0, 0), turn=15), regular(12, (width / 2, height / 2), turn=15)]
    for x, y in ((0.0, 0.0), (width / 2, height / 2)):
        tiles += [regular(3, (x, y + third), turn=90), regular(3, (x, y - third), turn=-90)]
    return width, height, _stars(tiles, 67)


def shamsa() -> Cell:
    """Suns among six- and four-pointed stars, on dodecagons, hexagons and squares."""
    width = 3 + sqrt(3)
    height = width * sqrt(3)
    third = width / sqrt(3)
    tiles: list[Polygon] = []
    for x, y in ((0.0, 0.0), (width / 2, height / 2)):
        tiles += [regular(12, (x, y), turn=15)]
        tiles += [regular(6, (x, y + third), turn=0), regular(6, (x, y - third), turn=0)]
        tiles += [_square_between(x, y, width / 2, turn) for turn in (0, 60, 120)]
    return width, height, _stars(tiles, 60)


def tabl() -> Cell:
    """Ten-pointed stars, on decagons with bow ties between them."""
    apothem = 1 / (2 * tan(pi / 10))
    width, height = 4 * apothem * cos(pi / 5), 4 * apothem * sin(pi / 5)
    decagons = [regular(10, (0, 0), turn=18), regular(10, (width / 2, height / 2), turn=18)]
    ties = _bow_tie((width / 2, 0)) + _bow_tie((0, height / 2))
    return width, height, _stars(decagons, 54) + ties


def _square_between(x: float, y: float, distance: float, turn: float) -> Polygon:
    """The square between the dodecagon at (x, y) and its neighbour in the direction ``turn``, in degrees."""
    angle = radians(turn)
    return regular(4, (x + distance * cos(angle), y + distance * sin(angle)), turn=turn + 45)


def _stars(tiles: list[Polygon], angle: float) -> list[Line]:
    """The rays in every tile; ``angle``, in degrees, is the one between a ray and its edge."""
    return [drawn for tile in tiles for drawn in _star(tile, angle)]


def _star(tile: Polygon, angle: float) -> list[Line]:
    sides = len(tile)
    middles = [_midpoint(tile[i], tile[(i + 1) % sides]) for i in range(sides)]
    rays = zip(middles[-1:] + middles[:-1], tile, middles, strict=True)
    return [line(before, _crossing(before, corner, after, angle), after) for before, corner, after in rays]


def _midpoint(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2


def _crossing(before: Point, corner: Point, after: Point, angle: float) -> Point:
    """Where the rays from the edges on both sides of a corner cross: on the corner's bisector."""
    base = _midpoint(before, after)
    half_base, depth = dist(before, after) / 2, dist(base, corner)
    inward = half_base * tan(radians(angle) - atan2(depth, half_base)) / depth
    return base[0] + (base[0] - corner[0]) * inward, base[1] + (base[1] - corner[1]) * inward


def _bow_tie(centre: Point) -> list[Line]:
    """The lines in the gap between four decagons, which is narrowest in its middle."""
    x, y = centre
    half_width, half_waist = sin(2 * pi / 5), sin(pi / 10)
    reach = (0.5 + half_waist) / 2
    lines: list[Line] = []
    for side in (-1, 1):
        tip = (x + side * half_width, y)
        outer = x + side * half_width / 2
        inner = (x + side * (half_width / 2 - reach * tan(pi / 10)), y)
        lines += [line(tip, (outer, y - reach)), line(tip, (outer, y + reach))]
        lines.append(line((outer, y - reach), inner, (outer, y + reach)))
    return lines
