"""Hall 9: machine tools and metalworking."""

from ..shapes import (
    Shapes,
    bars,
    block,
    circle,
    holes,
    line,
    path,
    rect,
    rungs,
    shadow,
    spokes,
    turned,
)


def cnc_lathe() -> Shapes:
    return [
        shadow(204, 262, 180),
        block(34, 72, 306, 182, 30, "white", 8),
        path("M34 212H340V246Q340 254 332 254H42Q34 254 34 246Z", "accent-y"),
        rect(52, 88, 186, 112, "accent-x", 8),
        rect(70, 100, 150, 84, "dark4", 5),
        circle(104, 142, 31, "steel-x"),
        circle(104, 142, 20, "steel4"),
        path("M92 112h10v20h-10zM92 152h10v20h-10z", "dark2"),
        rect(106, 134, 76, 16, "steel-y", 2),
        path("M168 108H206V176L186 168 182 152H168Z", "accent3"),
        path("M184 150L172 142 186 138Z", "brass2"),
        path("M70 100H150L110 184H70Z", "light"),
        rect(226, 128, 8, 44, "steel1", 4),
        rect(254, 88, 70, 104, "dark-y", 6),
        rect(262, 96, 54, 40, "glass", 3),
        rect(266, 100, 46, 32, "accent1", 2),
        holes([(270 + 13 * column, 150 + 13 * row) for row in range(3) for column in range(4)], 4, "white3"),
        rect(60, 224, 100, 18, "accent4", 4),
        rect(302, 36, 9, 24, "accent2", 3),
        rect(302, 30, 9, 10, "brass1", 3),
    ]


def machining_centre() -> Shapes:
    return [
        shadow(204, 270, 150),
        block(70, 44, 232, 216, 44, "white", 8),
        path("M70 44H302V66H70Z", "accent3"),
        rect(86, 80, 134, 134, "accent-x", 6),
        rect(98, 92, 110, 110, "dark4", 4),
        path("M132 92H174V130H166L160 150H146L140 130H132Z", "steel-x"),
        rect(150, 150, 6, 22, "brass2"),
        rect(106, 182, 94, 16, "steel-y", 2),
        path("M126 182V168H180V182Z", "accent2"),
        path("M98 92H150L120 202H98Z", "light"),
        rect(212, 122, 6, 50, "steel1", 3),
        rect(234, 80, 56, 96, "dark-y", 5),
        rect(241, 88, 42, 34, "accent1", 3),
        holes([(247 + 10 * column, 136 + 11 * row) for row in range(3) for column in range(4)], 3.4, "white3"),
        rungs(236, 196, 52, 4, 5, 10, "steel3"),
        rect(70, 226, 232, 10, "accent2"),
        rect(84, 260, 36, 10, "dark3"),
        rect(252, 260, 36, 10, "dark3"),
    ]


def laser_cutter() -> Shapes:
    return [
        shadow(204, 262, 185),
        path("M24 176L92 120H376L340 176Z", "steel2"),
        path("".join(f"M{40 + 24 * n} 174L{104 + 21.5 * n:.0f} 122h4L{46 + 24 * n} 174z" for n in range(13)), "steel4"),
        path("M24 176H340V240Q340 252 328 252H36Q24 252 24 240Z", "accent-y"),
        path("M340 176L376 120V190L340 246Z", "accent4"),
        path("M52 112H86V170L52 182ZM314 96H348V152L314 170Z", "white4"),
        path("M52 84L314 70 352 84 348 122 86 138 52 122Z", "white-y"),
        path("M52 84L314 70 352 84 86 98Z", "white1"),
        path("M176 74H242V136H228L216 162H202L190 136H176Z", "dark-x"),
        rect(188, 84, 42, 24, "accent2", 3),
        line("M209 162V178", "white1", 3),
        spokes(209, 178, 4, 15, 9, "brass1", 3),
        path("M110 156L148 130H172L136 156Z", "shade"),
        rect(52, 194, 120, 40, "accent4", 4),
        rungs(60, 202, 104, 3, 4, 8, "accent2"),
        rect(196, 194, 120, 40, "accent3", 4),
    ]


