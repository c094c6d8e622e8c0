"""`manage.py import FILE`: makes a fair of a workbook, or brings it up to date."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import DatabaseError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from fairplatform.workbook.importing import import_workbook, plan_import
from fairplatform.workbook.management.json_command import JsonCommand, add_language, language
from fairplatform.workbook.reading import UnreadableFile, Workbook, read
from fairplatform.workbook.summary import as_data, as_lines, failure_as_data
from fairplatform.workbook.writing import write_template

FORBIDDEN, UNREADABLE = 1, 2  # exit status


class Command(JsonCommand):
    help = "Stores a whole fair from one workbook (.xlsx) or a folder of CSV files; all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help=".xlsx file, or folder of CSV files named by sheets")
        parser.add_argument("--check", action="store_true", help="report only, store nothing")
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument("--template", type=Path, metavar="FILE.xlsx", help="write an example to fill in")
        add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override(language(options)):
            if options["template"]:
                self._write_template(options["template"], is_json=options["json"])
            elif options["file"]:
                self._import(options["file"], is_check=options["check"], is_json=options["json"])
            else:
                self.fail("no_file", _("Name the file to import."), UNREADABLE, is_json=options["json"])

    def failure(self, code: str, text: str) -> dict[str, object]:
        return failure_as_data(code, text)

    def _write_template(self, file: Path, *, is_json: bool) -> None:
        try:
            write_template(file)
        except OSError as error:
            text = _("%(file)s cannot be written: %(error)s.") % {"file": file, "error": error.strerror}
            self.fail("not_written", text, UNREADABLE, is_json=is_json)
        if is_json:
            self.stdout.write(json.dumps({"written": str(file)}))

    def _import(self, file: Path, *, is_check: bool, is_json: bool) -> None:
        try:
            workbook = read(file, _reading)
        except UnreadableFile as error:
            self.fail(error.code, error.text, UNREADABLE, is_json=is_json)
        try:
            self._store(workbook, is_check=is_check, is_json=is_json)
        except DatabaseError as error:
            text = _("The database cannot be used: %(error)s") % {"error": error}
            self.fail("database", text, FORBIDDEN, is_json=is_json)

    def _store(self, workbook: Workbook, *, is_check: bool, is_json: bool) -> None:
        if is_check:
            plan, fair = plan_import(workbook), None
        else:
            plan, fair = import_workbook(workbook, now=timezone.now(), progress=_storing)
        if is_json:
            self.stdout.write(json.dumps(as_data(plan, is_stored=fair is not None)))
        else:
            for line in as_lines(plan, is_stored=fair is not None, is_check=is_check):
                self.stdout.write(line)
        if not plan.may_be_stored:
            sys.exit(FORBIDDEN)


def _reading(sheet: str, rows: int) -> None:
    sys.stderr.write(f"reading {sheet}: {rows}\n")


def _storing(sheet: str, rows: int) -> None:
    sys.stderr.write(f"storing {sheet}: {rows}\n")
