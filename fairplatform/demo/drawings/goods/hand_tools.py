"""Hall 1: hand tools, and what measures."""

from ..shapes import Shapes, bars, block, circle, holes, line, moved, path, polygon, rect, ring, shadow, turned, upended


def pliers() -> Shapes:
    half = (
        line("M160 142C215 112 285 108 352 122", "steel3", 20),
        line("M205 124C255 108 305 110 354 121", "accent3", 30),
        line("M212 117C262 102 308 104 350 115", "accent1", 5),
        path("M178 128L118 116Q66 120 46 149L150 150 178 152Z", "steel-y"),
        bars(60, 143, 3, 7, 6, 8, "steel4"),
    )
    joint = (circle(168, 150, 25, "steel2"), circle(168, 150, 14, "steel-x"), circle(168, 150, 5, "steel4"))
    return [shadow(205, 262, 150), turned(-28, upended(*half), *joint)]


def spanners() -> Shapes:
    one = (
        path("M102 138H268V162H102Z", "steel-y"),
        path("M36 122Q62 106 88 120Q106 130 112 150Q106 170 88 180Q62 194 36 178L66 166Q78 150 66 134Z", "steel-y"),
        path("M262 150A36 36 0 1 0 334 150A36 36 0 1 0 262 150ZM279 150L288 134H307L316 150 307 166H288Z", "steel-x"),
        line("M128 150H244", "steel3", 5),
    )
    return [
        shadow(200, 268, 140),
        moved(0, -14, turned(-32, *one)),
        moved(44, 66, turned(-32, *one), scale=0.8),
        moved(108, 122, turned(-32, *one), scale=0.58),
    ]


def adjustable_wrench() -> Shapes:
    return [
        shadow(200, 262, 140),
        turned(
            -34,
            path("M150 132H330Q352 136 352 150T330 168H150Z", "steel-y"),
            path("M196 143H318Q326 150 318 157H196Z", "steel3"),
            circle(336, 150, 7, "white1"),
            path("M176 126Q150 92 104 92L66 104 76 132 122 134 128 168H150L182 174Z", "steel-y"),
            path("M64 158H130V180L112 204Q96 212 76 206L66 188Z", "steel-y"),
            rect(122, 158, 34, 26, "accent-y", 5),
            bars(127, 159, 2.5, 24, 5, 6, "accent4"),
        ),
    ]


def sockets() -> Shapes:
    places = [(96 + 46 * column, 118 + 44 * row, 15 - column) for row in range(2) for column in range(5)]
    return [
        shadow(200, 256, 170),
        path("M52 66H348L336 24H64Z", "dark2"),
        rect(44, 66, 312, 182, "dark-y", 14),
        rect(58, 80, 284, 154, "dark3", 8),
        *(circle(x, y, radius + 4, "dark4") + circle(x, y, radius + 2, "steel-x") for x, y, radius in places),
        *(polygon(x, y, radius - 4, 6, "dark3") for x, y, radius in places),
        rect(76, 196, 170, 16, "steel-y", 8),
        rect(78, 194, 74, 20, "accent-y", 9),
        circle(252, 204, 19, "steel-x"),
        circle(252, 204, 8, "steel4"),
        rect(292, 190, 34, 26, "accent3", 4),
        rect(176, 242, 48, 12, "accent2", 4),
    ]


def claw_hammer() -> Shapes:
    return [
        shadow(200, 264, 140),
        turned(
            38,
            path("M188 96H212L216 268Q200 280 184 268Z", "brass-x"),
            path("M184 172Q200 166 216 172L219 270Q200 284 181 270Z", "accent-x"),
            path("M176 62H224V104H176Z", "steel-y"),
            path("M224 66H262L266 58H292V110H266L262 100H224Z", "steel-y"),
            path("M178 62Q128 58 96 96Q92 104 100 102Q136 86 178 92Z", "steel-y"),
            path("M172 72Q130 72 100 99Q134 84 176 86Z", "steel4"),
        ),
    ]


def screwdrivers() -> Shapes:
    def one(handle: str) -> str:
        return (
            path("M194 40H206V140H194Z", "steel-x")
            + path("M192 30H208L206 52H194Z", "steel3")
            + path(
                "M184 136H216Q224 150 220 168Q228 200 222 240Q218 262 200 262T178 240Q172 200 180 168Q176 150 184 136Z",
                handle,
            )
            + line("M191 176V240M209 176V240", "shade", 5)
            + rect(186, 134, 28, 10, "dark3", 3)
        )

    return [
        shadow(200, 268, 130),
        moved(-84, 4, turned(-9, one("dark-x")), scale=0.96),
        moved(98, 8, turned(9, one("steel-x")), scale=0.94),
        one("accent-x"),
    ]


def hand_saw() -> Shapes:
    teeth = "".join("l6 -11l6 11" for _ in range(20))
    return [
        shadow(200, 244, 160),
        turned(
            -10,
            path(f"M40 196{teeth}L286 112Q200 110 40 168Z", "steel-y"),
            line("M60 172L276 126", "steel1", 3),
            path(
                "M262 110Q290 84 330 92Q368 104 366 146L350 204Q322 222 296 204L268 196Z"
                "M300 132Q320 118 338 132Q340 160 328 184Q308 192 296 174Z",
                "accent-y",
            ),
            circle(284, 130, 5, "steel1"),
            circle(280, 172, 5, "steel1"),
        ),
    ]


