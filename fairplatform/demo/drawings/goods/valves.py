"""Hall 5: valves, pipe fittings and sanitary ware."""

from ..shapes import (
    Shapes,
    around,
    bars,
    circle,
    ellipse,
    holes,
    line,
    path,
    polygon,
    rect,
    ring,
    rungs,
    shadow,
    spokes,
)


def ball_valve() -> Shapes:
    return [
        shadow(200, 252, 150),
        rect(40, 148, 56, 84, "brass-y", 4),
        rect(304, 148, 56, 84, "brass-y", 4),
        rungs(92, 158, 0.1, 1, 1, 1, "brass4"),
        bars(50, 150, 4, 80, 4, 12, "brass3"),
        bars(314, 150, 4, 80, 4, 12, "brass3"),
        path("M92 140H140Q160 126 200 126T260 140H308V240H260Q240 252 200 252T140 240H92Z", "brass-y"),
        path("M104 140H124V240H104ZM276 140H296V240H276Z", "brass3"),
        rect(176, 96, 48, 38, "brass-x", 4),
        rect(188, 76, 24, 26, "steel-x", 3),
        path("M176 62H232L348 46Q364 48 362 62T346 76L236 88H176Q166 76 176 62Z", "accent-y"),
        circle(200, 74, 11, "steel2"),
        polygon(200, 74, 7, 6, "steel4"),
        ellipse(200, 190, 28, 22, "brass2"),
    ]


def check_valve() -> Shapes:
    return [
        shadow(200, 252, 150),
        *(rect(x, 104, 34, 124, "steel-y", 5) for x in (54, 312)),
        *(holes([(71 + x, y) for x in (0, 258) for y in (118, 214)], 6, "dark2") for _ in (1,)),
        path("M86 134H126Q150 96 200 96H236Q266 104 280 134H314V200H280Q250 236 200 236T126 200H86Z", "accent-y"),
        path("M150 62H250L258 78V102H142V78Z", "steel-y"),
        rect(178, 46, 44, 18, "steel-x", 4),
        holes([(158, 90), (242, 90)], 6, "steel4"),
        path("M142 158H222L214 142 262 168 214 194 222 178H142Z", "white1"),
    ]


def reducing_valve() -> Shapes:
    return [
        shadow(200, 264, 140),
        *(rect(x, 166, 44, 76, "brass-y", 5) for x in (60, 296)),
        bars(70, 168, 4, 72, 3, 12, "brass3"),
        bars(306, 168, 4, 72, 3, 12, "brass3"),
        path("M100 174H142Q160 152 200 152T258 174H300V234H258Q240 258 200 258T142 234H100Z", "brass-y"),
        path("M160 80H240L252 152H148Z", "accent-x"),
        rect(140, 140, 120, 18, "steel-y", 4),
        rect(176, 46, 48, 36, "dark-x", 5),
        bars(180, 50, 3, 28, 6, 8, "dark4"),
        circle(292, 106, 38, "steel-x"),
        circle(292, 106, 31, "white1"),
        spokes(292, 106, 23, 28, 12, "dark2", 2),
        line("M292 106L306 88", "accent3", 4),
        line("M262 150L276 140", "steel3", 12),
    ]


def safety_valve() -> Shapes:
    return [
        shadow(196, 274, 120),
        rect(142, 244, 108, 22, "steel-y", 4),
        path("M160 246V200H148V158H244V200H232V246Z", "accent-x"),
        path("M236 160H288V204H236Z", "accent-y"),
        rect(284, 138, 20, 88, "steel-x", 4),
        rect(138, 148, 116, 16, "steel-y", 4),
        path("M162 76H230L238 148H154Z", "steel-x"),
        rungs(170, 88, 54, 5, 5, 11, "steel4"),
        rect(176, 48, 40, 30, "dark-x", 6),
        path("M182 50L92 38 84 50 94 60 182 66Z", "dark1"),
        circle(96, 49, 11, "accent2"),
        circle(196, 54, 7, "steel1"),
        holes([(156, 255), (236, 255)], 5, "dark2"),
    ]


def fittings() -> Shapes:
    elbow = (
        path("M70 226V150Q72 66 156 62H222V134H166Q144 136 142 158V226Z", "steel-x"),
        rect(60, 196, 92, 46, "steel-x", 5),
        rect(198, 52, 40, 92, "steel-y", 5),
        path("M84 190V152Q88 86 154 78L190 76V84Q100 84 98 156V190Z", "light"),
        ellipse(238, 98, 8, 34, "dark3"),
        bars(68, 198, 3, 42, 7, 12, "steel4"),
    )
    return [
        shadow(200, 258, 160),
        *elbow,
        rect(232, 168, 120, 76, "accent-y", 6),
        ellipse(352, 206, 9, 38, "accent4"),
        ellipse(353, 206, 6, 28, "dark4"),
        rect(232, 164, 18, 84, "accent-y", 4),
        rect(334, 164, 14, 84, "accent-y", 4),
        bars(262, 170, 4, 72, 5, 14, "accent4"),
    ]


