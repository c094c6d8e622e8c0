"""Cells that other rows need, people who share a telephone, and a fair that has nothing yet."""

import contextlib
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair
from fairplatform.workbook.exporting import export_fair
from fairplatform.workbook.writing import write
from tests.workbook.whole_fair import whole_fair

pytestmark = pytest.mark.django_db


def imported(folder: Path, sheets: dict[str, list[dict[str, Any]]], *options: str) -> dict[str, Any]:
    """What `manage.py import --json` prints."""
    write(folder / "fair.xlsx", sheets)
    return _printed(folder / "fair.xlsx", *options)


def _printed(file: Path, *options: str) -> dict[str, Any]:
    printed = StringIO()
    with contextlib.suppress(SystemExit):
        call_command("import", str(file), *options, "--json", stdout=printed)
    answer: dict[str, Any] = json.loads(printed.getvalue())
    return answer


@pytest.mark.parametrize(
    ("sheet", "column", "following"),
    [
        ("fair", "station_country", []),
        ("fair", "host_country", []),
        ("preferences", "wish", []),
        ("days", "date", [("pairs", 3, "date")]),  # which is pinned to this day
    ],
)
def test_a_missing_cell_that_other_rows_need_is_an_error(
    tmp_path: Path, sheet: str, column: str, following: list[tuple[str, int, str]]
) -> None:
    sheets = whole_fair()
    del sheets[sheet][0][column]
    answer = imported(tmp_path, sheets, "--check")
    errors = [(one["sheet"], one["row"], one["column"]) for one in answer["findings"] if one["severity"] == "error"]
    assert (answer["stored"], errors) == (False, [(sheet, 3, column), *following])


def test_people_who_share_a_telephone_stay_apart(tmp_path: Path) -> None:
    sheets = whole_fair()
    names = ("Zhou Hai", "Shen Yi")
    sheets["people"] += [
        {
            "name_en": name,
            "role": "staff",
            "company": "bolt",
            "mobile": "+8657987000009",
            "write_in": "en",
            "country": "CN",
        }
        for name in names
    ]
    first, again = imported(tmp_path, sheets), imported(tmp_path, sheets)
    assert (first["stored"], again["created"], again["updated"]) == (True, {}, {})
    assert sorted(str(user.name) for user in User.objects.filter(phone="+8657987000009")) == sorted(names)


def test_a_new_fair_can_be_exported_and_imported_under_its_name_in_any_case(tmp_path: Path) -> None:
    call_command("new_fair", "Spring", organiser="chen@chamber.example", stdout=StringIO())
    fair = Fair.objects.get()
    export_fair(fair, tmp_path / "fair.xlsx")
    answer = _printed(tmp_path / "fair.xlsx")
    assert (fair.slug, answer["created"], answer["updated"], Fair.objects.count()) == ("spring", {}, {}, 1)
