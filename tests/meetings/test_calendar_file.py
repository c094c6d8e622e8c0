"""Calendar files: the first and the last date there are, and titles with characters that end a line."""

from datetime import date

import pytest

from meetings.calendar_file import all_day
from tests.factories import NOW


def file_of(title: str = "Sample", on: date = date(2020, 5, 20)) -> list[str]:
    body = all_day(uid="outcome-1@fair", on=on, title=title, url="https://fair.example/", stamp=NOW).decode()
    assert body.endswith("\r\n")
    return body.removesuffix("\r\n").split("\r\n")


@pytest.mark.parametrize(("on", "printed"), [(date(1, 1, 1), "00010101"), (date.max, "99991231")])
def test_the_first_and_the_last_day_can_be_written(on: date, printed: str) -> None:
    assert f"DTSTART;VALUE=DATE:{printed}" in file_of(on=on)


def test_no_character_of_a_title_begins_a_line() -> None:
    for mark in ("\r\n", "\r", "\n", "\0", "\v", "\f", "\x85", "\u2028", "\u2029"):
        body = "\n".join(file_of(f"A{mark}ATTENDEE:mailto:eve@elsewhere.example"))
        assert [line for line in body.splitlines() if line.startswith("ATTENDEE")] == []


def test_special_characters_are_escaped_and_long_lines_folded() -> None:
    name = "Zhang, Li; Sons\\" + "你" * 60
    lines = file_of(name)
    assert max(len(line.encode()) for line in lines) <= 75
    unfolded = "\n".join(lines).replace("\n ", "").splitlines()
    assert [line for line in unfolded if line.startswith("SUMMARY")] == ["SUMMARY:Zhang\\, Li\\; Sons\\\\" + "你" * 60]
