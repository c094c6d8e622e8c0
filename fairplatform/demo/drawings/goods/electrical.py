"""Hall 7: low-voltage electrical goods and cable."""

from ..shapes import (
    Shapes,
    bars,
    block,
    circle,
    line,
    path,
    rect,
    ring,
    rungs,
    shadow,
    spokes,
    turned,
)


def _pole(x: float, lever: str = "accent") -> str:
    """A circuit breaker, 76 wide."""
    return (
        path(f"M{x} 54H{x + 72}V84H{x + 82}V214H{x + 72}V248H{x}V214H{x - 8}V84H{x}Z", "white-x")
        + circle(x + 37, 70, 9, "steel3")
        + line(f"M{x + 32} 70H{x + 42}", "dark3", 3)
        + circle(x + 37, 232, 9, "steel3")
        + line(f"M{x + 37} 227V237", "dark3", 3)
        + rect(x + 4, 98, 66, 20, f"{lever}3", 2)
        + rect(x + 16, 132, 42, 62, "dark3", 4)
        + path(f"M{x + 20} 148H{x + 54}V170L{x + 48} 186H{x + 26}Z", f"{lever}-y")
        + rect(x + 22, 140, 30, 6, "white1", 2)
    )


def circuit_breakers() -> Shapes:
    return [
        shadow(204, 262, 150),
        rect(30, 136, 340, 30, "steel-y", 3),
        _pole(62),
        _pole(162),
        _pole(262),
    ]


def wall_switches() -> Shapes:
    return [
        shadow(206, 264, 140),
        rect(84, 40, 216, 212, "white4", 18),
        rect(80, 34, 216, 212, "white-y", 18),
        rect(102, 56, 172, 168, "steel2", 8),
        path("M104 58H186V222H104Z", "white-y"),
        path("M190 58H272V222H190Z", "white-y"),
        path("M104 140H186V222H104ZM190 58H272V140H190Z", "shade"),
        rect(136, 206, 18, 6, "accent2", 3),
        rect(222, 206, 18, 6, "accent2", 3),
        rect(318, 92, 52, 96, "accent-x", 8),
        rect(328, 104, 32, 72, "accent1", 4),
        path("M328 140H360V176H328Z", "shade"),
    ]


def plugs_sockets() -> Shapes:
    return [
        shadow(200, 262, 160),
        rect(44, 52, 180, 180, "white4", 18),
        rect(38, 46, 180, 180, "white-y", 18),
        circle(128, 136, 62, "steel2"),
        circle(128, 136, 57, "white-x"),
        path("M122 92h12v28h-12zM92 146h24v11h-24zM140 146h24v11h-24z", "dark3"),
        rect(186, 60, 18, 28, "accent3", 4),
        path("M262 128H320Q348 132 350 168T320 208H262Z", "accent-y"),
        rect(244, 122, 22, 92, "dark-y", 5),
        rect(216, 134, 30, 11, "brass-y", 3),
        rect(216, 162, 30, 11, "brass-y", 3),
        rect(216, 190, 30, 11, "brass-y", 3),
        line("M346 168Q384 172 372 216T300 250", "dark3", 10),
        bars(350, 154, 4, 30, 3, 8, "dark4"),
    ]


def contactors() -> Shapes:
    return [
        shadow(204, 268, 120),
        rect(112, 50, 176, 208, "dark-y", 8),
        rect(124, 36, 152, 42, "white-y", 4),
        rect(124, 230, 152, 34, "white-y", 4),
        *(
            circle(148 + 52 * n, y, 13, "steel3")
            + circle(148 + 52 * n, y, 10, "steel1")
            + line(f"M{142 + 52 * n} {y}H{154 + 52 * n}", "dark3", 3)
            for n in range(3)
            for y in (58, 246)
        ),
        bars(170, 38, 4, 38, 2, 54, "steel3"),
        bars(170, 232, 4, 30, 2, 54, "steel3"),
        rect(132, 92, 136, 122, "accent-y", 6),
        rect(160, 122, 80, 62, "dark3", 5),
        rect(172, 132, 56, 42, "white-y", 4),
        rungs(180, 142, 40, 4, 3, 9, "steel3"),
        rect(142, 100, 60, 9, "white1", 2),
        rect(96, 108, 18, 92, "dark2", 3),
        rect(286, 108, 18, 92, "dark2", 3),
    ]


def surge_protectors() -> Shapes:
    def module(x: float) -> str:
        return (
            path(f"M{x} 60H{x + 62}V92H{x + 70}V210H{x + 62}V246H{x}V210H{x - 6}V92H{x}Z", "white-x")
            + rect(x + 2, 98, 62, 106, "accent-y", 4)
            + rect(x + 22, 112, 22, 16, "accent1", 2)
            + path(f"M{x + 38} 138L{x + 20} 170H{x + 32}L{x + 26} 194 {x + 48} 160H{x + 36}Z", "white1")
            + circle(x + 31, 76, 9, "steel3")
            + circle(x + 31, 230, 9, "steel3")
        )

    return [
        shadow(204, 260, 160),
        rect(30, 138, 340, 28, "steel-y", 3),
        *(module(58 + 74 * n) for n in range(4)),
    ]