def flanges() -> Shapes:
    def one(x: float, y: float, size: float, paint: str) -> str:
        bolts = holes(around(x, y, size * 0.78, 8, 22.5), size * 0.1, "dark3")
        return (
            circle(x + 9, y + 7, size, "steel4")
            + circle(x, y, size, f"{paint}-x")
            + ring(x, y, size - 3, f"{paint}1", 2)
            + bolts
            + circle(x, y, size * 0.56, f"{paint}1")
            + circle(x, y, size * 0.52, f"{paint}-y")
            + circle(x, y, size * 0.36, "dark3")
            + ring(x, y, size * 0.4, f"{paint}1", 2)
        )

    return [shadow(200, 262, 150), one(272, 122, 82, "steel"), one(150, 160, 96, "steel")]


def sinks() -> Shapes:
    def bowl(x: float, width: float) -> str:
        return (
            rect(x, 136, width, 88, "steel4", 14)
            + path(f"M{x + 8} 144H{x + width - 8}L{x + width - 22} 214H{x + 22}Z", "steel-y")
            + ellipse(x + width / 2, 196, 17, 8, "dark2")
            + ellipse(x + width / 2, 195, 11, 5, "steel2")
        )

    return [
        shadow(200, 258, 180),
        path("M64 112H336L384 246H16Z", "steel-y"),
        path("M64 112H336L340 120H60Z", "white1"),
        path("M16 246H384V256H16Z", "steel4"),
        bowl(60, 136),
        bowl(210, 130),
        rect(190, 96, 22, 28, "steel-x", 5),
        line("M201 100V50Q202 28 228 28T256 52V74", "steel3", 15),
        line("M197 98V50Q200 26 228 24", "steel1", 4),
        line("M212 104L244 94", "accent3", 9),
    ]


def gas_water_heater() -> Shapes:
    return [
        shadow(206, 280, 110),
        rect(172, 10, 56, 26, "steel-x", 3),
        rect(112, 30, 176, 212, "white-x", 16),
        path("M270 30Q288 32 288 46V226Q288 242 270 242Z", "white4"),
        rect(146, 58, 108, 54, "accent3", 8),
        rect(156, 66, 88, 38, "dark4", 4),
        path("M180 76h4v18h-4zM190 76h14v4h-10v3h10v11h-14v-4h10v-3h-10zM214 74a5 5 0 1 0 .1 0z", "accent1"),
        path(
            "M200 124Q230 156 220 182Q214 200 200 200T180 182Q174 164 190 150Q192 164 200 164Q206 148 200 124Z",
            "accent-y",
        ),
        path("M200 168Q212 182 206 192Q200 198 194 192Q190 182 200 168Z", "white1"),
        circle(160, 220, 11, "steel-x"),
        circle(240, 220, 11, "steel-x"),
        *(rect(x, 242, 16, 28, "brass-x", 2) for x in (140, 192, 244)),
        *(rect(x - 3, 244, 22, 9, "brass3", 2) for x in (140, 192, 244)),
    ]


def pressure_gauges() -> Shapes:
    scale = spokes(200, 132, 66, 80, 24, "dark3", 2.5)
    return [
        shadow(200, 274, 90),
        rect(184, 222, 32, 44, "brass-x", 3),
        rungs(184, 244, 32, 3, 4, 6, "brass4"),
        polygon(200, 230, 26, 6, "brass-x"),
        circle(200, 132, 108, "dark2"),
        circle(200, 132, 106, "steel-x"),
        circle(200, 132, 92, "dark1"),
        circle(200, 132, 88, "white1"),
        scale,
        line("M152 178A66 66 0 0 1 186 68", "accent1", 7),
        line("M192 67A66 66 0 0 1 254 94", "accent3", 7),
        path("M194 146L244 84 208 140Z", "dark4"),
        circle(200, 134, 13, "dark3"),
        circle(200, 134, 5, "steel1"),
        path("M124 84Q150 46 200 44Q150 60 136 92Z", "light"),
    ]


VALVES = {
    "848180": ball_valve,
    "848130": check_valve,
    "848110": reducing_valve,
    "848140": safety_valve,
    "730792": fittings,
    "730721": flanges,
    "732410": sinks,
    "841911": gas_water_heater,
    "902620": pressure_gauges,
}
