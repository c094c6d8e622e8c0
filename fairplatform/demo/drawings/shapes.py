"""What the drawings of goods are put together from: SVG shapes on a canvas of 400 by 300, in one set of paints."""

import re
from collections.abc import Iterable
from math import cos, pi, sin
from typing import Final

WIDTH, HEIGHT = 400, 300

# The colours of tokens.css, from light to dark. Brass and wood share a warm tone of their own, paler than the gold
# that says "confirmed".
ACCENT: Final = ("#86b5a3", "#4d8a76", "#1c5f50", "#134539")
GROUND: Final = ("#f1f6f4", "#d8e6df")
_FAMILIES: Final = {
    "white": ("#ffffff", "#f4f8f6", "#dbe5e0", "#b9c4bf"),
    "steel": ("#eef3f1", "#b9c4bf", "#81908a", "#64716b"),
    "accent": ACCENT,
    "dark": ("#64716b", "#47554f", "#2b3532", "#17211f"),
    "brass": ("#efe3c2", "#d9c48f", "#b99f63", "#8d7443"),
}
_PLAIN: Final = {f"{name}{shade}": colour for name, tones in _FAMILIES.items() for shade, colour in enumerate(tones, 1)}
_SPECIAL: Final = {"glass": "#cfe3dc", "shade": "#17211f", "light": "#ffffff", "beam": "#efe3c2", "none": "none"}
_OPACITY: Final = {"shade": ".16", "light": ".45", "beam": ".45", "glass": ".75"}
# Across a body the light falls from the upper left: a light edge, the body, and its side in the shade.
_STOPS: Final = ((0, 1), (0.3, 0), (0.7, 2), (1, 3))
Shapes = list[str]


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def colour(paint: str) -> str:
    """The colour of a flat paint."""
    return (_PLAIN | _SPECIAL)[paint]


def _painted(attribute: str, paint: str) -> str:
    """The attributes for a paint: `steel2` is flat, `steel-x` shines across a body, `steel-y` down it."""
    if paint.endswith(("-x", "-y")):
        return f'{attribute}="url(#{paint})"'
    opacity = f' {attribute}-opacity="{_OPACITY[paint]}"' if paint in _OPACITY else ""
    return f'{attribute}="{colour(paint)}"{opacity}'


def rect(x: float, y: float, width: float, height: float, paint: str, radius: float = 0) -> str:
    round_ = f' rx="{_number(radius)}"' if radius else ""
    size = f'width="{_number(width)}" height="{_number(height)}"'
    return f'<rect x="{_number(x)}" y="{_number(y)}" {size}{round_} {_painted("fill", paint)}/>'


def circle(x: float, y: float, radius: float, paint: str) -> str:
    return f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}" {_painted("fill", paint)}/>'


def ellipse(x: float, y: float, wide: float, high: float, paint: str) -> str:
    size = f'rx="{_number(wide)}" ry="{_number(high)}"'
    return f'<ellipse cx="{_number(x)}" cy="{_number(y)}" {size} {_painted("fill", paint)}/>'


def path(steps: str, paint: str) -> str:
    """A filled figure; `steps` is the path data of SVG. A figure within a figure is a hole."""
    return f'<path d="{steps}" {_painted("fill", paint)}/>'


def line(steps: str, paint: str, width: float) -> str:
    return f'<path d="{steps}" fill="none" {_painted("stroke", paint)} stroke-width="{_number(width)}"/>'


def ring(x: float, y: float, radius: float, paint: str, width: float) -> str:
    return (
        f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}" fill="none" '
        f'{_painted("stroke", paint)} stroke-width="{_number(width)}"/>'
    )


def polygon(x: float, y: float, radius: float, corners: int, paint: str, turn: float = 0) -> str:
    points = (f"{_number(px)} {_number(py)}" for px, py in around(x, y, radius, corners, turn))
    return path(f"M{'L'.join(points)}Z", paint)


def around(x: float, y: float, radius: float, count: int, turn: float = 0) -> list[tuple[float, float]]:
    """Points on a circle at equal distances, the first `turn` degrees from the right."""
    angles = [(turn + 360 * step / count) * pi / 180 for step in range(count)]
    return [(x + radius * cos(angle), y + radius * sin(angle)) for angle in angles]


def spokes(x: float, y: float, within: float, out: float, count: int, paint: str, width: float) -> str:
    ends = zip(around(x, y, within, count), around(x, y, out, count), strict=True)
    return line(
        "".join(f"M{_number(a)} {_number(b)}L{_number(c)} {_number(d)}" for (a, b), (c, d) in ends), paint, width
    )


