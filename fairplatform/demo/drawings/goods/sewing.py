"""Hall 11: sewing and textile machinery."""

from ..shapes import (
    Shapes,
    around,
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
    spokes,
)


def _head(paint: str) -> str:
    """The head of a sewing machine: arm, column, needle, hand wheel."""
    return (
        path("M78 84Q80 66 100 66H316Q336 68 336 88V206H268V132Q268 122 256 122H130L126 150H84Z", paint)
        + rect(100, 148, 12, 22, "steel-x", 2)
        + rect(104, 168, 4, 34, "steel3")
        + path("M92 196H122V203H92Z", "steel4")
        + circle(346, 104, 32, "dark2")
        + circle(346, 104, 26, "steel-x")
        + circle(346, 104, 9, "dark3")
        + circle(98, 106, 9, "steel1")
        + line("M150 66V44M232 66V44", "steel3", 4)
    )


def _spool(x: float, y: float, paint: str) -> str:
    return path(f"M{x - 13} {y}L{x + 13} {y}L{x + 17} {y + 30}H{x - 17}Z", paint) + rect(
        x - 19, y + 28, 38, 6, "brass2", 2
    )


def lockstitch() -> Shapes:
    return [
        shadow(206, 284, 150),
        path("M92 232H106L98 280H84ZM318 232H332L340 280H326Z", "steel4"),
        path("M78 276H346V284H78Z", "dark3"),
        rect(34, 212, 344, 20, "brass-y", 4),
        rect(60, 202, 290, 14, "steel-y", 4),
        _head("white-x"),
        path("M268 132H336V150H268Z", "accent3"),
        rect(180, 78, 76, 34, "accent-y", 4),
        rect(190, 86, 32, 18, "accent1", 2),
        holes([(234, 95), (246, 95)], 4, "white1"),
        rect(186, 232, 96, 34, "dark-y", 10),
        line("M350 212V48M350 48L300 44", "steel3", 5),
        _spool(304, 14, "accent-x"),
        _spool(346, 18, "dark-x"),
        line("M300 20L150 44 98 96 104 150", "accent1", 2),
        path("M40 200Q70 192 90 203L60 203Z", "accent1"),
    ]


def household_sewing() -> Shapes:
    return [
        shadow(206, 262, 160),
        moved(0, 12, _head("accent-x")),
        path("M60 212H344Q352 214 352 226V246Q352 254 342 254H70Q58 254 58 244Z", "white-y"),
        rect(70, 208, 212, 10, "steel-y", 3),
        circle(306, 160, 19, "white1"),
        spokes(306, 160, 13, 17, 10, "steel3", 2),
        line("M306 160V150", "dark3", 3),
        rect(152, 92, 90, 28, "accent1", 5),
        line("M164 106q8 -12 16 0t16 0t16 0t16 0", "dark3", 3),
        _spool(232, 40, "brass-x"),
        _spool(150, 44, "white-x"),
        line("M232 46L150 56 98 92 104 160", "brass1", 2),
        path("M44 216Q120 188 196 214L186 232Q120 216 58 236Z", "accent1"),
        line("M106 213L186 221", "white1", 3),
    ]


def sewing_unit() -> Shapes:
    return [
        shadow(204, 270, 180),
        path("M44 206H58V266H44ZM342 206H356V266H342Z", "steel4"),
        block(30, 172, 328, 36, 22, "white", 4),
        path("M30 190H358V208H30Z", "accent3"),
        rect(48, 152, 200, 20, "steel-y", 3),
        path("M66 152L84 132H214L232 152Z", "accent1"),
        line("M92 146H206", "white1", 3),
        moved(136, 16, _head("white-x"), scale=0.66),
        rect(40, 96, 100, 16, "accent-y", 4),
        rect(76, 112, 20, 26, "steel-x", 3),
        rect(58, 136, 58, 10, "dark3", 3),
        rect(36, 60, 16, 112, "steel-x", 3),
        rect(250, 210, 80, 48, "dark-y", 6),
        bars(262, 220, 5, 28, 6, 10, "dark4"),
        rect(58, 218, 92, 30, "accent-y", 5),
        line("M350 168V104", "steel3", 6),
        rect(326, 62, 56, 46, "dark-y", 5),
        rect(333, 69, 42, 28, "accent1", 3),
    ]


