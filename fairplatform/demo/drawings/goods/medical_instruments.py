"""The medical and surgical conference: instruments, implants and supplies."""

from ..shapes import (
    Shapes,
    bars,
    circle,
    ellipse,
    holes,
    line,
    moved,
    path,
    rect,
    ring,
    rungs,
    shadow,
    turned,
    upended,
)


def forceps_scissors() -> Shapes:
    def half(jaw: str) -> str:
        return (
            line("M176 146C236 120 280 112 312 112", "steel3", 11)
            + ring(338, 112, 27, "steel2", 10)
            + path(jaw, "steel-y")
        )

    scissors = (
        upended(half("M180 138L36 146 36 150 182 154Z")),
        circle(176, 150, 10, "steel1"),
        circle(176, 150, 4, "steel4"),
    )
    forceps = (
        upended(half("M180 136L92 140 84 150 182 152Z"), bars(96, 143, 2, 6, 8, 5, "steel4")),
        rect(296, 118, 9, 30, "accent-x", 2),
        rect(306, 152, 9, 30, "accent-x", 2),
        circle(176, 150, 10, "accent2"),
    )
    return [
        shadow(200, 276, 150),
        moved(44, -26, turned(-18, *scissors), scale=0.78),
        moved(44, 76, turned(-18, *forceps), scale=0.78),
    ]


def dental_instruments() -> Shapes:
    def tool(x: float, tip: str, grip: str) -> str:
        return (
            path(f"M{x - 7} 110H{x + 7}V206H{x - 7}Z", grip)
            + rungs(x - 7, 124, 14, 3, 9, 9, "steel4")
            + path(
                f"M{x - 7} 110L{x - 3} 84H{x + 3}L{x + 7} 110ZM{x - 7} 206L{x - 3} 250H{x + 3}L{x + 7} 206Z", "steel2"
            )
            + tip
        )

    return [
        shadow(200, 266, 150),
        turned(-12, tool(110, ring(116, 62, 17, "steel3", 5) + circle(116, 62, 15, "glass"), "steel-x")),
        turned(-4, tool(172, line("M172 86V62Q172 46 188 46T200 58", "steel3", 4), "accent-x")),
        turned(
            4, tool(232, line("M232 86V66Q234 48 218 38", "steel3", 5) + ellipse(216, 37, 8, 5, "steel2"), "steel-x")
        ),
        turned(12, tool(294, line("M294 86L298 60 284 50 300 40", "steel3", 4), "accent-x")),
    ]


def syringes() -> Shapes:
    one = (
        path("M124 132H284V168H124Z", "glass"),
        path("M124 134H282V142H124Z", "white1"),
        path("M178 134H284V166H178Z", "beam"),
        bars(140, 150, 2.5, 16, 14, 10, "dark3"),
        rect(162, 133, 18, 34, "dark-x", 3),
        path("M46 144H164V156H46Z", "white-y"),
        rect(36, 122, 12, 56, "accent-x", 4),
        rect(114, 112, 12, 76, "white-x", 4),
        path("M284 138H296V144H306V156H296V162H284Z", "white-y"),
        path("M304 140H322L328 146V154L322 160H304Z", "accent-y"),
        path("M326 147.5L388 149.5V150.5L326 152.5Z", "steel3"),
    )
    return [
        shadow(200, 264, 150),
        moved(6, -30, turned(-24, *one)),
        moved(84, 92, turned(-24, *one), scale=0.7),
    ]


def needles() -> Shapes:
    def one(hub: str) -> str:
        return (
            path("M197 40L200 32 203 40V164H197Z", "steel-x")
            + path("M186 160H214L220 218H180Z", hub)
            + rect(174, 214, 52, 12, hub, 3)
            + line("M192 172V206M208 172V206", "light", 4)
        )

    return [
        shadow(200, 262, 150),
        moved(-116, 22, one("brass-x")),
        moved(-58, 22, one("accent-x")),
        moved(0, 22, one("steel-x")),
        moved(62, 22, one("white-x")),
        path("M294 44H332L338 226H288Z", "glass"),
        path("M300 54H308V210H298Z", "white1"),
        rect(282, 218, 62, 32, "accent-x", 4),
        bars(290, 222, 4, 24, 5, 11, "accent4"),
    ]


