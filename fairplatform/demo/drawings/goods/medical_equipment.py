"""The medical and surgical conference: equipment of hospitals and surgeries."""

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
    turned,
)


def dental_drill() -> Shapes:
    return [
        shadow(200, 266, 150),
        block(40, 150, 170, 100, 28, "white", 8),
        rect(54, 164, 92, 40, "dark4", 5),
        rect(60, 170, 80, 28, "accent1", 3),
        circle(178, 186, 20, "accent-x"),
        line("M178 186L188 174", "white1", 4),
        holes([(66, 226), (90, 226), (114, 226)], 7, "accent2"),
        line("M206 232C270 290 380 250 346 196", "dark2", 8),
        turned(
            -32,
            path("M196 128H330Q342 130 342 142T330 156H196Q186 152 186 142T196 128Z", "steel-y"),
            rect(236, 126, 60, 32, "accent-y", 4),
            bars(242, 128, 3, 28, 6, 9, "accent4"),
            path("M188 130L150 138V150L188 154Z", "steel2"),
            rect(132, 124, 22, 38, "steel-x", 6),
            line("M143 162V184", "steel3", 4),
            circle(143, 186, 4, "brass2"),
            x=260, y=150,
        ),
    ]  # fmt: skip


def ophthalmic() -> Shapes:
    return [
        shadow(200, 274, 150),
        path("M60 246H340L350 266H50Z", "dark-y"),
        rect(84, 226, 232, 20, "white-y", 4),
        rect(214, 140, 40, 90, "white-x", 5),
        path("M204 150L258 40Q286 36 296 52L262 156Z", "accent-x"),
        path("M250 48L320 20 330 42 268 74Z", "dark-y"),
        ellipse(326, 31, 6, 12, "steel2"),
        rect(156, 92, 74, 40, "white-y", 8),
        rect(140, 98, 20, 28, "dark-x", 4),
        ellipse(140, 112, 5, 14, "glass"),
        line("M98 228V60Q98 48 110 48H124", "steel3", 9),
        path("M112 176Q86 180 90 196L122 198Q126 182 112 176Z", "accent2"),
        rect(92, 62, 42, 13, "accent2", 6),
        circle(280, 206, 11, "dark2"),
        line("M280 226V196", "dark3", 8),
        circle(280, 190, 12, "dark-x"),
    ]


def patient_monitors() -> Shapes:
    return [
        shadow(200, 270, 150),
        path("M150 34Q152 20 170 20H230Q248 20 250 34V46H150Z", "accent3"),
        rect(48, 40, 304, 208, "white-y", 16),
        rect(64, 56, 236, 164, "dark4", 8),
        line(
            "M74 98H104L112 84 122 116 132 66 142 104 150 98H180L188 84 198 116 208 66 218 104 226 98H246", "accent1", 4
        ),
        line("M74 148Q88 120 100 146T126 146T152 146T178 146T204 146T230 146H246", "brass2", 4),
        line("M74 192Q96 170 118 192T162 192T206 192T246 188", "white3", 4),
        path(
            "M260 78h5v26h-5zM270 78h18v5h-13v6h13v15h-18v-5h13v-5h-13z"
            "M260 128h18v5h-18zM260 140h18v5h-18zM283 128h5v28h-5z",
            "accent1",
        ),
        path("M262 182h22v5h-22zM262 194h22v5h-22z", "white3"),
        *(circle(326, y, 11, "accent2") for y in (84, 118)),
        circle(326, 164, 18, "steel-x"),
        path("M110 248H290L304 266H96Z", "dark-y"),
        holes([(84, 234), (104, 234), (124, 234), (144, 234)], 6, "accent3"),
    ]


def ultrasound() -> Shapes:
    return [
        shadow(200, 286, 110),
        line("M192 62L206 110", "dark2", 11),
        path("M98 12H266Q274 12 274 20V96Q274 104 266 104H98Q90 104 90 96V20Q90 12 98 12Z", "dark-y"),
        rect(100, 22, 164, 72, "dark4", 3),
        path("M182 26L232 84Q182 104 132 84Z", "steel3"),
        path("M182 40L208 80Q182 92 158 80Z", "dark2"),
        ellipse(184, 72, 12, 7, "white3"),
        path("M82 134L292 124 306 150 74 156Z", "white-y"),
        path("M104 138L270 130 278 146 100 150Z", "dark3"),
        holes([(118 + 16 * n, 142 - n * 0.8) for n in range(7)], 4, "accent1"),
        circle(254, 139, 8, "accent2"),
        path("M118 154H264L276 262H106Z", "accent-x"),
        rungs(142, 176, 96, 5, 4, 12, "accent4"),
        *(rect(x, 118, 15, 34, "white-x", 5) for x in (312, 336)),
        line("M320 152C330 220 270 230 268 200M344 152C364 250 280 262 270 226", "dark3", 4),
        line("M300 146H352", "dark1", 7),
        *(circle(x, 270, 13, "dark-x") + circle(x, 270, 5, "steel1") for x in (124, 258)),
    ]