def embroidery() -> Shapes:
    spools = (_spool(14 + 17 * n, 28, paint) for n, paint in enumerate(("accent-x", "brass-x", "dark-x")))
    head = (
        rect(0, 76, 62, 62, "white-x", 6),
        rect(0, 76, 62, 14, "accent3", 4),
        bars(8, 132, 4, 30, 5, 11, "steel3"),
        *spools,
        line("M14 60V76M31 60V76M48 60V76", "accent1", 2),
    )
    flower = (ring(31, 190, 22, "brass3", 5), holes(around(31, 190, 10, 6), 6, "accent2"), circle(31, 190, 5, "brass2"))

    return [
        shadow(200, 266, 180),
        path("M40 226H60V262H40ZM340 226H360V262H340Z", "dark2"),
        rect(20, 98, 360, 26, "accent-y", 5),
        path("M20 164H380L392 222H8Z", "white-y"),
        path("M8 222H392V236H8Z", "accent-y"),
        copies("head", [(42, 0), (134, 0), (226, 0)], *head, *flower),
        rect(316, 62, 60, 74, "dark-y", 6),
        rect(324, 70, 44, 34, "accent1", 3),
        holes([(332, 120), (346, 120), (360, 120)], 5, "white3"),
    ]


def circular_knitting() -> Shapes:
    cones = [(x - 20, 44 + (y - 74) * 0.14) for x, y in around(200, 74, 140, 10, 18)]
    return [
        shadow(200, 280, 140),
        line("M200 30V70", "steel3", 10),
        ellipse(200, 74, 150, 24, "steel3"),
        ellipse(200, 70, 150, 24, "steel1"),
        copies("cone", cones[::2], _spool(20, 0, "accent-x")),
        copies("other", cones[1::2], _spool(20, 0, "white-x")),
        line("".join(f"M{60 + 31 * n} 78L{132 + 15 * n} 146" for n in range(10)), "accent1", 2),
        line("M104 90L96 252M296 90L304 252M200 96V130", "accent3", 13),
        ellipse(200, 158, 92, 20, "dark3"),
        path("M108 140H292V158A92 20 0 0 1 108 158Z", "steel-x"),
        ellipse(200, 140, 92, 20, "steel2"),
        ellipse(200, 140, 74, 14, "dark2"),
        path("M132 172Q200 192 268 172L258 244H142Z", "accent1"),
        line("M150 180V240M172 184V242M200 186V244M228 184V242M250 180V240", "white1", 3),
        rect(132, 240, 136, 26, "accent-y", 12),
        path("M74 248H326L336 272H64Z", "dark-y"),
        rect(306, 128, 46, 60, "dark-y", 5),
        rect(312, 135, 34, 26, "accent1", 2),
    ]


def fusing_press() -> Shapes:
    return [
        shadow(200, 266, 185),
        path("M92 214H110L104 262H86ZM290 214H308L314 262H296Z", "steel4"),
        rect(20, 178, 360, 18, "dark-y", 9),
        rect(20, 176, 360, 8, "accent2", 4),
        *(circle(x, 187, 7, "steel1") for x in (30, 370)),
        path("M92 92Q94 76 112 76H288Q306 76 308 92V178H92Z", "white-y"),
        path("M92 92Q94 76 112 76H288Q306 76 308 92V104H92Z", "accent3"),
        path("M92 196H308V222H92Z", "white-y"),
        rungs(116, 116, 80, 5, 4, 12, "steel2"),
        rect(214, 114, 80, 50, "dark-y", 5),
        rect(222, 121, 32, 16, "accent1", 2),
        circle(276, 138, 13, "steel2"),
        line("M276 138V128", "dark3", 3),
        holes([(226, 152), (240, 152), (254, 152)], 4, "white3"),
        path("M30 176L44 162H82L92 176Z", "brass2"),
        path("M312 176L322 166H360L368 176Z", "accent1"),
        line("M180 62q-9 -9 0 -18t0 -18M200 62q-9 -9 0 -18t0 -18M220 62q-9 -9 0 -18t0 -18", "steel2", 4),
    ]


SEWING = {
    "845229": lockstitch,
    "845210": household_sewing,
    "845221": sewing_unit,
    "844790": embroidery,
    "844712": circular_knitting,
    "845130": fusing_press,
}
