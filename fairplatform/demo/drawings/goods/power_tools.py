"""Hall 2: power tools, garden and welding."""

from ..shapes import (
    Shapes,
    bars,
    block,
    circle,
    ellipse,
    holes,
    line,
    path,
    rect,
    rungs,
    shadow,
    spokes,
    turned,
)


def drill() -> Shapes:
    return [
        shadow(210, 270, 120),
        rect(52, 104, 60, 8, "steel-y", 2),
        path("M104 92L134 82V134L104 124Z", "dark-y"),
        rect(132, 76, 22, 64, "steel-y", 4),
        path("M152 66H300Q330 70 332 106T304 146H152Z", "accent-y"),
        bars(270, 84, 5, 40, 5, 10, "accent4"),
        path("M222 140H288L306 228H240Z", "dark-y"),
        path("M212 146H226L232 178Q214 176 212 146Z", "dark3"),
        path("M222 222H332Q342 224 342 236V256Q342 266 330 266H226Q214 266 214 254V236Z", "dark-y"),
        rect(222, 240, 112, 12, "accent2", 4),
        circle(184, 106, 18, "accent3"),
        line("M172 106H196", "white1", 4),
        line("M250 152L266 216", "shade", 6),
    ]


def angle_grinder() -> Shapes:
    return [
        shadow(200, 262, 160),
        turned(
            -12,
            path("M128 116H290Q346 118 352 146T290 178H128Z", "accent-y"),
            path("M236 116H290Q346 118 352 146T290 178H236Z", "dark-y"),
            bars(150, 128, 6, 38, 6, 12, "accent4"),
            rect(252, 126, 40, 12, "accent2", 5),
            path("M76 108H132V190H92Q72 182 72 150Z", "steel-y"),
            rect(96, 60, 22, 52, "dark-x", 9),
            path("M36 190A66 66 0 0 1 166 190Z", "dark3"),
            ellipse(101, 196, 74, 17, "steel3"),
            ellipse(101, 193, 74, 16, "dark1"),
            ellipse(101, 192, 20, 6, "steel1"),
            line("M352 148Q376 152 384 178", "dark4", 7),
        ),
    ]


def circular_saw() -> Shapes:
    return [
        shadow(200, 262, 160),
        circle(178, 178, 74, "steel3"),
        spokes(178, 178, 66, 78, 30, "steel3", 5),
        circle(178, 178, 66, "steel-x"),
        path("M90 182A88 88 0 0 1 266 182L244 186Q178 150 112 186Z", "accent-y"),
        path("M196 96Q220 58 286 66Q342 80 336 152L296 172 288 144Q300 108 270 102Q240 102 228 124Z", "dark-y"),
        circle(178, 178, 17, "dark2"),
        circle(178, 178, 7, "steel1"),
        rect(226, 128, 96, 58, "accent-y", 14),
        bars(284, 138, 5, 38, 3, 10, "accent4"),
        path("M56 220H352L360 234H48Z", "steel-y"),
        path("M148 72H196V92H148Z", "dark3"),
        circle(130, 92, 15, "dark-x"),
    ]


def chainsaw() -> Shapes:
    return [
        shadow(200, 250, 170),
        path("M196 138H40Q20 150 20 160T40 184H196Z", "steel-y"),
        line("M196 138H42Q20 144 20 161T42 184H196", "dark3", 6),
        bars(52, 131, 6, 5, 12, 12, "dark4"),
        bars(52, 186, 6, 5, 12, 12, "dark4"),
        path("M180 112H318Q340 116 342 140V206Q340 220 322 220H198Q180 218 180 200Z", "accent-y"),
        path("M188 112Q196 62 246 64H276V80H250Q214 80 208 112Z", "dark2"),
        path("M316 122Q382 124 382 168T330 220H290V204H326Q362 200 362 168T316 140Z", "dark-y"),
        path("M168 90L184 84 192 134H176Z", "dark2"),
        circle(256, 166, 36, "accent4"),
        spokes(256, 166, 10, 32, 12, "accent1", 4),
        circle(256, 166, 9, "steel1"),
        rect(306, 152, 20, 34, "dark3", 5),
    ]


def lawn_mower() -> Shapes:
    return [
        shadow(186, 264, 170),
        line("M262 186L352 54L380 52", "dark2", 10),
        line("M236 188L330 60", "dark1", 6),
        line("M346 62L384 60", "accent2", 9),
        path("M58 222Q60 178 110 172H252Q288 178 292 222Z", "accent-y"),
        path("M92 172L104 128H214L232 172Z", "dark-y"),
        rect(118, 106, 82, 26, "accent-y", 8),
        rungs(120, 138, 80, 5, 3, 10, "dark4"),
        ellipse(158, 106, 26, 8, "dark3"),
        rect(50, 214, 250, 18, "accent4", 6),
        *(circle(x, 232, 32, "dark-x") + circle(x, 232, 18, "steel-x") + circle(x, 232, 6, "dark3") for x in (90, 262)),
        path("M270 182Q330 176 336 222H292Z", "dark1"),
    ]


