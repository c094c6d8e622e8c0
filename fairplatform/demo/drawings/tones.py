"""The tones a drawing is shown in, so that a list of one kind of goods does not repeat one picture."""

from typing import Final, NamedTuple

from .shapes import ACCENT, GROUND, WIDTH


class Tone(NamedTuple):
    """What the painted parts of a thing are, from light to dark, and the ground behind it, from top to bottom."""

    accent: tuple[str, str, str, str]
    ground: tuple[str, str]


TONES: Final = (
    Tone(ACCENT, GROUND),
    Tone(("#a3bfca", "#55808f", "#2f5b6b", "#1e434f"), ("#f2f6f7", "#d9e4e9")),
    Tone(("#81908a", "#47554f", "#2b3532", "#17211f"), ("#f8f6f0", "#e7e3d6")),
)


def toned(svg: str, number: int) -> str:
    """The drawing in the tone of this number; after the last comes the first again."""
    tone = TONES[number % len(TONES)]
    colours = dict(zip((*ACCENT, *GROUND), (*tone.accent, *tone.ground), strict=True))
    for before, after in colours.items():
        svg = svg.replace(before, after)
    return svg


def turned_round(svg: str) -> str:
    """The drawing as in a mirror."""
    paints, _, shapes = svg.partition("</defs>")
    shapes = shapes.removesuffix("</svg>\n")
    return f'{paints}</defs><g transform="matrix(-1 0 0 1 {WIDTH} 0)">{shapes}</g></svg>\n'