def distribution_board() -> Shapes:
    def row(y: float) -> str:
        return (
            rect(112, y, 150, 50, "dark3", 3)
            + bars(115, y + 4, 20, 42, 6, 24.5, "white2")
            + bars(120, y + 14, 10, 20, 6, 24.5, "accent3")
        )

    return [
        shadow(206, 270, 150),
        block(76, 58, 220, 196, 30, "steel", 6),
        rect(88, 70, 196, 172, "white-y", 4),
        row(88),
        row(158),
        rect(112, 222, 150, 6, "brass2", 2),
        path("M296 62L368 30V238L296 250Z", "accent-x"),
        path("M310 76L356 56V212L310 226Z", "accent4"),
        rect(340, 126, 8, 32, "steel1", 3),
    ]


def building_wire() -> Shapes:
    def coil(x: float, y: float, paint: str) -> str:
        rings = "".join(ring(x, y, size, f"{paint}{1 + n % 3}", 9) for n, size in enumerate((62, 54, 46, 38)))
        return (
            circle(x + 6, y + 6, 67, "shade")
            + rings
            + line(f"M{x - 66} {y}L{x - 32} {y}M{x + 66} {y}L{x + 32} {y}", "white1", 9)
        )

    return [
        shadow(200, 262, 170),
        coil(286, 104, "dark"),
        coil(116, 106, "steel"),
        coil(204, 178, "accent"),
        line("M258 214Q300 262 352 232", "accent3", 9),
        line("M352 232L372 220", "brass3", 5),
    ]


def power_cords() -> Shapes:
    return [
        shadow(200, 262, 150),
        line("M124 122C40 190 120 268 220 226S350 120 270 96S130 150 210 196S330 226 330 190", "dark2", 12),
        line("M124 118C44 186 122 262 220 222", "dark1", 3),
        turned(
            -24,
            path("M66 72H124Q144 76 146 98T124 126H66Z", "accent-y"),
            rect(52, 66, 18, 66, "dark-y", 4),
            rect(18, 76, 36, 11, "brass-y", 3),
            rect(18, 110, 36, 11, "brass-y", 3),
            bars(146, 88, 4, 22, 3, 8, "dark4"),
            x=100,
            y=100,
        ),
        path("M304 100H356L362 190H298Z", "dark-x"),
        path("M300 184H360L350 202H310Z", "accent3"),
        path("M310 108h10v16h-10zM340 108h10v16h-10zM325 116h10v16h-10z", "dark4"),
    ]


def electricity_meter() -> Shapes:
    return [
        shadow(206, 280, 110),
        path("M118 36Q120 18 142 18H258Q280 18 282 36V206H118Z", "white-x"),
        rect(108, 198, 184, 74, "dark-y", 8),
        rect(134, 38, 132, 62, "accent3", 8),
        rect(144, 48, 112, 42, "accent1", 4),
        path(
            "M156 58h5v22h-5zM170 58h14v5h-14zM170 66h14v5h-14zM170 75h14v5h-14z"
            "M194 58h5v22h-5zM208 58h14v5h-14zM217 58h5v22h-5zM232 58h14v5h-14zM232 75h14v5h-14z",
            "dark4",
        ),
        line("M140 118H228M140 134H204", "steel2", 5),
        circle(250, 124, 8, "accent2"),
        circle(250, 148, 8, "dark2"),
        bars(142, 154, 3, 24, 14, 6, "dark3"),
        *(rect(128 + 38 * n, 220, 28, 40, "dark4", 4) + circle(142 + 38 * n, 234, 8, "brass2") for n in range(4)),
        circle(200, 206, 4, "steel1"),
    ]


def multimeter() -> Shapes:
    return [
        shadow(200, 276, 130),
        line("M176 250C150 290 40 270 60 170", "dark4", 7),
        line("M224 250C260 290 360 280 344 170", "accent3", 7),
        rect(48, 92, 20, 84, "dark-x", 7),
        rect(55, 44, 5, 50, "steel-x", 2),
        rect(334, 92, 20, 84, "accent-x", 7),
        rect(341, 44, 5, 50, "steel-x", 2),
        rect(116, 22, 168, 240, "accent-x", 20),
        rect(128, 34, 144, 216, "dark-y", 12),
        rect(142, 46, 116, 58, "accent1", 5),
        path(
            "M160 58h6v34h-6zM180 58h20v6h-20zM180 72h20v6h-20z"
            "M180 86h20v6h-20zM214 58h6v34h-6zM214 86h20v6h-20zM234 58h6v34h-6z",
            "dark4",
        ),
        spokes(200, 166, 44, 52, 16, "white3", 4),
        circle(200, 166, 38, "dark4"),
        circle(200, 166, 33, "dark-x"),
        line("M200 190V142", "white1", 6),
        *(
            circle(x, 234, 9, paint) + circle(x, 234, 4, "dark4")
            for x, paint in ((164, "steel1"), (200, "steel1"), (236, "accent1"))
        ),
    ]


ELECTRICAL = {
    "853620": circuit_breakers,
    "853650": wall_switches,
    "853669": plugs_sockets,
    "853649": contactors,
    "853630": surge_protectors,
    "853710": distribution_board,
    "854449": building_wire,
    "854442": power_cords,
    "902830": electricity_meter,
    "903031": multimeter,
}
