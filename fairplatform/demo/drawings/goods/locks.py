"""Hall 3: locks, door and furniture fittings."""

from ..shapes import (
    Shapes,
    block,
    circle,
    holes,
    line,
    moved,
    path,
    rect,
    ring,
    shadow,
    spokes,
    turned,
)


def padlock() -> Shapes:
    def one() -> str:
        return (
            line("M156 140V96Q156 52 200 52T244 96V140", "steel3", 22)
            + line("M152 140V96Q154 50 196 47", "steel1", 6)
            + rect(130, 130, 140, 120, "brass-x", 14)
            + rect(130, 146, 140, 6, "brass4", 0)
            + rect(148, 164, 104, 70, "accent-x", 8)
            + circle(200, 190, 13, "dark4")
            + path("M195 194H205L209 220H191Z", "dark4")
        )

    return [shadow(200, 258, 150), moved(222, 96, one(), scale=0.62), moved(-34, 4, one())]


def door_lock() -> Shapes:
    return [
        shadow(210, 276, 120),
        rect(108, 26, 96, 246, "dark-x", 18),
        rect(118, 36, 76, 92, "dark4", 12),
        holes([(136 + 20 * column, 54 + 19 * row) for row in range(4) for column in range(3)], 5.5, "accent1"),
        circle(156, 154, 16, "accent3"),
        ring(156, 154, 16, "accent1", 3),
        circle(156, 200, 22, "steel-x"),
        path("M150 186H312Q328 190 328 202T312 214H150Q138 212 138 200T150 186Z", "steel-y"),
        circle(156, 200, 9, "steel4"),
        circle(156, 246, 11, "steel2"),
        path("M153 246h6l2 8h-10z", "dark4"),
        rect(232, 60, 30, 60, "steel-x", 5),
        rect(256, 74, 40, 32, "brass-y", 4),
        rect(204, 66, 30, 48, "steel3", 2),
    ]


def hinges() -> Shapes:
    leaf = (
        path("M60 66H184V236H60Q50 236 50 226V76Q50 66 60 66Z", "steel-x"),
        *(
            circle(x, y, 11, "steel3") + circle(x, y, 6, "dark2")
            for x, y in ((84, 96), (84, 206), (140, 122), (140, 180))
        ),
    )
    return [
        shadow(200, 264, 150),
        *leaf,
        f'<g transform="matrix(-1 0 0 1 400 0)">{"".join(leaf)}</g>',
        *(rect(182, 62 + 36 * n, 36, 33, "accent-x" if n % 2 else "steel-x", 4) for n in range(5)),
        rect(190, 46, 20, 18, "steel-x", 8),
        rect(190, 240, 20, 16, "steel-x", 8),
    ]


def drawer_slides() -> Shapes:
    one = (
        rect(48, 108, 180, 52, "steel-y", 5),
        rect(48, 126, 180, 16, "steel4", 3),
        rect(110, 115, 180, 38, "accent-y", 4),
        rect(110, 128, 180, 12, "accent4", 3),
        rect(196, 121, 166, 26, "steel-y", 4),
        holes([(66, 116), (66, 152), (92, 116), (92, 152)], 4, "dark3"),
        holes([(128, 121), (160, 121)], 3, "dark3"),
        holes([(308, 134), (336, 134)], 6, "dark3"),
        circle(290, 134, 9, "dark1"),
    )
    return [shadow(206, 254, 160), moved(0, -34, turned(-12, *one)), moved(8, 56, turned(-12, *one))]


def door_handles() -> Shapes:
    def one(plate: str, lever: str) -> str:
        return (
            rect(108, 66, 56, 172, plate, 16)
            + circle(136, 110, 24, "steel3")
            + circle(136, 110, 18, lever)
            + path("M126 98H270Q300 98 306 122Q302 132 290 126Q284 120 268 122H130Q116 116 126 98Z", lever)
            + circle(136, 190, 12, "dark4")
            + path("M131 192h10l4 22h-18z", "dark4")
        )

    return [
        shadow(210, 264, 140),
        moved(-70, -10, one("accent-x", "steel-y")),
        moved(118, 62, one("dark-x", "brass-y"), scale=0.84),
    ]


def castors() -> Shapes:
    def one(wheel: str) -> str:
        return (
            path("M120 52H280V72H120Z", "steel-y")
            + rect(112, 46, 176, 14, "steel2", 4)
            + rect(164, 70, 72, 18, "steel4", 6)
            + circle(208, 186, 70, wheel)
            + circle(208, 186, 52, "white4")
            + circle(208, 186, 46, "steel-x")
            + path("M158 86H242L240 186Q208 210 182 186Z", "steel-x")
            + circle(211, 182, 15, "dark2")
            + circle(211, 182, 8, "steel1")
            + holes([(130, 53), (270, 53)], 5, "dark3")
        )

    return [shadow(200, 262, 160), moved(196, 88, one("dark-x"), scale=0.66), moved(-58, 4, one("accent-x"))]


def door_closer() -> Shapes:
    return [
        shadow(200, 262, 160),
        path("M30 40H370V62H30Z", "brass1"),
        path("M30 62H370V66H30Z", "brass3"),
        path("M30 74H370V258H30Z", "white2"),
        rect(74, 150, 250, 66, "steel-y", 12),
        rect(74, 150, 46, 66, "accent-y", 12),
        rect(290, 150, 34, 66, "accent-y", 12),
        circle(190, 150, 20, "steel3"),
        line("M190 148L324 104", "dark1", 15),
        line("M324 104L120 62", "steel3", 13),
        circle(324, 104, 12, "steel1"),
        rect(98, 50, 46, 22, "dark1", 4),
        circle(190, 148, 11, "dark3"),
        circle(306, 183, 7, "dark3"),
        circle(97, 172, 4, "white1"),
        circle(97, 194, 4, "white1"),
    ]


def safes() -> Shapes:
    return [
        shadow(208, 270, 150),
        block(84, 66, 212, 186, 40, "accent", 8),
        rect(100, 82, 180, 154, "accent4", 6),
        rect(104, 86, 172, 146, "accent-x", 5),
        circle(226, 170, 34, "steel-x"),
        circle(226, 170, 24, "dark2"),
        spokes(226, 170, 6, 32, 3, "steel1", 8),
        circle(226, 170, 9, "steel2"),
        rect(124, 106, 66, 78, "dark-y", 6),
        rect(132, 114, 50, 16, "glass", 2),
        holes([(142 + 15 * column, 142 + 14 * row) for row in range(3) for column in range(3)], 4.5, "white3"),
        rect(96, 108, 10, 30, "steel-x", 3),
        rect(96, 184, 10, 30, "steel-x", 3),
        rect(96, 250, 36, 12, "dark3", 3),
        rect(248, 250, 36, 12, "dark3", 3),
    ]


LOCKS = {
    "830110": padlock,
    "830140": door_lock,
    "830210": hinges,
    "830242": drawer_slides,
    "830241": door_handles,
    "830220": castors,
    "830260": door_closer,
    "830300": safes,
}