def shovels() -> Shapes:
    one = (
        rect(194, 66, 12, 130, "brass-x", 4),
        path("M176 34H224Q230 52 212 70H188Q170 52 176 34ZM184 42Q184 54 192 60H208Q216 54 216 42Z", "dark3"),
        path("M190 156H210L216 188H246Q258 230 200 276Q142 230 154 188H184Z", "steel-x"),
        path("M184 188H216L210 240Q200 252 190 240Z", "accent3"),
        line("M158 190H242", "steel4", 5),
    )
    return [shadow(200, 276, 120), moved(-44, 0, turned(-16, *one)), moved(64, 14, turned(14, *one), scale=0.95)]


def bolt_cropper() -> Shapes:
    half = (
        line("M158 143Q196 118 238 118L356 112", "steel3", 12),
        line("M268 117L358 112", "accent3", 24),
        line("M274 111L354 106", "accent1", 4),
        path("M180 124L132 118 112 124 134 150H180Z", "steel2"),
        path("M136 122L84 112Q48 122 44 149L108 149 136 150Z", "dark-y"),
    )
    return [
        shadow(200, 258, 150),
        turned(
            -24,
            upended(*half),
            circle(126, 136, 7, "steel1"),
            circle(126, 164, 7, "steel1"),
            circle(172, 150, 9, "steel1"),
        ),
    ]


def bench_vice() -> Shapes:
    return [
        shadow(200, 262, 150),
        path("M118 222H302L322 256H98Z", "accent4"),
        rect(150, 176, 120, 52, "accent-y", 6),
        path("M218 96H300Q316 98 316 116V184H204V132Z", "accent-y"),
        path("M192 96H128Q110 98 110 120V176H176L192 132Z", "accent-y"),
        rect(96, 146, 230, 26, "steel-y", 4),
        rect(192, 88, 11, 42, "steel-x", 2),
        rect(207, 88, 11, 42, "steel-x", 2),
        rect(50, 150, 54, 18, "steel-y", 4),
        circle(62, 159, 14, "steel2"),
        line("M62 104V214", "steel3", 8),
        circle(62, 102, 9, "steel-x"),
        circle(62, 216, 9, "steel-x"),
        circle(124, 244, 6, "steel1"),
        circle(276, 244, 6, "steel1"),
    ]


def tool_set() -> Shapes:
    return [
        shadow(200, 262, 170),
        rect(120, 60, 12, 96, "steel-x", 3),
        path("M96 46H152L156 74H92Z", "steel-y"),
        rect(166, 78, 10, 80, "steel-x", 2),
        path("M158 44H184L188 100H154Z", "brass-x"),
        line("M218 156L206 58M226 156L244 58", "accent2", 15),
        rect(262, 80, 14, 80, "steel-x", 4),
        path("M248 44Q250 66 269 66T290 44L296 76Q286 90 269 90T242 76Z", "steel-y"),
        line("M302 156L318 66", "dark3", 14),
        block(52, 146, 276, 108, 24, "accent", 8),
        rect(66, 160, 248, 10, "accent4", 5),
        rect(168, 190, 44, 30, "steel-y", 4),
        rect(180, 198, 20, 14, "dark3", 3),
        path("M126 148Q126 118 190 118T254 148H240Q238 132 190 132T140 148Z", "dark3"),
    ]


def measuring_tape() -> Shapes:
    marks = bars(266, 210, 2, 12, 9, 12, "dark3")
    return [
        shadow(200, 258, 160),
        path("M92 76Q96 50 130 46H206Q262 56 266 120V234Q262 246 248 246H104Q90 246 90 232Z", "accent-y"),
        circle(178, 142, 66, "dark3"),
        circle(178, 142, 54, "steel-x"),
        circle(178, 142, 38, "white2"),
        ring(178, 142, 26, "accent2", 6),
        rect(150, 40, 46, 16, "dark2", 6),
        path("M246 206H372V226H246Z", "brass1"),
        marks,
        path("M366 200H378V242H370V228H366Z", "steel3"),
        rect(92, 228, 160, 16, "dark3", 6),
    ]


def callipers() -> Shapes:
    return [
        shadow(200, 262, 150),
        turned(
            -18,
            rect(70, 116, 300, 26, "steel-y", 3),
            bars(130, 130, 2, 10, 22, 10, "dark2"),
            path("M70 116H108V142L100 240H92L70 168Z", "steel-x"),
            path("M78 116V74L90 98V116Z", "steel3"),
            path("M156 108H262V152H172L164 240H156Z", "steel-x"),
            path("M160 108V74L172 98V108Z", "steel3"),
            rect(178, 98, 96, 60, "dark-y", 8),
            rect(188, 108, 62, 26, "glass", 3),
            rect(192, 112, 54, 18, "accent1", 2),
            path("M198 116h3v10h-3zM206 116h8v3h-8zM206 124h8v3h-8zM222 116h3v10h-3zM232 116h8v10h-8z", "dark4"),
            holes([(198, 147), (216, 147), (234, 147)], 5, "accent2"),
            circle(262, 122, 6, "steel1"),
        ),
    ]


HAND_TOOLS = {
    "820320": pliers,
    "820411": spanners,
    "820412": adjustable_wrench,
    "820420": sockets,
    "820520": claw_hammer,
    "820540": screwdrivers,
    "820210": hand_saw,
    "820110": shovels,
    "820340": bolt_cropper,
    "820570": bench_vice,
    "820600": tool_set,
    "901780": measuring_tape,
    "901730": callipers,
}
