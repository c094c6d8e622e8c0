"""What is seen of a factory: its banner, its hall, its packing and its test bench, each with goods of its own."""

from .goods import GOODS
from .shapes import (
    HEIGHT,
    WIDTH,
    Shapes,
    bars,
    block,
    circle,
    copies,
    drawn,
    ellipse,
    holes,
    line,
    moved,
    path,
    polygon,
    rect,
    shadow,
    spokes,
)

BANNER = (1200, 300)


def banner(codes: tuple[str, str, str]) -> str:
    """Three kinds of goods in a row, before a lattice of eight-pointed stars."""
    width, height = BANNER
    star = polygon(0, 0, 46, 4, "light") + polygon(0, 0, 46, 4, "light", 45)
    stars = [(x, y) for y in (0, 100, 200, 300) for x in range(0 if y % 200 else 50, width + 50, 100)]
    goods = (moved(20 + 390 * place, 0, *GOODS[code]()) for place, code in enumerate(codes))
    return drawn([rect(0, 0, width, height, "white3"), copies("star", stars, star), *goods], BANNER)


def factory_hall(code: str) -> str:
    """A hall with machines on both sides, and goods on the belt between them."""
    roof = "".join(f"M0 {18 + 16 * n}L200 {70 + 6 * n}L400 {18 + 16 * n}" for n in range(3))
    posts = "".join(f"M{x} 30V196" for x in (22, 78, 122, 278, 322, 378))
    return drawn(
        [
            rect(0, 0, WIDTH, 190, "white2"),
            path("M130 84H270V176H130Z", "white3"),
            path("M150 92H250V150H150Z", "glass"),
            line("M183 92V150M217 92V150M150 121H250", "white1", 4),
            line(roof, "steel3", 4),
            line(posts, "steel2", 7),
            *(path(f"M{x} 40L{x + 18} 40L{x + 14} 50H{x + 4}Z", "dark2") for x in (90, 292)),
            *(path(f"M{x - 34} 130L{x + 4} 50H{x + 14}L{x + 52} 130Z", "beam") for x in (90, 292)),
            path("M0 176L130 162H270L400 176V300H0Z", "steel2"),
            path("M0 300L150 164H250L400 300Z", "white4"),
            line("M0 290L146 166M400 290L254 166", "brass2", 4),
            *_machine(8),
            *_machine(270),
            path("M120 300L176 176H224L280 300Z", "dark3"),
            path("M134 300L182 180H218L266 300Z", "dark1"),
            moved(184, 160, *GOODS[code](), scale=0.09),
            moved(170, 176, *GOODS[code](), scale=0.15),
            moved(142, 194, *GOODS[code](), scale=0.29),
        ]
    )


def _machine(x: float) -> Shapes:
    return [
        shadow(x + 66, 232, 70, 9),
        block(x, 146, 104, 84, 22, "accent", 5),
        rect(x + 10, 156, 58, 42, "dark4", 4),
        path(f"M{x + 10} 156H{x + 40}L{x + 22} 198H{x + 10}Z", "light"),
        rect(x + 76, 156, 20, 26, "dark-y", 2),
        rect(x + 79, 159, 14, 9, "accent1", 1),
        bars(x + 12, 208, 5, 14, 9, 10, "accent4"),
        rect(x + 48, 118, 5, 18, "steel3", 2),
        circle(x + 50, 116, 5, "brass2"),
    ]


def packing(code: str) -> str:
    """Cartons on a pallet, and an open one with goods in it."""
    rows = ((36, 66), (36, 130), (36, 194), (118, 66), (118, 130), (118, 194))
    return drawn(
        [
            rect(0, 0, WIDTH, 216, "white2"),
            bars(0, 0, 3, 216, 9, 50, "white3"),
            path("M0 216H400V300H0Z", "steel2"),
            path("M0 216H400V222H0Z", "steel3"),
            shadow(124, 276, 130),
            *(_carton(x, y) for x, y in sorted(rows, key=lambda place: -place[1])),
            path(
                "M24 258H222V266H24ZM24 274H222V282H24ZM30 264H52V276H30ZM110 264H134V276H110ZM194 264H216V276H194Z",
                "brass4",
            ),
            shadow(308, 284, 96),
            path("M240 196L262 176H376L392 196Z", "brass4"),
            moved(240, 104, *GOODS[code](), scale=0.37),
            path("M238 200H378V284H238Z", "brass-y"),
            path("M378 200L394 186V268L378 284Z", "brass4"),
            path("M238 200L216 182 254 182 262 200ZM378 200L398 176 392 200Z", "brass1"),
            rect(238, 232, 140, 8, "brass3"),
            path("M270 250H306V272H270Z", "white2"),
            line("M276 257H300M276 264H292", "steel3", 3),
        ]
    )


def _carton(x: float, y: float) -> str:
    return (
        block(x, y, 78, 62, 26, "brass", 1)
        + rect(x + 34, y, 10, 62, "brass3")
        + rect(x + 8, y + 38, 20, 14, "white2", 1)
        + path(f"M{x + 56} {y + 52}v-9h-4l6 -7 6 7h-4v9z", "accent4")
    )


def test_bench(code: str) -> str:
    """A bench where goods are tried, with what measures them."""
    return drawn(
        [
            rect(0, 0, WIDTH, HEIGHT, "white2"),
            holes([(14 + 20 * column, 14 + 20 * row) for row in range(9) for column in range(20)], 2, "white4"),
            shadow(200, 290, 180, 8),
            rect(16, 206, 368, 16, "brass-y", 3),
            path("M32 222H52V290H32ZM348 222H368V290H348Z", "steel4"),
            rect(64, 226, 120, 34, "accent-y", 3),
            rect(216, 226, 120, 34, "accent-y", 3),
            rect(108, 240, 32, 6, "steel1", 3),
            rect(260, 240, 32, 6, "steel1", 3),
            rect(28, 84, 132, 94, "dark-y", 8),
            rect(38, 94, 112, 66, "dark4", 3),
            line("M44 150L60 146 72 120 84 138 96 108 112 126 124 104 144 100", "accent1", 4),
            line("M44 116H144M44 136H144M70 98V156M98 98V156M126 98V156", "steel4", 0.8),
            path("M82 178H106L116 206H72Z", "dark2"),
            moved(170, 84, *GOODS[code](), scale=0.42),
            rect(344, 66, 12, 142, "steel-x", 3),
            circle(350, 74, 36, "steel-x"),
            circle(350, 74, 29, "white1"),
            spokes(350, 74, 21, 26, 12, "dark2", 2),
            line("M350 74L364 58", "accent3", 4),
            ellipse(350, 204, 26, 6, "dark3"),
            line("M160 168C180 196 190 198 212 190", "dark3", 5),
        ]
    )
