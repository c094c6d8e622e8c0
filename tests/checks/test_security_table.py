"""What docs/security.md calls true is shown by a test that is there."""

import re
from pathlib import Path

NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
STATUSES = {"true", "partly", "not yet", "n/a"}
CHAPTERS = {"3": 31, "5": 13, "7": 19, "8": 13, "17": 5}


def table(repository: Path) -> list[list[str]]:
    """Number, status, reason and test of each row."""
    lines = [line for line in (repository / "docs/security.md").read_text().splitlines() if re.match(r"\| \d", line)]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [[number, status, why, test] for number, _level, _asked, status, why, test in cells]


def test_every_requirement_of_its_chapters_has_a_row(repository: Path) -> None:
    numbers = [number for number, *_ in table(repository)]
    assert len(numbers) == len(set(numbers))
    found = {chapter: sum(number.startswith(f"{chapter}.") for number in numbers) for chapter in CHAPTERS}
    assert found == CHAPTERS


def test_fulfilled_rows_name_their_test_and_others_their_reason(repository: Path) -> None:
    rows = table(repository)
    assert {status for _, status, _, _ in rows} == STATUSES
    assert [number for number, status, _, test in rows if status == "true" and not NAMED.search(test)] == []
    assert [number for number, status, why, _ in rows if status in ("partly", "n/a") and not why] == []


def test_every_test_that_is_named_is_there(repository: Path) -> None:
    named = NAMED.findall((repository / "docs/security.md").read_text())
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not re.search(rf"^(async )?def {test}\(", _read(repository / "tests" / file), re.MULTILINE)
    ]
    assert (len(named) > 40, missing) == (True, [])


def _read(path: Path) -> str:
    return path.read_text() if path.is_file() else ""
