"""Hall 6: pumps, motors, generators and drives."""

from ..shapes import (
    Shapes,
    around,
    bars,
    block,
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
    spokes,
)


def _motor(x: float, y: float, paint: str) -> str:
    """A motor lying on its feet, its shaft to the left; 220 wide."""
    return (
        rect(x - 44, y + 44, 50, 18, "steel-y", 2)
        + rect(x + 30, y + 100, 44, 22, f"{paint}4", 3)
        + rect(x + 120, y + 100, 44, 22, f"{paint}4", 3)
        + rect(x, y, 32, 108, f"{paint}-y", 10)
        + rect(x + 24, y - 4, 150, 116, f"{paint}-y", 6)
        + rungs(x + 28, y + 8, 142, 4, 9, 11, f"{paint}4")
        + path(
            f"M{x + 172} {y - 2}H{x + 206}Q{x + 222} {y + 4} {x + 222} {y + 54}T{x + 206} {y + 110}H{x + 172}Z",
            "dark-y",
        )
        + bars(x + 186, y + 14, 5, 80, 3, 10, "dark4")
        + rect(x + 62, y - 32, 70, 34, "dark-y", 5)
    )


def pumps() -> Shapes:
    return [
        shadow(200, 262, 170),
        moved(34, 72, _motor(80, 50, "accent"), scale=0.82),
        circle(116, 160, 62, "steel4"),
        circle(112, 160, 58, "steel-x"),
        circle(112, 160, 30, "steel3"),
        circle(112, 160, 20, "dark3"),
        path("M60 152V80H102V112Q70 124 60 152Z", "steel-x"),
        rect(48, 62, 66, 20, "steel-y", 4),
        path("M86 214H138L150 240H74Z", "steel4"),
        rect(312, 70, 58, 186, "steel-x", 10),
        rungs(318, 120, 46, 3, 8, 8, "steel4"),
        rect(330, 46, 22, 26, "brass-x", 3),
        rect(312, 196, 58, 26, "accent-x", 2),
        line("M350 58Q386 44 384 116V236", "dark3", 5),
    ]


def air_compressor() -> Shapes:
    return [
        shadow(200, 272, 160),
        path("M92 150H296Q346 154 346 194T296 238H92Q44 234 44 194T92 150Z", "accent-y"),
        bars(96, 150, 3, 88, 2, 196, "accent4"),
        line("M70 236L58 262M330 236L342 262", "dark2", 10),
        circle(92, 250, 22, "dark-x"),
        circle(92, 250, 9, "steel1"),
        rect(296, 234, 24, 32, "dark3", 4),
        rect(204, 88, 110, 56, "dark-y", 10),
        bars(224, 90, 4, 52, 7, 11, "dark4"),
        circle(130, 108, 44, "dark2"),
        spokes(130, 108, 10, 38, 6, "steel3", 6),
        ring(130, 108, 40, "steel2", 5),
        path("M108 66L114 24H148L154 66Z", "steel-x"),
        rungs(106, 30, 50, 4, 4, 9, "steel4"),
        line("M154 40H186V150", "brass3", 7),
        line("M318 150V118", "brass3", 7),
        circle(322, 104, 20, "steel-x"),
        circle(322, 104, 15, "white1"),
        line("M322 104L330 96", "accent3", 3),
        line("M346 180H372V166", "dark2", 9),
    ]


def single_phase_motor() -> Shapes:
    return [
        shadow(204, 254, 150),
        moved(-14, 0, _motor(100, 118, "accent")),
        rect(130, 66, 116, 44, "dark-y", 20),
        path("M142 108H232L224 120H150Z", "dark3"),
        rect(150, 76, 76, 8, "light", 4),
        rect(204, 150, 48, 28, "white3", 3),
        line("M212 160H244M212 169H234", "steel4", 3),
    ]


def three_phase_motor() -> Shapes:
    return [
        shadow(206, 264, 170),
        moved(-34, -28, _motor(84, 108, "steel"), scale=1.26),
        rect(154, 60, 96, 58, "accent-y", 6),
        rect(164, 70, 76, 10, "accent4", 3),
        ring(202, 50, 12, "steel4", 7),
        holes([(164, 110), (240, 110)], 4, "steel1"),
        rect(158, 150, 58, 32, "white3", 3),
        line("M166 160H206M166 171H194", "steel4", 3),
    ]


