"""Hall 4: fasteners, chain and wire goods."""

from ..shapes import Shapes, circle, ellipse, line, moved, path, polygon, rect, ring, rungs, shadow, turned


def _bolt(paint: str, length: float = 150) -> str:
    return (
        rect(182, 86, 36, length, f"{paint}-x", 4)
        + rungs(180, 126, 40, 5, int((length - 46) / 10), 10, f"{paint}4")
        + path("M146 48H254L262 58V84L254 90H146L138 84V58Z", f"{paint}-x")
        + path("M172 48H228V90H172Z", "light")
    )


def bolts() -> Shapes:
    return [
        shadow(200, 262, 150),
        moved(-64, 22, turned(-24, _bolt("steel"))),
        moved(88, 26, turned(26, _bolt("accent"), x=200), scale=0.9),
        moved(20, 18, _bolt("steel", 158), scale=0.9),
    ]


def _thread_below(x: float, y: float, half: float) -> str:
    """The part of a nut's hole that is seen beyond its front edge."""
    return path(
        f"M{x - half} {y}A{half * 1.1} {half * 1.1} 0 0 0 {x + half} {y}A{half * 1.6} {half} 0 0 1 {x - half} {y}Z",
        "steel2",
    )


def _nut(paint: str, x: float, y: float, radius: float) -> str:
    return (
        polygon(x, y + radius * 0.34, radius, 6, f"{paint}4")
        + polygon(x, y, radius, 6, f"{paint}-y")
        + circle(x, y, radius * 0.78, f"{paint}1")
        + circle(x, y, radius * 0.56, f"{paint}3")
        + circle(x, y, radius * 0.48, "dark3")
        + _thread_below(x, y + radius * 0.16, radius * 0.44)
    )


def nuts() -> Shapes:
    return [
        shadow(200, 244, 170),
        _nut("steel", 222, 90, 54),
        _nut("steel", 316, 160, 48),
        _nut("accent", 122, 148, 74),
        _nut("steel", 234, 194, 42),
    ]


def screws() -> Shapes:
    def one(paint: str) -> str:
        thread = "".join(f"M{176 + n * 0.9:.0f} {112 + n * 15}L{224 - n * 0.9:.0f} {103 + n * 15}" for n in range(9))
        return (
            path("M146 56H254L222 92H178Z", f"{paint}-x")
            + ellipse(200, 56, 54, 14, f"{paint}1")
            + line("M184 56H216M200 50V62", "dark4", 6)
            + path("M184 90H216L212 224 200 264 188 224Z", f"{paint}-x")
            + line(thread, f"{paint}3", 6)
        )

    return [
        shadow(200, 266, 150),
        moved(-70, 12, turned(-22, one("dark")), scale=0.96),
        moved(96, 22, turned(22, one("steel")), scale=0.9),
        moved(10, 2, one("accent"), scale=0.95),
    ]


def washers() -> Shapes:
    def outline(x: float, y: float, wide: float) -> str:
        high = wide * 0.64
        return f"M{x - wide} {y}a{wide} {high} 0 1 0 {wide * 2} 0a{wide} {high} 0 1 0 -{wide * 2} 0"

    def one(x: float, y: float, radius: float, paint: str) -> str:
        hole = outline(x, y, radius / 2)
        return path(outline(x, y + 8, radius) + hole, f"{paint}4") + path(outline(x, y, radius) + hole, f"{paint}-x")

    return [
        shadow(200, 244, 160),
        one(262, 98, 66, "steel"),
        one(126, 132, 84, "accent"),
        one(306, 172, 54, "steel"),
        one(206, 208, 48, "steel"),
    ]


