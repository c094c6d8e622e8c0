"""Problems from files, and the command that solves them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from fairplatform.scheduling.dzn import read_dzn
from fairplatform.scheduling.json_problem import read_json
from fairplatform.scheduling.malformed import Malformed
from fairplatform.scheduling.problem import Interpreter, Meeting, Party, Problem

DZN = """nBusiness = 3;  % three firms
nMeetings = 2;
nTables = 1;
nTotalSlots = 4;
nMorningSlots = 2;

requested = [|1, 2,1,
|1, 3,3,
|];

meetingsxBusiness = [{1,2},
{1},
{2}];
forbidden = [{0},
{0,2},
{0}];
fixed = [0,4];
precedences = [{},
{1}];
"""
JSON = """{
  "days": [2, 1],
  "parties": [{"slots": [0, 1]}, {"desks": 2, "ceiling": 3, "floor": 1, "preferred": [1]}],
  "meetings": [
    {"parties": [0, 1], "must": true, "slots": [0, 1],
     "interpreting": "required", "languages": "zh-ur", "interpreter": 0},
    {"parties": [1, 0], "slot": 1, "after": [0]}
  ],
  "interpreters": [{"languages": ["zh-ur"], "a_day": 8}],
  "rooms": 1, "reserve": [2], "pauses": [1], "in_a_row": 4, "rest": 2, "apart": 1, "fairness": 1, "whole": true
}
"""


def test_a_published_file_is_read() -> None:
    free = frozenset(range(4))
    assert read_dzn(DZN) == Problem(
        (0,) * 4,
        (Party(free), Party(free - {1}), Party(free)),
        (Meeting(0, 1, slots=frozenset({0, 1})), Meeting(0, 2, slot=3, after=(0,))),
        rooms=(1,) * 4,
        fairness=2,
        whole=True,
    )


def test_json_is_read() -> None:
    assert read_json(JSON) == Problem(
        (0, 0, 1),
        (Party(frozenset({0, 1})), Party(frozenset({0, 1, 2}), 2, 3, 1, frozenset({1}))),
        (
            Meeting(0, 1, True, frozenset({0, 1}), None, "required", "zh-ur", 0),
            Meeting(1, 0, slot=1, after=(0,)),
        ),
        (Interpreter(frozenset({"zh-ur"}), frozenset({0, 1, 2}), 8),),
        rooms=(1, 1, 1),
        reserve=frozenset({2}),
        pauses=frozenset({1}),
        in_a_row=4,
        rest=2,
        apart=1,
        fairness=1,
        whole=True,
    )


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("nTables = 1;", "", "Line 19: expected nTables before the end of the file."),
        ("nTables = 1;", "nTables = 1", "Line 4: expected ;, found nTotalSlots."),
        ("nTables = 1;", "nTables = x;", "Line 3: expected a number, found x."),
        ("nTables = 1;", "nTables = -1;", "Line 3: expected nTables of 0 or more, found -1."),
        ("nTables = 1;", "nTables = 1; nTables = 1;", "Line 3: expected each name once, found nTables again."),
        ("nTables = 1;", "nTables = 1; ?", "Line 3: expected a name, a number or a bracket, found '?'."),
        ("nTotalSlots = 4", "nTotalSlots = 10001", "Line 4: expected nTotalSlots of 10000 or fewer, found 10001."),
        ("nTables = 1;", "nTables = 1234567890;", "Line 3: expected a number of fewer digits, found 1234567890."),
        ("nMorningSlots = 2", "nMorningSlots = 5", "Line 5: expected nMorningSlots of at most 4, found 5."),
        ("|1, 3,3,", "|1, 3,4,", "Line 8: expected session 1 (morning), 2 (afternoon) or 3 (either), found 4."),
        ("|1, 3,3,", "|1, 4,3,", "Line 8: expected two different participants from 1 to 3, found 1 and 4."),
        ("|1, 3,3,", "|1, 3,", "Line 8: expected two participants and a session in requested, found 2 numbers."),
        ("|1, 3,3,", "", "Line 7: expected 2 entries in requested, found 1."),
        ("{0,2},", "{0,5},", "Line 15: expected a slot from 1 to 4 or 0 in forbidden, found 5."),
        ("{0,2},", "{0,2", "Line 16: expected ,, found {."),
        ("[0,4]", "[0]", "Line 17: expected 2 entries in fixed, found 1."),
        ("[0,4]", "3", "Line 17: expected 2 entries in fixed, found a number."),
        ("{1}];\n", "{1}", "Line 19: expected ,, found the end of the file."),
        ("{1}];\n", "{3}];\n", "Line 19: expected a meeting from 1 to 2 or 0 in precedences, found 3."),
        ("[{},", "[{2},", "Line 18: expected an order in precedences, found meeting 1 in a circle."),
        ("{1}];\n", "{2}];\n", "Line 19: expected an order in precedences, found meeting 2 in a circle."),
        ("[0,4]", "[{1,3},4]", "Line 17: expected one slot or 0 for each meeting in fixed, found 2 numbers."),
    ],
)
def test_a_malformed_published_file_is_refused_by_line(old: str, new: str, text: str) -> None:
    assert DZN.count(old) >= 1
    with pytest.raises(Malformed) as raised:
        read_dzn(new.join(DZN.rsplit(old, 1)))
    assert str(raised.value) == text


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ('"days": [2, 1],', '"days": [2, 1]', "Line 3: expected JSON: Expecting ',' delimiter, column 3."),
        ('"days": [2, 1],', "", "Line 1: expected the field days."),
        ('"days": [2, 1],', '"days": [99999],', "Line 2: Expected 10000 slots or fewer."),
        ('"rest": 2', '"rests": 2', "Line 10: expected no field rests."),
        ('"rest": 2', '"rest": "two"', "Line 10: expected a valid integer in rest."),
        ('"rooms": 1', '"rooms": true', "Line 10: expected a valid integer in rooms."),
        ('[{"slots": [0, 1]},', "[3,", "Line 3: expected an object in parties.0."),
        ('"required"', '"always"', "Line 6: expected 'required', 'welcome' or 'none' in meetings.0.interpreting."),
        ('"slot": 1', '"slot": 3', "Line 7: Meeting 1: expected slots from 0 to 2, found 3."),
        ('"parties": [1, 0]', '"parties": [1, 1]', "Line 7: Meeting 1: expected two different parties, found 1 twice."),
        ('"after": [0]', '"after": [1]', "Line 7: Meeting 1: expected other meetings from 0 to 1 before it, found 1."),
    ],
)
def test_malformed_json_is_refused_by_line(old: str, new: str, text: str) -> None:
    assert JSON.count(old) == 1
    with pytest.raises(Malformed) as raised:
        read_json(JSON.replace(old, new))
    assert str(raised.value) == text


@pytest.mark.parametrize("text", ["", "[]", "null", "3", '{"a"', "[" * 100_000, "9" * 5_000])
def test_what_is_no_problem_is_malformed(text: str) -> None:
    for read in (read_json, read_dzn):
        with pytest.raises(Malformed):
            read(text)


@pytest.fixture
def solve(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    """Runs `manage.py solve` on a text; returns what it printed."""

    def run(text: str, *options: object, name: str = "fair.dzn") -> dict[str, Any]:
        (tmp_path / name).write_text(text)
        call_command("solve", tmp_path / name, *map(str, options))
        line = capsys.readouterr().out
        assert line.count("\n") == 1
        found: dict[str, Any] = json.loads(line)
        found.pop("seconds")
        return found

    return run


def test_solve_prints_one_line(solve: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert solve(DZN, "--out", out) == {
        "status": "optimal", "placed": 2, "meetings": 2, "breaks": 1, "bound": 1, "schedule": [[0, 0], [1, 3]],
    }  # fmt: skip
    written = json.loads(out.read_text())
    assert written["schedule"] == [
        {"meeting": 0, "slot": 0, "interpreter": None}, {"meeting": 1, "slot": 3, "interpreter": None},
    ]  # fmt: skip
    assert solve(DZN, "--fairness", 0)["status"] == "infeasible"
    interpreted = solve(JSON, "--time-limit", "5", name="fair.json")
    assert (interpreted["status"], interpreted["schedule"]) == ("optimal", [[0, 0], [1, 1]])


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("fair.dzn", b"nBusiness = ;", "fair.dzn: Line 1: expected a number, found ;."),
        ("fair.json", b"{}\n\xff", "fair.json: Line 2: expected UTF-8 text."),
        ("missing.json", None, "missing.json cannot be read: No such file or directory."),
    ],
)
def test_solve_refuses_with_status_2(tmp_path: Path, name: str, content: bytes | None, text: str) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(CommandError) as raised:
        call_command("solve", tmp_path / name)
    assert (raised.value.returncode, str(raised.value)) == (2, f"{tmp_path}/{text}")
