"""Hall 10: plastics and packaging machinery, and moulds."""

from ..shapes import (
    Shapes,
    bars,
    block,
    circle,
    copies,
    ellipse,
    holes,
    line,
    moved,
    path,
    rect,
    ring,
    rungs,
    shadow,
)


def _panel(x: float, y: float, width: float = 46) -> str:
    """A machine's operating panel."""
    return (
        rect(x, y, width, width * 1.3, "dark-y", 4)
        + rect(x + 6, y + 6, width - 12, width * 0.5, "accent1", 2)
        + holes(
            [(x + width * (0.25 + 0.25 * n), y + width * r) for n in range(3) for r in (0.82, 1.08)],
            width * 0.075,
            "white3",
        )
    )


def injection_moulding() -> Shapes:
    return [
        shadow(200, 258, 185),
        rect(20, 186, 360, 64, "accent-y", 5),
        bars(36, 198, 54, 40, 5, 68, "accent4"),
        rect(30, 82, 148, 106, "white-y", 6),
        rect(48, 98, 112, 74, "dark3", 5),
        rect(54, 110, 20, 56, "steel-x", 2),
        rect(88, 104, 18, 64, "steel-x", 2),
        rect(116, 104, 18, 64, "accent-x", 2),
        line("M54 116H156M54 158H156", "steel2", 5),
        path("M48 98H100L74 172H48Z", "light"),
        rect(180, 96, 14, 92, "steel-x", 2),
        rect(194, 128, 132, 30, "steel-y", 5),
        bars(206, 126, 13, 34, 6, 18, "brass2"),
        path("M272 38H334L318 90H288Z", "glass"),
        path("M278 62H328L318 90H288Z", "accent2"),
        rect(284, 88, 38, 42, "steel-x", 3),
        rect(318, 112, 56, 76, "dark-y", 6),
        bars(328, 124, 5, 52, 4, 11, "dark4"),
        rect(200, 166, 110, 22, "accent3", 3),
        _panel(196, 58, 40),
    ]


def blow_moulding() -> Shapes:
    def bottle(x: float, y: float, size: float) -> str:
        return moved(x, y, path("M14 0H30V12L42 34V96Q42 102 36 102H8Q2 102 2 96V34L14 12Z", "glass"),
                     path("M8 44V94H14V40Z", "white1"), rect(12, -6, 20, 12, "accent3", 2), scale=size)  # fmt: skip

    return [
        shadow(196, 266, 180),
        block(34, 62, 220, 194, 34, "white", 6),
        path("M34 62H254V84H34Z", "accent3"),
        rect(50, 98, 150, 112, "dark4", 5),
        rect(56, 112, 44, 84, "steel-x", 3),
        rect(150, 112, 44, 84, "steel-x", 3),
        rect(108, 98, 34, 22, "brass-x", 2),
        bottle(107, 116, 0.78),
        path("M50 98H110L80 210H50Z", "light"),
        _panel(208, 98, 38),
        rungs(52, 222, 186, 4, 3, 9, "steel2"),
        rect(288, 212, 96, 44, "accent-y", 4),
        rect(284, 204, 104, 12, "dark-y", 5),
        bottle(292, 112, 0.92),
        bottle(338, 112, 0.92),
    ]


def pipe_extruder() -> Shapes:
    return [
        shadow(200, 258, 185),
        rect(22, 176, 176, 76, "accent-y", 5),
        bars(34, 188, 44, 50, 3, 56, "accent4"),
        rect(26, 120, 46, 56, "dark-y", 5),
        rect(70, 132, 128, 32, "steel-y", 4),
        bars(92, 128, 16, 40, 4, 25, "brass2"),
        path("M62 52H126L110 96H78Z", "glass"),
        path("M68 72H120L110 96H78Z", "accent2"),
        rect(78, 94, 32, 40, "steel-x", 3),
        path("M198 126H222L236 138V158L222 170H198Z", "steel-y"),
        rect(234, 140, 22, 16, "white-y"),
        rect(252, 118, 70, 60, "white-y", 4),
        rect(262, 128, 50, 40, "glass", 3),
        path("M252 178H322V252H252Z", "accent-y"),
        rect(318, 138, 66, 20, "white-y", 3),
        ellipse(384, 148, 5, 10, "dark3"),
        line("M336 160V250M368 160V250", "steel3", 6),
        _panel(140, 60, 42),
        *(
            ellipse(x, y, 16, 16, "white4") + ellipse(x, y, 10, 10, "dark3")
            for x, y in ((282, 232), (310, 232), (296, 208))
        ),
    ]