def press_brake() -> Shapes:
    return [
        shadow(200, 270, 175),
        rect(42, 42, 42, 222, "accent-x", 5),
        rect(316, 42, 42, 222, "accent-x", 5),
        path("M84 142H92V196H84ZM308 142H316V196H308Z", "accent4"),
        rect(84, 58, 232, 70, "white-y", 4),
        *(rect(x, 24, 34, 58, "steel-x", 5) for x in (104, 262)),
        path("M76 124H324V142H76Z", "steel-y"),
        path("".join(f"M{80 + 40 * n} 142h38l-10 22h-18z" for n in range(6)), "steel3"),
        path("M60 168L196 178 204 178 340 168 340 174 200 190 60 174Z", "brass2"),
        path("M76 190H324V206H76Z", "steel-y"),
        path("M84 206H316V256H84Z", "accent-y"),
        rect(150, 74, 100, 36, "accent3", 4),
        line("M166 92H234", "white1", 6),
        line("M338 110L366 96V150", "dark2", 6),
        rect(342, 124, 46, 56, "dark-y", 5),
        rect(349, 131, 32, 24, "accent1", 2),
        holes([(355, 166), (365, 166), (375, 166)], 3.4, "white3"),
    ]


def band_saw() -> Shapes:
    return [
        shadow(200, 264, 170),
        block(40, 188, 300, 66, 26, "accent", 5),
        rect(56, 202, 110, 38, "accent4", 4),
        rect(60, 166, 280, 24, "steel-y", 3),
        rect(182, 116, 158, 52, "steel-y", 4),
        *(circle(x, 142, 15, "steel4") + circle(x, 142, 9, "dark3") for x in (216, 258, 300)),
        turned(
            -10,
            rect(60, 78, 290, 20, "white4", 6),
            circle(102, 96, 46, "accent4"),
            circle(102, 96, 42, "accent-x"),
            circle(316, 96, 46, "accent4"),
            circle(316, 96, 42, "accent-x"),
            circle(102, 96, 11, "steel1"),
            circle(316, 96, 11, "steel1"),
            rect(136, 52, 146, 32, "accent-y", 6),
            rect(142, 122, 134, 8, "steel2"),
            bars(146, 130, 4, 5, 17, 8, "steel4"),
            rect(166, 96, 18, 34, "dark2", 3),
            rect(232, 96, 18, 34, "dark2", 3),
            x=200, y=110,
        ),
        rect(56, 90, 16, 80, "steel-x", 4),
        holes([(258, 222), (284, 222), (310, 222)], 8, "white2"),
    ]  # fmt: skip


def bench_drill() -> Shapes:
    return [
        shadow(210, 276, 130),
        path("M116 254H306L318 272H104Z", "dark-y"),
        rect(240, 70, 24, 188, "steel-x", 3),
        path("M110 56Q112 34 138 34H284Q304 36 304 58V104Q304 112 294 112H120Q110 112 110 102Z", "accent-y"),
        path("M110 56Q112 34 138 34H284Q304 36 304 58V64H110Z", "accent1"),
        rect(286, 72, 62, 78, "dark-x", 8),
        bars(296, 80, 4, 62, 5, 9, "dark4"),
        rect(142, 110, 38, 40, "steel-x", 4),
        path("M146 150H176L170 174H152Z", "dark-x"),
        path("M158 174H164V206L161 214 158 206Z", "steel3"),
        circle(196, 92, 13, "steel2"),
        spokes(196, 92, 8, 58, 3, "steel3", 6),
        *(circle(x, y, 9, "dark4") for x, y in ((254, 92), (167, 142), (167, 42))),
        rect(104, 214, 150, 14, "steel-y", 3),
        rect(230, 204, 44, 34, "accent-y", 5),
        holes([(126, 84), (146, 84)], 7, "white1"),
    ]


def end_mills() -> Shapes:
    def mill(x: float, width: float, top: float, shank: str) -> str:
        flutes = "".join(f"M{x} {top + 26 + 22 * n}L{x + width} {top + 2 + 22 * n}" for n in range(5))
        return (
            rect(x, top + 118, width, 252 - top - 118, shank, 3)
            + path(f"M{x} {top}H{x + width}V{top + 120}H{x}Z", "steel-x")
            + line(flutes, "dark2", width * 0.2)
            + path(f"M{x} {top}L{x + width / 2} {top + 9}L{x + width} {top}V{top + 6}H{x}Z", "steel1")
        )

    return [
        shadow(200, 262, 160),
        mill(58, 42, 44, "steel-x"),
        mill(128, 52, 28, "brass-x"),
        mill(208, 40, 56, "steel-x"),
        mill(276, 28, 84, "brass-x"),
        mill(328, 18, 108, "steel-x"),
        path("M36 226H364L372 262H28Z", "accent-y"),
        rect(34, 224, 332, 8, "accent1", 2),
    ]


MACHINE_TOOLS = {
    "845811": cnc_lathe,
    "845710": machining_centre,
    "845611": laser_cutter,
    "846223": press_brake,
    "846150": band_saw,
    "845929": bench_drill,
    "820770": end_mills,
}