def holes(points: Iterable[tuple[float, float]], radius: float, paint: str) -> str:
    """Equal discs, as one path."""
    r = _number(radius)
    arcs = (
        f"M{_number(x - radius)} {_number(y)}a{r} {r} 0 1 0 {_number(2 * radius)} 0"
        f"a{r} {r} 0 1 0 {_number(-2 * radius)} 0"
        for x, y in points
    )
    return path("".join(arcs), paint)


def bars(x: float, y: float, width: float, height: float, count: int, step: float, paint: str) -> str:
    """Upright bars beside each other, as one path: cooling fins, vents, teeth."""
    w, h = _number(width), _number(height)
    return path("".join(f"M{_number(x + step * n)} {_number(y)}h{w}v{h}h-{w}z" for n in range(count)), paint)


def rungs(x: float, y: float, width: float, height: float, count: int, step: float, paint: str) -> str:
    """Level bars below each other, as one path: vents, threads, shelves."""
    w, h = _number(width), _number(height)
    return path("".join(f"M{_number(x)} {_number(y + step * n)}h{w}v{h}h-{w}z" for n in range(count)), paint)


def block(x: float, y: float, width: float, height: float, depth: float, family: str, radius: float = 0) -> str:
    """A box seen a little from the right and above; its front begins at x, y."""
    d, up = _number(depth), _number(depth * 0.55)
    top = path(f"M{_number(x)} {_number(y)}l{d} -{up}h{_number(width)}l-{d} {up}z", f"{family}1")
    side = path(f"M{_number(x + width)} {_number(y)}l{d} -{up}v{_number(height)}l-{d} {up}z", f"{family}4")
    shining = "white-y" if family == "white" else f"{family}-y"
    return side + top + rect(x, y, width, height, shining, radius)


def turned(degrees: float, *shapes: str, x: float = 200, y: float = 150) -> str:
    return f'<g transform="rotate({_number(degrees)} {_number(x)} {_number(y)})">{"".join(shapes)}</g>'


def moved(right: float, down: float, *shapes: str, scale: float = 1) -> str:
    size = f" scale({scale:g})" if scale != 1 else ""
    return f'<g transform="translate({_number(right)} {_number(down)}){size}">{"".join(shapes)}</g>'


def copies(name: str, places: Iterable[tuple[float, float]], *shapes: str) -> str:
    """The shapes drawn once, and shown at each of the places."""
    used = "".join(f'<use href="#{name}" x="{_number(x)}" y="{_number(y)}"/>' for x, y in places)
    return f'<defs><g id="{name}">{"".join(shapes)}</g></defs>{used}'


def upended(*shapes: str) -> str:
    """The shapes and, below the middle of the canvas, their mirror image."""
    both = "".join(shapes)
    return f'{both}<g transform="matrix(1 0 0 -1 0 300)">{both}</g>'


def mirrored(*shapes: str) -> str:
    """The shapes and, right of the middle of the canvas, their mirror image."""
    both = "".join(shapes)
    return f'{both}<g transform="matrix(-1 0 0 1 400 0)">{both}</g>'


def shadow(x: float, y: float, wide: float, high: float = 11) -> str:
    """The soft shadow on the ground under a thing."""
    return (
        f'<ellipse cx="{_number(x)}" cy="{_number(y)}" rx="{_number(wide)}" ry="{_number(high)}" fill="url(#shadow)"/>'
    )


def drawn(shapes: Shapes, size: tuple[int, int] = (WIDTH, HEIGHT)) -> str:
    """The whole file: the ground, and the shapes on it."""
    width, height = size
    body = "".join(shapes)
    paints = sorted(set(re.findall(r"url\(#(\w+-[xy])\)", body)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' fill-rule="evenodd" stroke-linecap="round" stroke-linejoin="round">'
        f"<defs>{_shade('ground', GROUND)}{_SHADOW}{''.join(map(_gradient, paints))}</defs>"
        f'<rect width="{width}" height="{height}" fill="url(#ground)"/>{body}</svg>\n'
    )


_SHADOW: Final = (
    '<radialGradient id="shadow"><stop stop-color="#17211f" stop-opacity=".3"/>'
    '<stop offset="1" stop-color="#17211f" stop-opacity="0"/></radialGradient>'
)


def _shade(name: str, colours: tuple[str, str]) -> str:
    first, last = colours
    stops = f'<stop stop-color="{first}"/><stop offset="1" stop-color="{last}"/>'
    return f'<linearGradient id="{name}" x2="0" y2="1">{stops}</linearGradient>'


def _gradient(paint: str) -> str:
    family, axis = paint.split("-")
    tones = _FAMILIES[family]
    stops = "".join(f'<stop offset="{_number(at * 100)}%" stop-color="{tones[tone]}"/>' for at, tone in _STOPS)
    down = ' x2="0" y2="1"' if axis == "y" else ""
    return f'<linearGradient id="{paint}"{down}>{stops}</linearGradient>'
