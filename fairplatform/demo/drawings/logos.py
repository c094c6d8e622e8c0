"""A company's logo: a geometric mark and the first letters of its name, drawn from nothing but the name.

The marks are of the program's own two lattices: eight-pointed stars and arches, begonias and interlocked squares.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256
from html import escape
from typing import Final

from ..content.text import CHINESE, ENGLISH
from .shapes import around, circle, colour, path, polygon, rect, ring
from .tones import toned

SIZE = 120
_MIDDLE = SIZE / 2
# What a name says before it says who: the city of a Chinese company, with its word for "city".
_CITY_END = "市"

Mark = Callable[[str, str], str]


def _disc(main: str, second: str) -> str:
    return circle(_MIDDLE, _MIDDLE, 46, main) + ring(_MIDDLE, _MIDDLE, 40, second, 2)


def _star(main: str, second: str) -> str:
    """Khatam: two squares, one turned by an eighth."""
    return polygon(60, 60, 50, 4, main) + polygon(60, 60, 50, 4, main, 45) + polygon(60, 60, 34, 8, second, 22.5)


def _begonia(main: str, second: str) -> str:
    petals = "".join(circle(x, y, 25, main) for x, y in around(60, 60, 24, 4, 45))
    return petals + circle(60, 60, 30, main) + ring(60, 60, 35, second, 2)


def _arch(main: str, second: str) -> str:
    """Mehrab: a pointed arch."""
    return path("M18 108V56Q20 28 60 10Q100 28 102 56V108Z", main) + path(
        "M26 101V58Q28 36 60 20Q92 36 94 58V101ZM29 98H91V59Q89 39 60 24Q31 39 29 59Z", second
    )


def _hexagon(main: str, second: str) -> str:
    return polygon(60, 60, 52, 6, main, 30) + polygon(60, 60, 43, 6, second, 30) + polygon(60, 60, 40, 6, main, 30)


def _squares(main: str, second: str) -> str:
    """Fangsheng: two interlocked squares."""
    return rect(12, 12, 70, 70, second, 6) + rect(38, 38, 70, 70, second, 6) + rect(24, 24, 72, 72, main, 6)


def _diamond(main: str, second: str) -> str:
    return polygon(60, 60, 56, 4, main) + polygon(60, 60, 48, 4, second) + polygon(60, 60, 45, 4, main)


def _gear(main: str, second: str) -> str:
    teeth = "".join(circle(x, y, 9, main) for x, y in around(60, 60, 43, 12))
    return teeth + circle(60, 60, 44, main) + ring(60, 60, 36, second, 3)


def _shield(main: str, second: str) -> str:
    return path("M16 14H104V62Q100 96 60 112Q20 96 16 62Z", main) + path("M16 14H104V26H16Z", second)


def _window(main: str, second: str) -> str:
    """A lattice window: a square with its four corners cut in."""
    return path("M30 12H90V24H108V96H90V108H30V96H12V24H30Z", main) + path(
        "M34 18H86V30H102V90H86V102H34V90H18V30H34ZM37 21V33H21V87H37V99H83V87H99V33H83V21Z", second
    )


def _leaf(main: str, second: str) -> str:
    return path("M12 12H74Q108 14 108 48V108H46Q12 106 12 72Z", main) + path("M74 12Q108 14 108 48L74 48Z", second)


def _halves(main: str, second: str) -> str:
    return (
        circle(60, 60, 50, second)
        + path("M60 10A50 50 0 0 1 60 110A25 25 0 0 1 60 60A25 25 0 0 0 60 10Z", main)
        + circle(60, 60, 33, main)
    )


MARKS: Final[tuple[Mark, ...]] = (
    _disc, _star, _begonia, _arch, _hexagon, _squares, _diamond, _gear, _shield, _window, _leaf, _halves,
)  # fmt: skip
# The ground, the mark, what is beside it, and the letters.
PAINTS: Final = (
    ("white1", "accent3", "accent2", "white1"),
    ("white2", "dark3", "brass4", "white1"),
    ("white1", "accent1", "accent2", "accent4"),
    ("accent4", "white1", "accent1", "accent4"),
    ("brass1", "accent4", "brass4", "white1"),
    ("white2", "steel4", "steel3", "white1"),
    ("white1", "brass2", "brass1", "dark4"),
    ("dark3", "accent1", "steel2", "dark4"),
)


def initials(name: Mapping[str, str]) -> str:
    """What a logo says: the first character after a Chinese company's city, the first letters of another's name."""
    _, has_city, chinese = name.get(CHINESE, "").rpartition(_CITY_END)
    if has_city and chinese:
        return chinese[0]
    words = [word for word in name.get(ENGLISH, "").split() if word[0].isalpha()]
    return "".join(word[0] for word in words[:2]).upper()


def logo(name: Mapping[str, str]) -> str:
    """The logo of the company with this name; the same name has the same logo."""
    digest = sha256(name.get(ENGLISH, "").encode()).digest()
    number = int.from_bytes(digest[:4], "big")
    mark = MARKS[number % len(MARKS)]
    ground, main, second, letters = PAINTS[number // len(MARKS) % len(PAINTS)]
    drawing = _file(rect(0, 0, SIZE, SIZE, ground) + mark(main, second), initials(name), letters)
    return toned(drawing, digest[4] % 2)


def _file(shapes: str, said: str, paint: str) -> str:
    high = 44 if len(said) == 1 else 36
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}" '
        f'fill-rule="evenodd">{shapes}<text x="60" y="61" font-family="sans-serif" font-weight="700" '
        f'font-size="{high}" text-anchor="middle" dominant-baseline="central" fill="{colour(paint)}">{escape(said)}'
        "</text></svg>\n"
    )