def petrol_generator() -> Shapes:
    return [
        shadow(200, 264, 160),
        line("M74 236V72Q76 56 92 56H308Q326 56 326 72V236Q326 250 308 250H92Q76 250 74 236Z", "dark2", 12),
        path("M98 74H302Q310 74 310 84V116Q310 126 300 126H100Q90 126 90 116V84Q90 74 98 74Z", "accent-y"),
        ellipse(200, 72, 28, 9, "dark3"),
        rect(94, 136, 104, 100, "dark-y", 8),
        circle(146, 186, 36, "dark1"),
        spokes(146, 186, 8, 34, 14, "dark4", 4),
        circle(146, 186, 10, "accent2"),
        rect(206, 136, 102, 100, "steel-y", 6),
        rect(218, 146, 78, 28, "dark3", 4),
        circle(232, 160, 8, "white1"),
        holes([(262, 160), (282, 160)], 7, "accent1"),
        *(
            circle(x, 206, 17, "dark2")
            + circle(x, 206, 12, "white3")
            + holes([(x - 4, 203), (x + 4, 203), (x, 211)], 2.4, "dark4")
            for x in (234, 280)
        ),
        rect(84, 246, 40, 14, "dark4", 4),
        rect(276, 246, 40, 14, "dark4", 4),
    ]


def diesel_generator() -> Shapes:
    return [
        shadow(204, 258, 180),
        path("M30 232H354L374 222V238L354 250H30Z", "dark3"),
        block(44, 94, 300, 138, 30, "accent", 4),
        rect(58, 108, 62, 110, "accent4", 3),
        rungs(64, 116, 50, 6, 9, 11, "accent2"),
        rect(132, 108, 84, 110, "accent3", 3),
        rect(224, 108, 106, 110, "accent3", 3),
        line("M208 150V176M236 150V176", "steel1", 5),
        rect(252, 120, 66, 48, "dark-y", 4),
        rect(260, 127, 36, 18, "glass", 2),
        holes([(268, 156), (284, 156), (300, 156)], 4.5, "accent1"),
        circle(306, 136, 5, "white1"),
        path("M100 78V38Q100 28 112 28H134V40H116V74Z", "steel-x"),
        rect(206, 66, 44, 10, "dark2", 3),
        rect(60, 232, 40, 10, "dark4", 0),
    ]


def ball_bearings() -> Shapes:
    def one(x: float, y: float, size: float) -> str:
        return (
            circle(x + 7, y + 6, size, "steel4")
            + circle(x, y, size, "steel-x")
            + circle(x, y, size * 0.79, "dark3")
            + holes(around(x, y, size * 0.655, 10), size * 0.145, "steel2")
            + holes(around(x - size * 0.03, y - size * 0.04, size * 0.655, 10), size * 0.06, "white1")
            + circle(x, y, size * 0.52, "steel-x")
            + circle(x, y, size * 0.36, "dark2")
            + circle(x, y, size * 0.33, "white2")
        )

    return [shadow(200, 262, 150), one(288, 122, 66), one(154, 150, 104), ring(154, 150, 98, "accent2", 4)]


def gear_reducers() -> Shapes:
    return [
        shadow(200, 266, 150),
        path("M90 234H312L322 256H80Z", "dark3"),
        path("M104 118Q110 84 150 80H224Q262 84 266 118L274 236H96Z", "accent-y"),
        rungs(112, 96, 150, 4, 3, 10, "accent4"),
        circle(186, 172, 62, "accent4"),
        circle(186, 172, 56, "accent-x"),
        holes(around(186, 172, 46, 8, 22), 5, "steel1"),
        circle(186, 172, 30, "steel-x"),
        circle(186, 172, 20, "dark3"),
        rect(183, 148, 6, 10, "dark3", 1),
        rect(268, 110, 22, 108, "steel-x", 4),
        rect(288, 134, 24, 60, "steel-y", 4),
        rect(310, 152, 58, 24, "steel-y", 3),
        rect(320, 152, 34, 7, "steel4", 2),
        ring(186, 70, 12, "steel4", 7),
    ]


def electric_hoist() -> Shapes:
    return [
        path("M20 22H380V34H20ZM20 66H380V78H20Z", "steel-y"),
        rect(20, 34, 360, 32, "steel3"),
        shadow(200, 276, 100),
        *(circle(x, 62, 16, "dark-x") + circle(x, 62, 6, "steel1") for x in (160, 240)),
        path("M140 66H260V112H140Z", "dark2"),
        rect(88, 104, 66, 74, "dark-y", 14),
        rect(150, 98, 110, 86, "accent-y", 6),
        rect(256, 106, 58, 70, "steel-y", 12),
        bars(268, 110, 4, 62, 4, 10, "steel4"),
        bars(162, 102, 4, 78, 8, 12, "accent4"),
        line("M190 184V228M212 184V228", "dark2", 4),
        rect(176, 218, 50, 26, "accent-y", 8),
        line("M201 244V252Q222 254 220 270T196 284T178 270", "steel3", 10),
        line("M116 178V236", "dark3", 4),
        rect(104, 234, 24, 44, "accent3", 6),
        holes([(116, 246), (116, 264)], 6, "white1"),
    ]


PUMPS = {
    "841370": pumps,
    "841480": air_compressor,
    "850140": single_phase_motor,
    "850152": three_phase_motor,
    "850220": petrol_generator,
    "850211": diesel_generator,
    "848210": ball_bearings,
    "848340": gear_reducers,
    "842511": electric_hoist,
}