def moulds() -> Shapes:
    return [
        shadow(206, 262, 160),
        block(46, 96, 116, 152, 26, "steel", 3),
        block(222, 96, 116, 152, 26, "steel", 3),
        rect(60, 116, 88, 112, "steel4", 8),
        path("M104 132Q132 136 130 172T104 212T78 172T104 132Z", "dark3"),
        path("M104 140Q124 146 122 172T104 204Z", "dark4"),
        rect(236, 116, 88, 112, "steel2", 8),
        path("M280 132Q308 136 306 172T280 212T254 172T280 132Z", "accent-x"),
        path("M272 146Q260 156 262 180Q270 160 284 144Z", "accent1"),
        *(circle(x, y, 8, "brass3") + circle(x, y, 5, "brass1") for x in (234, 326) for y in (110, 234)),
        *(circle(x, y, 8, "dark3") for x in (58, 150) for y in (110, 234)),
        ring(118, 62, 13, "steel4", 7),
        ring(294, 62, 13, "steel4", 7),
        line("M176 172H204M196 162L208 172 196 182M184 162L172 172 184 182", "accent2", 6),
    ]


def filling_machine() -> Shapes:
    def bottle(x: float, filled: int) -> str:
        return rect(x + 3, 214 - filled, 24, filled, "accent2", 2) + (
            rect(x + 6, 144, 18, 12, "dark3", 2) if filled > 34 else ""
        )

    return [
        shadow(200, 266, 180),
        path("M70 36H330V60H70Z", "white-y"),
        path("M82 58H98V224H82ZM302 58H318V224H302Z", "steel-x"),
        path("M120 40H216V92L196 106H140L120 92Z", "steel-x"),
        rect(132, 50, 18, 40, "glass", 4),
        path("M232 60H296V106H232Z", "accent-y"),
        *(rect(x, 104, 8, 42, "steel3", 2) for x in (131, 163, 195)),
        *(rect(x, 104, 14, 36, "accent-x", 3) for x in (241, 273)),
        copies(
            "bottle",
            [(x, 0) for x in (24, 120, 152, 184, 233, 265, 340)],
            path("M9 152H21V164L30 178V216H0V178L9 164Z", "glass"),
        ),
        *(bottle(x, filled) for x, filled in ((120, 12), (152, 20), (184, 28), (233, 36), (265, 38), (340, 38))),
        path("M14 216H386V232H14Z", "steel-y"),
        path("M30 232H370V258H30Z", "accent-y"),
        *(circle(x, 224, 5, "dark2") for x in range(30, 380, 34)),
    ]


def wrapping_machine() -> Shapes:
    return [
        shadow(200, 266, 170),
        ellipse(146, 246, 116, 18, "dark3"),
        ellipse(146, 240, 116, 18, "steel2"),
        block(82, 112, 106, 120, 34, "brass", 2),
        path("M82 160H188V170H82Z", "brass1"),
        path("M128 112h14v120h-14z", "brass3"),
        path("M188 136L330 112V206L216 218V122Z", "glass"),
        line("M82 184L188 190M82 204L188 210M188 140L216 126", "white1", 3),
        rect(296, 30, 50, 222, "accent-x", 6),
        rect(278, 240, 92, 20, "dark-y", 5),
        rect(262, 104, 40, 110, "white-x", 18),
        ellipse(282, 106, 20, 7, "white3"),
        ellipse(282, 106, 7, 3, "dark3"),
        rect(256, 96, 12, 126, "dark2", 3),
        rect(306, 46, 30, 40, "dark-y", 4),
        rect(311, 52, 20, 14, "accent1", 2),
        holes([(315, 76), (327, 76)], 4, "white3"),
    ]


def printing_machine() -> Shapes:
    def roller(x: float, y: float, size: float, paint: str) -> str:
        return circle(x, y, size, "dark3") + circle(x, y, size - 4, paint) + circle(x, y, 5, "dark3")

    anilox = [(152, 88), (258, 88), (146, 188), (264, 188)]

    return [
        shadow(200, 266, 185),
        rect(34, 232, 336, 24, "dark-y", 4),
        path("M118 40H292V236H118Z", "accent-y"),
        path("M132 54H278V222H132Z", "accent4"),
        line("M62 186L62 140 116 108 150 70H252L286 108 338 140V186", "white1", 6),
        roller(205, 142, 54, "steel-x"),
        copies("anilox", anilox, roller(0, 0, 20, "brass-x")),
        *(roller(x, y, 11, "accent-x") for x, y in ((205, 68), (184, 212), (228, 212))),
        roller(62, 196, 40, "white-x"),
        roller(338, 196, 40, "accent-x"),
        ring(62, 196, 26, "white4", 3),
        ring(338, 196, 26, "accent1", 3),
        path("M50 190H74L80 236H44ZM326 190H350L356 236H320Z", "dark2"),
        rect(296, 52, 52, 62, "dark-y", 5),
        rect(303, 59, 38, 26, "accent1", 2),
        holes([(311, 98), (322, 98), (333, 98)], 4, "white3"),
    ]


PLASTICS = {
    "847710": injection_moulding,
    "847730": blow_moulding,
    "847720": pipe_extruder,
    "848071": moulds,
    "842230": filling_machine,
    "842240": wrapping_machine,
    "844316": printing_machine,
}
