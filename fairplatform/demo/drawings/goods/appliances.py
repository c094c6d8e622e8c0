"""Hall 12: small appliances of the household."""

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
    ring,
    rungs,
    shadow,
    spokes,
    turned,
)


def blender() -> Shapes:
    return [
        shadow(200, 280, 100),
        path("M136 52H258L244 178H150Z", "glass"),
        path("M142 108H252L244 178H150Z", "accent1"),
        path("M142 108Q170 96 198 108T252 108V116H143Z", "accent2"),
        path("M146 62H162L170 168H158Z", "white1"),
        line("M256 74Q304 72 300 116T252 156", "steel2", 13),
        rect(130, 40, 134, 16, "dark-y", 6),
        rect(172, 24, 50, 18, "dark-x", 6),
        rect(146, 174, 102, 18, "dark-y", 4),
        path("M150 190H244L268 266Q268 274 258 274H136Q126 274 126 266Z", "accent-x"),
        circle(197, 232, 22, "steel-x"),
        circle(197, 232, 14, "dark3"),
        line("M197 232L206 222", "white1", 4),
        path("M186 168L197 158 208 168 197 164Z", "steel4"),
        line("M226 124H240M228 140H238M228 92H244", "white1", 3),
    ]


def steam_irons() -> Shapes:
    return [
        shadow(200, 254, 170),
        path("M28 232Q48 168 130 152H318Q352 156 358 232Z", "accent-y"),
        path("M122 152Q150 76 226 68H296Q340 72 344 120L340 162H318Q316 112 286 104H232Q192 106 176 152Z", "accent-y"),
        path("M232 68H296Q340 72 344 120L342 140H320Q314 110 286 104H232Z", "dark-y"),
        path("M16 232H362V246H20Q12 242 16 232Z", "steel-y"),
        path("M84 202Q110 176 160 174H218V214H78Z", "glass"),
        path("M84 206Q100 196 140 196T218 198V214H78Z", "white1"),
        circle(268, 190, 21, "dark2"),
        circle(268, 190, 14, "steel1"),
        line("M268 190V178", "accent3", 4),
        rect(228, 58, 26, 12, "accent1", 4),
        line("M342 104Q382 86 374 36", "dark3", 8),
        line("M60 256q-8 7 0 14M100 256q-8 7 0 14M140 256q-8 7 0 14", "steel2", 4),
    ]


def water_heaters() -> Shapes:
    return [
        shadow(200, 276, 130),
        rect(44, 66, 312, 148, "white-y", 70),
        path("M114 66H126V214H114ZM274 66H286V214H274Z", "white3"),
        rect(146, 176, 108, 24, "dark3", 8),
        path("M160 183h4v11h-4zM170 183h10v4h-6v2h6v5h-10zM186 184a4 4 0 1 0 .1 0z", "accent1"),
        holes([(216, 188), (236, 188)], 5, "accent1"),
        circle(320, 140, 20, "accent3"),
        circle(320, 140, 14, "accent1"),
        line("M320 148V132", "dark4", 3),
        rect(150, 212, 16, 44, "brass-x", 2),
        rect(234, 212, 16, 44, "brass-x", 2),
        rect(146, 218, 24, 12, "accent-x", 2),
        rect(230, 218, 24, 12, "dark-x", 2),
        rect(110, 52, 20, 18, "steel3", 3),
        rect(270, 52, 20, 18, "steel3", 3),
        path("M80 96Q110 78 180 78H300Q200 84 96 112Z", "white1"),
        path("M200 102Q224 128 216 148Q212 160 200 160T184 148Q180 130 194 120Q194 130 200 132Z", "accent2"),
    ]


def pedestal_fans() -> Shapes:
    return [
        shadow(200, 282, 90),
        ellipse(200, 276, 74, 11, "dark3"),
        ellipse(200, 272, 74, 11, "accent-x"),
        rect(192, 170, 16, 104, "steel-x", 2),
        rect(186, 216, 28, 26, "accent-x", 5),
        rect(178, 100, 44, 90, "dark-x", 12),
        circle(200, 112, 100, "shade"),
        *(
            turned(angle, path("M200 112Q166 86 178 34Q206 18 228 40Q232 84 200 112Z", "accent-x"), x=200, y=112)
            for angle in (0, 120, 240)
        ),
        spokes(200, 112, 22, 96, 28, "steel2", 1.6),
        ring(200, 112, 98, "steel3", 5),
        ring(200, 112, 66, "steel2", 2),
        ring(200, 112, 40, "steel2", 2),
        circle(200, 112, 22, "steel-x"),
        circle(200, 112, 12, "accent3"),
    ]


def air_coolers() -> Shapes:
    return [
        shadow(206, 280, 120),
        block(110, 34, 164, 226, 34, "white", 12),
        rect(122, 46, 140, 34, "accent3", 6),
        rect(132, 53, 44, 20, "accent1", 3),
        holes([(196, 63), (216, 63), (236, 63)], 6, "white2"),
        rect(124, 92, 136, 86, "dark3", 6),
        rungs(130, 99, 124, 6, 6, 13, "white4"),
        bars(152, 96, 3, 78, 4, 27, "steel2"),
        rect(124, 192, 136, 54, "accent-y", 6),
        rect(226, 200, 24, 38, "glass", 4),
        rect(226, 216, 24, 22, "accent1", 3),
        path(
            "M154 206Q168 222 162 232Q154 240 146 232Q140 222 154 206Z"
            "M182 212Q192 222 188 230Q182 236 176 230Q172 222 182 212Z",
            "white1",
        ),
        *(circle(x, 268, 12, "dark-x") + circle(x, 268, 5, "steel1") for x in (128, 256)),
        line("M92 112q-12 -9 -24 0t-24 0M92 140q-12 -9 -24 0t-24 0M92 168q-12 -9 -24 0t-24 0", "accent1", 5),
    ]


def kitchen_scales() -> Shapes:
    return [
        shadow(200, 264, 140),
        path("M82 108H318Q310 160 246 168H154Q90 160 82 108Z", "steel-x"),
        ellipse(200, 108, 118, 20, "steel2"),
        ellipse(200, 110, 104, 14, "steel4"),
        circle(160, 88, 31, "accent2"),
        circle(152, 80, 12, "accent1"),
        circle(218, 84, 35, "brass2"),
        circle(208, 74, 13, "brass1"),
        line("M160 58Q164 48 176 46M218 50Q220 42 230 38", "accent4", 4),
        path("M84 112A118 20 0 0 0 316 112L312 126A112 20 0 0 1 88 126Z", "steel-x"),
        rect(170, 164, 60, 16, "dark2", 3),
        path("M106 180Q108 174 118 174H282Q292 174 294 180L318 246Q320 256 308 256H92Q80 256 82 246Z", "accent-y"),
        rect(146, 194, 108, 40, "dark4", 6),
        rect(152, 199, 96, 30, "accent1", 4),
        path(
            "M168 205h4v18h-4zM180 205h14v4h-14zM180 212h14v4h-14z"
            "M180 219h14v4h-14zM206 205h14v4h-10v14h-4zM220 219h-10v4h14v-10h-4z",
            "dark4",
        ),
        circle(118, 230, 9, "white2"),
        circle(282, 230, 9, "white2"),
    ]


APPLIANCES = {
    "850940": blender,
    "851640": steam_irons,
    "851610": water_heaters,
    "841451": pedestal_fans,
    "847960": air_coolers,
    "842310": kitchen_scales,
}
