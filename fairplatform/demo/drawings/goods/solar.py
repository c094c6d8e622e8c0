"""Hall 8: solar, storage and lighting."""

from ..shapes import (
    Shapes,
    bars,
    block,
    circle,
    ellipse,
    holes,
    line,
    moved,
    path,
    rect,
    rungs,
    shadow,
    spokes,
    turned,
)


def solar_panels() -> Shapes:
    def panel(x: float, y: float, size: float) -> str:
        down = "".join(f"M{92 + 36 * n} 60L{44 + 44 * n} 226" for n in range(1, 6))
        across = "".join(f"M{92 - 12 * n} {60 + 41.5 * n}H{308 + 12 * n}" for n in range(1, 4))
        return moved(
            x, y,
            path("M84 52H316L368 236H32Z", "steel1"),
            path("M32 236H368V246H32Z", "steel4"),
            path("M92 60H308L356 226H44Z", "dark-y"),
            path("M92 60H308L356 226H44Z", "accent3"),
            path("M92 60H200L140 226H44Z", "light"),
            line(down + across, "white3", 2.5),
            scale=size,
        )  # fmt: skip

    return [
        shadow(200, 268, 170),
        line("M128 222L108 266M272 222L300 266", "steel3", 8),
        panel(94, -8, 0.66),
        panel(4, 34, 0.86),
    ]


def solar_inverter() -> Shapes:
    return [
        shadow(206, 276, 120),
        block(108, 42, 168, 204, 26, "white", 12),
        rect(108, 42, 168, 74, "accent-x", 12),
        rect(108, 96, 168, 20, "accent3"),
        rect(136, 56, 112, 46, "dark4", 6),
        line("M146 88L168 80 184 84 206 66 238 72", "accent1", 4),
        circle(192, 166, 36, "white3"),
        circle(192, 166, 15, "accent2"),
        spokes(192, 166, 21, 29, 8, "accent2", 5),
        bars(128, 216, 6, 18, 12, 11, "steel2"),
        *(rect(132 + 30 * n, 246, 16, 20, "dark-x", 3) for n in range(5)),
        line("M140 264V284M170 264V284", "dark4", 6),
    ]


def lithium_battery() -> Shapes:
    return [
        shadow(206, 272, 150),
        *(
            block(84, 64 + 66 * n, 212, 56, 40, "dark" if n else "accent", 5)
            + rect(96, 74 + 66 * n, 40, 36, "dark4", 4)
            + bars(102, 84 + 66 * n, 5, 16, 4, 8, "accent1")
            + holes([(250, 82 + 66 * n), (274, 82 + 66 * n)], 7, "brass2")
            + line(f"M152 {92 + 66 * n}H212", "steel2", 5)
            + line(f"M244 {104 + 66 * n}H282", "steel3", 5)
            for n in (2, 1, 0)
        ),
        path("M90 254H120V264H90ZM260 254H290V264H260Z", "dark4"),
    ]


def led_bulbs() -> Shapes:
    def bulb(globe: str) -> str:
        return (
            circle(200, 108, 72, globe)
            + path("M136 134Q150 174 160 196H240Q250 174 264 134Z", globe)
            + path("M154 176H246L234 222H166Z", "accent-x")
            + bars(172, 182, 4, 34, 6, 11, "accent4")
            + rect(174, 220, 52, 40, "steel-x", 6)
            + rungs(172, 228, 56, 4, 4, 8, "steel4")
            + ellipse(200, 262, 14, 5, "dark3")
            + path("M150 100Q156 62 192 52Q164 76 162 108Z", "white1")
        )

    return [
        shadow(200, 268, 150),
        moved(-64, 70, bulb("white-x"), scale=0.72),
        moved(180, 70, bulb("white-x"), scale=0.72),
        moved(-4, 0, bulb("brass-x")),
    ]


def solar_street_lights() -> Shapes:
    return [
        shadow(240, 284, 90),
        rect(236, 70, 16, 210, "steel-x", 3),
        rect(220, 268, 48, 14, "dark2", 3),
        line("M244 112L130 84", "steel3", 10),
        path("M48 84L138 66 160 80 152 98 58 104Q46 98 48 84Z", "dark-y"),
        path("M58 98L148 92 142 100 64 106Z", "brass1"),
        path("M62 106L142 100 200 262H10Z", "beam"),
        path("M174 66L306 20 350 58 214 104Z", "steel2"),
        path("M182 67L304 25 341 57 216 98Z", "accent3"),
        line("M214 56L252 88M246 45L286 76M276 34L318 65M200 83L324 41", "white3", 2),
        path("M182 67L242 46 250 88 216 98Z", "light"),
        rect(226, 122, 36, 46, "accent-x", 5),
    ]


def floodlights() -> Shapes:
    return [
        shadow(200, 270, 140),
        line("M104 128V244Q104 256 118 256H282Q296 256 296 244V128", "dark2", 13),
        block(76, 56, 220, 150, 30, "dark", 10),
        rect(88, 68, 196, 126, "steel2", 6),
        rect(94, 74, 184, 114, "white-y", 4),
        *(
            holes([(114 + 24 * column, 92 + 26 * row) for row in range(4) for column in range(7)], 8, "brass1")
            for _ in (1,)
        ),
        *(
            holes([(114 + 24 * column, 92 + 26 * row) for row in range(4) for column in range(7)], 4, "brass2")
            for _ in (1,)
        ),
        path("M94 74H190L140 188H94Z", "light"),
        circle(104, 130, 12, "accent2"),
        circle(296, 130, 12, "accent2"),
    ]


def torches() -> Shapes:
    return [
        shadow(200, 258, 150),
        turned(
            -24,
            path("M76 112L-60 30V270L76 188Z", "beam"),
            path("M84 104H128L166 124V176L128 196H84Q76 196 76 188V112Q76 104 84 104Z", "accent-y"),
            ellipse(80, 150, 13, 46, "steel2"),
            ellipse(80, 150, 9, 37, "white1"),
            bars(98, 106, 4, 88, 3, 11, "accent4"),
            rect(164, 124, 168, 52, "dark-y", 8),
            bars(220, 126, 5, 48, 8, 12, "dark4"),
            rect(176, 116, 30, 14, "accent2", 5),
            rect(326, 122, 28, 56, "accent-y", 8),
            line("M356 150Q378 150 376 176", "dark2", 4),
        ),
    ]


SOLAR = {
    "854143": solar_panels,
    "850440": solar_inverter,
    "850760": lithium_battery,
    "853952": led_bulbs,
    "940541": solar_street_lights,
    "940542": floodlights,
    "851310": torches,
}
