"""`manage.py import` and `manage.py export`, as processes on a database of their own."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fairplatform.workbook.reading import read
from fairplatform.workbook.writing import write
from tests.servers.command import MANAGE, clean_environment
from tests.servers.prepared import prepared
from tests.servers.programs import REPOSITORY
from tests.servers.stack import stack
from tests.workbook.making import xlsx
from tests.workbook.whole_fair import FAIR, Sheets, whole_fair

pytestmark = [
    pytest.mark.server,
    pytest.mark.either("fairplatform.workbook.importing"),
]
COUNTS = {sheet: len(rows) for sheet, rows in FAIR.items()}


@dataclass(frozen=True)
class Installation:
    """An empty database and a folder for files."""

    folder: Path
    environment: dict[str, str]

    def start(self, *arguments: str | Path) -> "subprocess.Popen[str]":
        command = [*MANAGE, *map(str, arguments)]
        return subprocess.Popen(
            command, cwd=REPOSITORY, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *arguments: str | Path) -> tuple[int, str, str]:
        process = self.start(*arguments)
        printed, said = process.communicate()
        return process.returncode, printed, said

    def json(self, *arguments: str | Path) -> tuple[int, Any]:
        status, printed, _ = self.run(*arguments, "--json")
        return status, without_warnings(json.loads(printed))

    def rows(self) -> Any:
        """The schedule of the fair."""
        return json.loads(self.run("export", "ae2026", "--what", "schedule", "--json")[1])

    def write(self, sheets: Sheets, name: str = "fair.xlsx") -> Path:
        write(self.folder / name, sheets)
        return self.folder / name


def without_warnings(report: dict[str, Any]) -> dict[str, Any]:
    """Reading warns of cities outside the list and of invented numbers, which is none of the matter here."""
    if "findings" in report:
        report["findings"] = [one for one in report["findings"] if one["severity"] == "error"]
    return report


@pytest.fixture
def installation(templates: Path, tmp_path: Path) -> Installation:
    run = stack()
    data = prepared(templates, "tables", run.postgres if run else None)
    folder = tmp_path / "data"
    data.copy_to(folder)
    settings = run.settings(data.database()) if run else {}
    return Installation(tmp_path, clean_environment() | settings | {"DATA_DIR": str(folder), "DEMO": "0"})


def result(created: object = None, updated: object = None, unchanged: object = None) -> dict[str, object]:
    counts = {"created": created or {}, "updated": updated or {}, "unchanged": unchanged or {}}
    return {"stored": True, **counts, "findings": []}


def test_a_fair_from_nothing_and_back_to_a_file(installation: Installation) -> None:
    file = installation.write(whole_fair())
    assert installation.json("import", file, "--check") == (0, result(created=COUNTS) | {"stored": False})
    assert installation.json("import", file) == (0, result(created=COUNTS))
    assert installation.json("import", file) == (0, result(unchanged=COUNTS))
    out = installation.folder / "out.xlsx"
    assert installation.json("export", "ae2026", "--out", out) == (0, {"written": str(out), "rows": COUNTS})
    assert installation.json("import", out) == (0, result(unchanged=COUNTS))


def test_an_export_makes_the_same_fair_elsewhere(installation: Installation, templates: Path, tmp_path: Path) -> None:
    installation.run("import", installation.write(whole_fair()))
    first, second = installation.folder / "first.xlsx", installation.folder / "second.xlsx"
    installation.run("export", "ae2026", "--out", first)
    installation.run("flush", "--no-input")
    assert installation.json("import", first) == (0, result(created=COUNTS))
    installation.run("export", "ae2026", "--out", second)
    assert read(second) == read(first)


def test_errors_store_nothing_and_are_said_in_the_readers_language(installation: Installation) -> None:
    sheets = whole_fair()
    sheets["companies"][0]["hall"] = 9
    file = installation.write(sheets)
    status, report = installation.json("import", file)
    assert status == 1
    assert {key: cell for key, cell in report.items() if key != "findings"} == {
        "stored": False, "created": {sheet: COUNTS[sheet] for sheet in COUNTS}, "updated": {}, "unchanged": {},
    }  # fmt: skip
    (finding,) = report["findings"]
    assert finding == {
        "sheet": "companies", "row": 3, "column": "hall", "code": "reference_unknown", "severity": "error",
        "text": "“9” is neither a key nor a name in the sheet Halls. Correct it, or add the row there.",
    }  # fmt: skip
    status, printed, _ = installation.run("import", file)
    assert status == 1
    lines = printed.splitlines()
    assert lines[-1] == "Nothing was imported, because of 1 error."
    assert [line for line in lines if line.startswith("Error")] == [f"Error: Companies, row 3, Hall: {finding['text']}"]
    assert installation.json("export", "ae2026", "--what", "figures") == (
        1,
        {"error": {"code": "unknown_fair", "text": "There is no fair with the slug ae2026."}},
    )


def test_a_file_that_cannot_be_read(installation: Installation) -> None:
    (installation.folder / "torn.xlsx").write_bytes(b"PK\x03\x04 torn")
    for file, code in (("torn.xlsx", "file_broken"), ("missing.xlsx", "file_missing")):
        status, report = installation.json("import", installation.folder / file)
        assert (status, report["stored"], [one["code"] for one in report["findings"]]) == (2, False, [code])
        status, printed, said = installation.run("import", installation.folder / file)
        assert (status, printed, said.strip()) == (2, "", f"CommandError: {report['findings'][0]['text']}")


def test_wrong_arguments_are_said_as_json_alone(installation: Installation) -> None:
    for arguments in (
        ("import", "--language", "xx"),
        ("import", "--nothing"),
        ("export",),
        ("export", "x", "--what", "all"),
        ("match",),
        ("schedule", "x", "--time-limit", "soon"),
        ("publish", "x", "y"),
        ("new_fair", "x"),
    ):
        status, printed, said = installation.run(*arguments, "--json")
        text = json.loads(printed)
        found = text["findings"][0] if arguments[0] == "import" else text["error"]
        if arguments[0] == "new_fair":
            found = {"code": text["error"], "text": text["text"]}
        assert (status, found["code"], bool(found["text"]), said) == (2, "arguments", True, "")
    assert installation.run("import", "--language", "xx")[:2] == (2, "")


def test_a_fair_goes_from_a_file_to_published_meetings(installation: Installation) -> None:
    sheets = whole_fair()
    installation.run("import", installation.write(sheets))
    status, report = installation.json("schedule", "ae2026", "--time-limit", "5")
    assert (status, report["meetings"], report["placed"], report["not_placed"]) == (0, 1, 1, [])
    planned = {
        "exhibitor": "anvil", "buyer": "gulf", "interpreter": "li", "pinned": True,
        "starts_at": "2026-10-12T05:30:00Z", "ends_at": "2026-10-12T05:55:00Z",
    }  # fmt: skip
    assert installation.rows() == [planned | {"state": "draft"}]
    assert installation.json("publish", "ae2026")[0] == 0
    assert installation.rows() == [planned | {"state": "confirmed"}]


def test_a_template_is_told_as_json(installation: Installation) -> None:
    file = installation.folder / "template.xlsx"
    assert installation.json("import", "--template", file) == (0, {"written": str(file)})
    status, printed, said = installation.run("import", "--template", installation.folder, "--json")
    assert (status, json.loads(printed)["findings"][0]["code"], said) == (2, "not_written", "")


def test_a_second_file_with_a_few_cells(installation: Installation) -> None:
    installation.run("import", installation.write(whole_fair()))
    file = xlsx(
        installation.folder / "update.xlsx",
        {
            "fair": [["slug"], ["ae2026"]],
            "companies": [["key", "employees", "tagline_en"], ["anvil", "130", "(none)"], ["gulf", "", ""]],
        },
    )
    assert installation.json("import", file) == (
        0,
        result(updated={"companies": 1}, unchanged={"fair": 1, "companies": 1}),
    )


def large_fair() -> Sheets:
    """So many products that storing them takes a while."""
    sheets = whole_fair()
    product = {"company": "anvil", "name_en": "Pliers", "hs": "820320"}
    sheets["products"] += [{**product, "article": f"A-{number}"} for number in range(3000)]
    return sheets


def test_a_killed_import_leaves_nothing_half_stored(installation: Installation) -> None:
    file = installation.write(large_fair())
    process = installation.start("import", file)
    assert process.stderr
    for line in process.stderr:
        # Companies and people are written by now, products are not.
        if line.startswith("storing products"):
            process.kill()
            break
    process.communicate()
    assert process.returncode == -9
    assert installation.json("export", "ae2026", "--what", "figures")[1]["error"]["code"] == "unknown_fair"
    counts = COUNTS | {"products": 3002}
    assert installation.json("import", file) == (0, result(created=counts))


def test_two_imports_at_once_are_one_after_the_other(installation: Installation) -> None:
    file = installation.write(whole_fair())
    processes = [installation.start("import", file, "--json") for _ in range(2)]
    reports = [without_warnings(json.loads(process.communicate()[0])) for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    assert sorted(reports, key=lambda report: not report["created"]) == [
        result(created=COUNTS),
        result(unchanged=COUNTS),
    ]


def test_a_template_is_a_fair_without_errors(installation: Installation) -> None:
    template = installation.folder / "template.xlsx"
    assert installation.run("import", "--template", template)[0] == 0
    status, report = installation.json("import", template, "--check")
    assert (status, [one for one in report["findings"] if one["severity"] == "error"]) == (0, [])