def catheters() -> Shapes:
    return [
        shadow(200, 262, 150),
        line("M300 86C240 30 100 40 70 120S150 240 230 216S290 120 210 110S110 160 150 196", "white4", 13),
        line("M300 86C240 30 100 40 70 120S150 240 230 216S290 120 210 110S110 160 150 196", "white1", 8),
        turned(38, rect(290, 66, 54, 26, "accent-y", 6), rect(340, 60, 14, 38, "accent3", 3), x=300, y=86),
        path("M196 226L298 232V246L196 240Z", "glass"),
        path("M120 228L204 226V240L120 236Z", "white2"),
        path("M292 222H340L356 230V248L340 256H292Z", "accent-y"),
        path("M308 222L292 184H324L330 222Z", "accent2"),
        path("M40 231L124 229V234L40 232.5Z", "steel3"),
        rect(352, 228, 16, 22, "white-x", 3),
    ]


def orthopaedic() -> Shapes:
    def screw(x: float, y: float) -> str:
        thread = "".join(f"M{x - 9 + n * 0.5} {y + 24 + n * 10}L{x + 9 - n * 0.5} {y + 19 + n * 10}" for n in range(8))
        return (
            path(f"M{x - 7} {y + 10}H{x + 7}L{x + 4} {y + 98} {x} {y + 112} {x - 4} {y + 98}Z", "steel-x")
            + line(thread, "steel4", 3)
            + path(f"M{x - 16} {y}Q{x} {y - 14} {x + 16} {y}L{x + 8} {y + 14}H{x - 8}Z", "accent-x")
        )

    return [
        shadow(200, 262, 150),
        turned(
            -20,
            path(
                "M44 96Q24 98 24 116T44 136H250Q270 136 280 160H330Q350 158 350 116T330 72H280Q270 96 250 96Z",
                "steel-y",
            ),
            *(
                circle(x, y, 13, "steel1") + circle(x, y, 9, "dark3")
                for x, y in ((52, 116), (102, 116), (152, 116), (202, 116), (302, 92), (302, 140), (330, 116))
            ),
        ),
        *(screw(x, y) for x, y in ((208, 142), (256, 136), (304, 130), (350, 124))),
    ]


def dressings() -> Shapes:
    def plaster(paint: str) -> str:
        return (
            rect(96, 122, 208, 56, paint, 28)
            + rect(164, 122, 72, 56, "white1", 4)
            + holes([(180 + 13 * column, 137 + 13 * row) for row in range(3) for column in range(4)], 2, "steel2")
            + holes([(x, y) for x in (116, 130, 270, 284) for y in (142, 158)], 3, "light")
        )

    return [
        shadow(200, 262, 160),
        circle(288, 118, 70, "white4"),
        circle(282, 114, 70, "white-x"),
        ring(282, 114, 56, "white3", 2),
        ring(282, 114, 44, "white3", 2),
        circle(282, 114, 26, "accent-x"),
        circle(282, 114, 18, "dark3"),
        moved(-62, -28, turned(-24, plaster("brass-y"))),
        moved(0, 62, turned(8, plaster("accent-y"))),
    ]


def sutures() -> Shapes:
    return [
        shadow(200, 262, 160),
        turned(-6, rect(48, 62, 190, 176, "white-y", 6), rect(48, 62, 190, 40, "accent-y", 6),
               line("M66 126H150M66 146H132", "steel2", 6), line("M62 82H140", "white1", 6)),
        ellipse(150, 188, 62, 32, "steel2"),
        line("M100 188a50 22 0 1 0 100 0a50 22 0 1 0 -100 0"
            "M110 188a40 16 0 1 0 80 0a40 16 0 1 0 -80 0M122 188a28 10 0 1 0 56 0a28 10 0 1 0 -56 0", "accent3", 3),
        line("M200 186C260 170 250 240 300 226S360 160 336 148", "accent3", 3.5),
        line("M336 148A60 60 0 1 0 262 60", "steel3", 8),
        line("M336 146A60 60 0 1 0 264 60", "steel1", 2),
        path("M272 52L248 62 270 72Z", "steel3"),
    ]  # fmt: skip


def gloves() -> Shapes:
    hand = (
        "M138 262V190Q112 166 98 132Q94 118 104 114T120 122L142 152V62Q142 50 152 50T162 62V128"
        "H168V40Q168 28 179 28T190 40V128H196V46Q196 34 206 34T217 46V130"
        "H223V68Q223 56 233 56T243 68V182Q242 208 232 222V262Z"
    )
    cuff = rect(132, 254, 106, 16, "accent1", 7)
    return [
        shadow(200, 274, 130),
        moved(126, 24, turned(14, path(hand, "white-x")), scale=0.9),
        moved(-22, 0, turned(-6, path(hand, "accent-x"), cuff, line("M152 200V240M216 200V240", "light", 4))),
    ]


MEDICAL_INSTRUMENTS = {
    "901890": forceps_scissors,
    "901849": dental_instruments,
    "901831": syringes,
    "901832": needles,
    "901839": catheters,
    "902110": orthopaedic,
    "300510": dressings,
    "300610": sutures,
    "401512": gloves,
}