def electrocardiograph() -> Shapes:
    grid = (
        "".join(f"M{216 + 18 * n} {34 + n}L{208 + 19 * n} 132" for n in range(7)) + "M214 56H336M212 80H338M210 106H340"
    )
    return [
        shadow(200, 264, 160),
        path("M206 32L334 38 346 140H198Z", "white1"),
        line(grid, "accent1", 1.5),
        line("M208 92L232 91 240 82 250 116 260 46 270 100 280 92 298 91 306 82 316 108 322 60 334 92", "dark4", 3.5),
        path("M62 142Q66 126 84 126H316Q334 126 338 142L356 238H44Z", "white-y"),
        path("M44 238H356V250Q356 258 346 258H54Q44 258 44 250Z", "accent3"),
        path("M84 142H184L182 198H72Z", "dark4"),
        line("M82 174H104L110 160 118 190 126 150 134 178 174 174", "accent1", 3),
        rect(196, 130, 152, 12, "steel3", 4),
        holes([(214 + 26 * column, 170 + 22 * row) for row in range(3) for column in range(5)], 8, "accent2"),
        line("M46 230C0 210 10 120 40 110M50 226C10 190 30 90 62 84", "dark3", 4),
        *(circle(x, y, 10, "accent-x") for x, y in ((42, 106), (64, 80))),
        rungs(80, 212, 90, 4, 2, 9, "steel3"),
    ]


def oxygen_concentrators() -> Shapes:
    return [
        shadow(200, 280, 130),
        block(88, 48, 138, 208, 40, "white", 14),
        rect(102, 62, 110, 72, "accent-x", 8),
        rect(112, 72, 42, 24, "accent1", 3),
        circle(184, 96, 18, "glass"),
        rect(181, 80, 6, 32, "white1", 2),
        circle(184, 92, 6, "dark3"),
        rungs(114, 164, 86, 5, 6, 11, "steel2"),
        *(circle(x, 264, 14, "dark-x") for x in (106, 208)),
        rect(122, 110, 24, 14, "dark3", 3),
        line("M150 120C180 160 290 140 300 210", "white4", 8),
        line("M150 120C180 160 290 140 300 210", "white1", 4),
        rect(290, 204, 26, 44, "glass", 6),
        rect(290, 226, 26, 22, "accent1", 5),
        path("M282 186Q304 160 340 170Q366 184 358 214Q330 226 306 208Z", "glass"),
        path("M292 188Q310 170 338 178L346 190Q324 190 306 204Z", "white1"),
        line("M354 182Q384 150 372 110", "accent3", 4),
    ]


def x_ray_units() -> Shapes:
    return [
        shadow(200, 276, 160),
        rect(44, 20, 26, 250, "steel-x", 3),
        rect(30, 262, 96, 14, "dark2", 3),
        rect(38, 84, 42, 58, "accent-x", 6),
        path("M78 98H226V122H78Z", "white-y"),
        path("M196 54H282L290 128H188Z", "white-x"),
        ellipse(190, 90, 18, 34, "accent2"),
        path("M212 126H266L274 152H204Z", "dark-y"),
        path("M210 152H268L330 206H148Z", "beam"),
        path("M110 204H380L372 224H102Z", "accent-y"),
        path("M110 204H380L378 210H108Z", "accent1"),
        rect(158, 224, 26, 46, "white-x"),
        rect(306, 224, 26, 46, "white-x"),
        rect(140, 262, 212, 12, "dark2", 4),
        rect(310, 46, 64, 88, "dark4", 4),
        line(
            "M342 56V120M342 68Q324 66 322 82M342 68Q360 66 362 82M342 82Q322 82 322 98"
            "M342 82Q362 82 362 98M342 98Q328 100 328 112M342 98Q356 100 356 112",
            "white3",
            4,
        ),
    ]


MEDICAL_EQUIPMENT = {
    "901841": dental_drill,
    "901850": ophthalmic,
    "901819": patient_monitors,
    "901812": ultrasound,
    "901811": electrocardiograph,
    "901920": oxygen_concentrators,
    "902214": x_ray_units,
}