def knapsack_sprayer() -> Shapes:
    return [
        shadow(196, 272, 120),
        rect(134, 238, 132, 26, "dark-y", 8),
        path("M130 96Q130 72 160 70H240Q270 72 270 96V232Q270 246 254 246H146Q130 246 130 232Z", "accent-x"),
        path("M130 150Q142 160 130 172ZM270 150Q258 160 270 172Z", "accent4"),
        rect(168, 44, 64, 28, "dark-x", 8),
        rect(162, 64, 76, 10, "dark3", 4),
        rect(152, 112, 34, 98, "light", 10),
        rect(160, 150, 18, 56, "glass", 6),
        line("M270 226H318V132", "steel3", 9),
        line("M318 136L304 112", "dark2", 13),
        line("M132 238Q70 250 72 178", "dark3", 7),
        line("M72 184V128", "dark2", 13),
        line("M72 128L52 46", "steel2", 6),
        path("M42 28L64 24 58 50H48Z", "accent3"),
        line("M222 92Q262 150 226 236", "dark4", 9),
    ]


def pressure_washer() -> Shapes:
    return [
        shadow(190, 270, 150),
        line("M138 100V54Q138 40 152 40H228Q242 40 242 54V100", "dark2", 11),
        path("M112 98Q116 84 134 84H246Q264 84 268 98L284 232H96Z", "accent-x"),
        path("M130 130H250L256 178H124Z", "dark-y"),
        rungs(142, 140, 96, 5, 4, 9, "dark4"),
        circle(190, 106, 13, "dark3"),
        line("M190 106V97", "white1", 4),
        rect(102, 212, 176, 32, "dark-y", 8),
        *(circle(x, 240, 28, "dark-x") + circle(x, 240, 13, "steel-x") for x in (116, 264)),
        line("M276 200C330 216 346 190 338 150", "dark4", 8),
        path("M322 152L346 146 354 112 330 108Z", "dark2"),
        line("M338 112L318 32", "steel3", 9),
        rect(306, 18, 20, 24, "accent3", 4),
    ]


def arc_welder() -> Shapes:
    return [
        shadow(200, 264, 160),
        line("M118 82Q118 42 150 42H250Q282 42 282 82", "dark2", 15),
        block(82, 86, 216, 150, 32, "accent", 10),
        rect(96, 100, 188, 84, "dark-y", 8),
        rect(112, 114, 66, 34, "glass", 4),
        rect(118, 120, 54, 22, "accent1", 2),
        circle(232, 142, 28, "steel-x"),
        circle(232, 142, 18, "dark3"),
        line("M232 142L244 126", "white1", 5),
        holes([(120, 166), (140, 166), (160, 166)], 5, "accent1"),
        *(circle(x, 210, 14, "dark3") + circle(x, 210, 7, "brass2") for x in (130, 250)),
        line("M130 212C110 268 40 266 44 214", "dark4", 9),
        path("M34 214L54 210 60 160 44 156Z", "dark1"),
        line("M48 160L34 112", "steel2", 6),
        line("M250 212C270 266 340 272 352 246", "dark4", 9),
        rect(104, 234, 40, 12, "dark3", 4),
        rect(236, 234, 40, 12, "dark3", 4),
    ]


def electrodes() -> Shapes:
    rods = [(96 + 15 * step, 40 + (step % 3) * 9) for step in range(9)]
    return [
        shadow(200, 266, 160),
        *(rect(x, y, 8, 30, "steel-x", 2) + rect(x - 2, y + 26, 12, 130, "brass-x", 2) for x, y in rods),
        block(76, 130, 176, 122, 40, "accent", 4),
        rect(92, 158, 144, 66, "white2", 4),
        line("M112 180H216M112 200H186", "accent2", 8),
        turned(0, *(line(f"M{300 + 14 * n} 262L{268 + 22 * n} 140", "brass3", 9) for n in range(3))),
        *(line(f"M{268 + 22 * n} 140L{262 + 23.5 * n} 116", "steel3", 6) for n in range(3)),
    ]


def twist_drills() -> Shapes:
    def one(x: float, length: float, width: float) -> str:
        top = 262 - length
        turns = "".join(
            f"M{x} {top + 22 + step * 17 + 12}L{x + width} {top + 22 + step * 17}"
            for step in range(int(length * 0.58 / 17))
        )
        return (
            path(f"M{x + width / 2} {top}L{x + width} {top + 16}V262H{x}V{top + 16}Z", "steel-x")
            + line(turns, "steel4", width * 0.22)
            + rect(x, 262 - length * 0.3, width, length * 0.3, "dark-x", 2)
        )

    return [
        shadow(200, 266, 150),
        *(one(66 + 42 * n - n * n, 230 - 22 * n, 30 - 3.4 * n) for n in range(7)),
        path("M46 216H354L362 264H38Z", "accent-y"),
        rect(44, 216, 312, 8, "accent1", 2),
    ]


POWER_TOOLS = {
    "846721": drill,
    "846729": angle_grinder,
    "846722": circular_saw,
    "846781": chainsaw,
    "843311": lawn_mower,
    "842441": knapsack_sprayer,
    "842430": pressure_washer,
    "851539": arc_welder,
    "831110": electrodes,
    "820750": twist_drills,
}
