"""Hall 12: household hardware."""

from ..shapes import (
    Shapes,
    circle,
    ellipse,
    holes,
    line,
    moved,
    path,
    rect,
    shadow,
    turned,
)


def cookware() -> Shapes:
    return [
        shadow(200, 258, 180),
        line("M58 150H42Q30 152 30 166T44 180H62M246 150H262Q274 152 274 166T260 180H242", "dark2", 11),
        path("M56 108H248V226Q246 250 222 250H82Q58 250 56 226Z", "steel-x"),
        rect(50, 102, 204, 14, "steel-y", 6),
        path("M56 102Q70 64 152 62T248 102Z", "steel-x"),
        rect(136, 40, 32, 22, "dark-x", 8),
        rect(148, 58, 8, 8, "steel4"),
        path("M70 126H96V226Q96 240 110 250H82Q70 244 70 226Z", "light"),
        path("M214 196H340L326 246Q322 254 312 254H242Q232 254 228 246Z", "steel-x"),
        rect(208, 188, 138, 13, "steel-y", 6),
        path("M340 190L392 172Q398 182 390 190L344 204Z", "accent-y"),
        ellipse(277, 190, 60, 4, "dark2"),
    ]


def gas_stoves() -> Shapes:
    def burner(x: float) -> str:
        flames = "".join(
            path(f"M{px} {py - 15}Q{px + 7} {py - 5} {px} {py + 2}Q{px - 7} {py - 5} {px} {py - 15}Z", "accent1")
            for px, py in ((x - 30, 142), (x - 10, 150), (x + 10, 150), (x + 30, 142), (x - 18, 130), (x + 18, 130))
        )
        return (
            ellipse(x, 144, 56, 24, "dark3")
            + ellipse(x, 140, 30, 12, "brass3")
            + ellipse(x, 137, 22, 9, "brass1")
            + flames
            + line(
                f"M{x - 58} 126L{x - 22} 134M{x + 58} 126L{x + 22} 134"
                f"M{x - 50} 166L{x - 18} 148M{x + 50} 166L{x + 18} 148",
                "dark4",
                8,
            )
        )

    return [
        shadow(200, 264, 180),
        path("M58 92H342L384 204H16Z", "steel-y"),
        path("M70 100H330L366 196H34Z", "dark-y"),
        burner(122),
        burner(278),
        path("M16 204H384V244Q384 252 376 252H24Q16 252 16 244Z", "steel-y"),
        *(
            circle(x, 228, 18, "dark2") + circle(x, 228, 14, "accent-x") + line(f"M{x} 238V219", "white1", 4)
            for x in (122, 278)
        ),
        rect(40, 252, 34, 10, "dark4", 3),
        rect(326, 252, 34, 10, "dark4", 3),
    ]


def kitchen_knives() -> Shapes:
    def knife(y: float, blade: str, handle: str) -> str:
        return (
            path(blade, "steel-y")
            + path(f"M222 {y}H346Q366 {y + 4} 362 {y + 24}Q352 {y + 32} 338 {y + 28}L222 {y + 24}Z", handle)
            + holes([(250, y + 13), (290, y + 14), (330, y + 15)], 4, "steel1")
            + rect(212, y - 1, 14, 27, "steel4", 2)
        )

    return [
        shadow(200, 262, 160),
        turned(-14, knife(78, "M214 78H112Q60 80 26 104Q70 124 140 122H214Z", "accent-y")),
        turned(
            -14, knife(148, "M214 148H40Q30 170 40 200H186Q210 198 214 176Z", "dark-y"), circle(58, 164, 7, "white3")
        ),
        turned(-14, moved(66, 98, knife(128, "M214 128H134Q100 132 76 148Q120 158 214 152Z", "brass-y"), scale=0.84)),
    ]


def spoons_forks() -> Shapes:
    spoon = (
        path("M200 30Q238 34 238 84Q236 122 210 130L208 150H192L190 130Q164 122 162 84Q162 34 200 30Z", "steel-x"),
        ellipse(200, 80, 28, 38, "steel3"),
        ellipse(196, 74, 20, 28, "steel1"),
        path("M193 146H207L218 258Q210 270 200 270T182 258Z", "steel-x"),
        path("M189 206H211L216 256Q200 268 184 256Z", "accent-x"),
    )
    fork = (
        path(
            "M166 30H176V84H186V30H196V84H204V30H214V84H224V30H234V104Q230 128 208 132V150H192V132Q170 128 166 104Z",
            "steel-x",
        ),
        *spoon[3:],
    )
    return [shadow(200, 274, 150), moved(-86, 4, turned(-10, *fork)), moved(86, 4, turned(10, *spoon)),
            moved(62, 60, *spoon, scale=0.7)]  # fmt: skip


HOUSEHOLD = {
    "732393": cookware,
    "732111": gas_stoves,
    "821192": kitchen_knives,
    "821599": spoons_forks,
}
