"""The medical and surgical conference: chairs, beds and what stands beside them."""

from ..shapes import (
    Shapes,
    block,
    circle,
    ellipse,
    holes,
    line,
    path,
    rect,
    ring,
    shadow,
    spokes,
    turned,
)


def dental_chair() -> Shapes:
    return [
        shadow(190, 276, 140),
        ellipse(176, 266, 96, 13, "steel3"),
        ellipse(176, 260, 96, 13, "white2"),
        path("M152 200H204L212 258H144Z", "white-x"),
        path(
            "M40 116Q52 96 72 106L140 172H244L348 196Q366 206 356 216H128Q108 214 98 198L42 136Q34 126 40 116Z",
            "accent-y",
        ),
        path("M46 122Q56 106 70 116L138 182H240L340 206Q240 198 132 192Q112 184 46 122Z", "accent1"),
        turned(42, rect(22, 90, 44, 24, "accent-y", 10), x=44, y=102),
        rect(132, 160, 92, 14, "dark-y", 6),
        line("M276 262V60L214 40", "steel3", 9),
        circle(276, 60, 9, "steel1"),
        path("M184 30L232 28 240 50 190 58Z", "white-y"),
        ellipse(212, 56, 22, 6, "brass1"),
        line("M276 130H318", "steel3", 7),
        path("M300 124H374V134H300Z", "white-y"),
        line("M310 134V160M326 134V158M342 134V162M358 134V156", "dark2", 4),
        ellipse(276, 264, 26, 6, "dark3"),
    ]


def hospital_beds() -> Shapes:
    return [
        shadow(200, 276, 180),
        *(line(f"M{x} 200L{x + 60} 250M{x + 60} 200L{x} 250", "steel3", 8) for x in (96, 232)),
        rect(48, 244, 300, 12, "steel-y", 4),
        *(circle(x, 264, 14, "dark-x") + circle(x, 264, 5, "steel1") for x in (72, 326)),
        rect(34, 188, 336, 16, "white-y", 4),
        path("M52 188L52 168 138 154 158 166H352V188H158L138 188Z", "accent1"),
        path("M50 172L128 108 150 128 158 160H350V180H150L126 150 62 188Z", "accent-y"),
        path("M64 146L106 110Q116 106 124 116L82 160Z", "white1"),
        rect(26, 92, 14, 112, "accent-x", 5),
        rect(362, 118, 14, 86, "accent-x", 5),
        line("M196 160V124H312V160M225 124V160M254 124V160M283 124V160", "steel2", 6),
        line("M44 92V40Q44 30 56 30", "steel3", 5),
        path("M50 34H74V64Q62 74 50 64Z", "glass"),
    ]


def sterilisers() -> Shapes:
    return [
        shadow(206, 270, 160),
        block(50, 60, 284, 190, 36, "white", 10),
        circle(158, 156, 82, "steel4"),
        circle(158, 156, 76, "steel-x"),
        circle(158, 156, 56, "accent-x"),
        circle(158, 156, 44, "accent4"),
        spokes(158, 156, 8, 66, 4, "steel1", 9),
        circle(158, 156, 15, "dark-x"),
        rect(238, 136, 10, 42, "dark3", 3),
        rect(258, 80, 62, 96, "dark-y", 6),
        rect(266, 88, 46, 30, "accent1", 3),
        holes([(274 + 15 * column, 134 + 16 * row) for row in range(2) for column in range(3)], 5, "white3"),
        circle(289, 208, 21, "steel-x"),
        circle(289, 208, 16, "white1"),
        line("M289 208L298 198", "accent3", 3),
        rect(70, 250, 34, 12, "dark3", 3),
        rect(280, 250, 34, 12, "dark3", 3),
    ]


def wheelchairs() -> Shapes:
    return [
        shadow(196, 278, 140),
        line("M126 48H100M126 48V178M126 110H246", "dark2", 9),
        rect(116, 62, 22, 84, "accent-x", 7),
        rect(118, 158, 142, 18, "accent-y", 7),
        line("M252 168L284 244H322", "steel3", 9),
        line("M142 118V110H236V166", "steel4", 7),
        rect(150, 102, 86, 12, "dark-y", 6),
        ring(164, 196, 72, "dark2", 11),
        ring(164, 196, 60, "steel2", 4),
        spokes(164, 196, 8, 66, 16, "steel3", 2),
        circle(164, 196, 12, "accent-x"),
        ring(280, 250, 21, "dark2", 8),
        circle(280, 250, 8, "steel1"),
        rect(296, 240, 44, 9, "accent3", 4),
        line("M252 200L280 250", "steel3", 6),
    ]


HOSPITAL_FURNITURE = {
    "940210": dental_chair,
    "940290": hospital_beds,
    "841920": sterilisers,
    "871310": wheelchairs,
}
