"""What docs/security.md calls true is shown by a test that is there."""

import re
from pathlib import Path

NAMED = re.compile(r"`([\w/]+\.py)::(test_\w+)`")
STANDS = {"true", "partly", "not yet", "n/a"}
CHAPTERS = {"3": 31, "5": 13, "7": 19, "8": 13, "17": 5}


def table(repository: Path) -> list[list[str]]:
    """Of each row its number, how it stands, why, and its test."""
    lines = [line for line in (repository / "docs/security.md").read_text().splitlines() if re.match(r"\| \d", line)]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [[number, stands, why, test] for number, _level, _asked, stands, why, test in cells]


def test_every_requirement_of_its_chapters_has_a_row(repository: Path) -> None:
    numbers = [number for number, *_ in table(repository)]
    assert len(numbers) == len(set(numbers))
    found = {chapter: sum(number.startswith(f"{chapter}.") for number in numbers) for chapter in CHAPTERS}
    assert found == CHAPTERS


def test_fulfilled_rows_name_their_test_and_others_their_reason(repository: Path) -> None:
    rows = table(repository)
    assert {stands for _, stands, _, _ in rows} == STANDS
    assert [number for number, stands, _, test in rows if stands == "true" and not NAMED.search(test)] == []
    assert [number for number, stands, why, _ in rows if stands in ("partly", "n/a") and not why] == []


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