def nails() -> Shapes:
    def one(x: float, y: float, turn: float) -> str:
        nail = rect(192, 58, 16, 172, "steel-x", 0) + path("M192 229H208L200 258Z", "steel3")
        return moved(x, y, turned(turn, nail, ellipse(200, 57, 32, 10, "steel4"), ellipse(200, 52, 32, 10, "steel2")))

    return [
        shadow(200, 262, 160),
        *(one(x, y, turn) for x, y, turn in ((-96, 6, -34), (96, 10, 38), (-58, 8, -12), (58, 4, 14), (-8, 2, 3))),
        path("M112 190L288 190 272 266H128Z", "accent-x"),
        path("M112 190H288L284 206H116Z", "accent1"),
    ]


def welded_mesh() -> Shapes:
    down = "".join(f"M{112 + 22 * n} {74 + n * 2}V{232 + n * 2}" for n in range(11))
    across = "".join(f"M80 {84 + 22 * n}L360 {106 + 22 * n}" for n in range(7))
    return [
        shadow(210, 268, 160),
        line(down, "steel3", 4),
        line(across, "steel3", 4),
        line(across.replace("M80", "M81"), "steel1", 1.5),
        ellipse(92, 72, 42, 16, "steel2"),
        path("M50 72V236Q60 254 92 254T134 236V72Q124 90 92 90T50 72Z", "light"),
        line(
            "".join(f"M50 {76 + 22 * n}Q60 {94 + 22 * n} 92 {94 + 22 * n}T134 {76 + 22 * n}" for n in range(8)),
            "steel4",
            4,
        ),
        line("M51 74V236M62 82V246M77 88V252M92 90V254M107 88V252M122 82V246M133 74V236", "steel3", 4),
        ring(92, 72, 16, "steel4", 3),
        path("M48 148Q60 168 92 168T136 148V172Q124 192 92 192T48 172Z", "accent-x"),
    ]


def chain() -> Shapes:
    def link(x: float, y: float, turn: float, paint: str) -> str:
        shape = f"M{x - 26} {y - 21}H{x + 26}A21 21 0 0 1 {x + 26} {y + 21}H{x - 26}A21 21 0 0 1 {x - 26} {y - 21}Z"
        bright = f"M{x - 26} {y - 24}H{x + 26}"
        return turned(
            turn, line(shape, f"{paint}4", 18), line(shape, f"{paint}2", 13), line(bright, f"{paint}1", 4), x=x, y=y
        )

    places = [(64, 96, 34), (122, 130, 24), (188, 152, 14), (256, 160, -2), (322, 144, -22)]
    edge = [(94, 112, 30), (155, 142, 20), (222, 158, 6), (290, 154, -12)]
    return [
        shadow(200, 238, 170),
        moved(0, 10, *(link(x, y, turn, "steel") for x, y, turn in places)),
        moved(0, 10, *(turned(turn, rect(x - 30, y - 8, 60, 16, "accent-y", 8), x=x, y=y) for x, y, turn in edge)),
    ]


def wire_rope() -> Shapes:
    strands = "".join(f"M{40 + 19 * n} 250l17 -34" for n in range(17))
    return [
        shadow(200, 274, 160),
        ellipse(200, 58, 118, 22, "brass2"),
        path("M112 60H288V206H112Z", "steel-x"),
        line("".join(f"M112 {74 + 12 * n}Q200 {92 + 12 * n} 288 {74 + 12 * n}" for n in range(11)), "steel4", 3),
        ellipse(200, 56, 118, 20, "brass1"),
        ellipse(200, 56, 30, 7, "dark3"),
        path("M82 208A118 22 0 0 0 318 208V218A118 22 0 0 1 82 218Z", "brass3"),
        ellipse(200, 206, 118, 20, "brass2"),
        path("M112 196Q200 222 288 196V206Q200 232 112 206Z", "steel3"),
        rect(36, 222, 330, 32, "steel-y", 16),
        line(strands, "steel4", 4),
        rect(330, 218, 34, 40, "accent-y", 6),
    ]


FASTENERS = {
    "731815": bolts,
    "731816": nuts,
    "731814": screws,
    "731822": washers,
    "731700": nails,
    "731431": welded_mesh,
    "731582": chain,
    "731210": wire_rope,
}
