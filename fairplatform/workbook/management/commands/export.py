"""`manage.py export FAIR`: a fair as a workbook, or a part of it as JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.db import DatabaseError

from fairplatform.fairs.models import Fair
from fairplatform.workbook.exporting import export_fair
from fairplatform.workbook.json_export import EXPORTS
from fairplatform.workbook.management.json_command import JsonCommand

FAILED = 1  # exit status


class Command(JsonCommand):
    help = "Writes a fair as a workbook that an import reads back unchanged, or prints a part of it as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fair", help="the fair's slug")
        parser.add_argument("--out", type=Path, metavar="FILE.xlsx", help="the workbook to write")
        parser.add_argument("--what", choices=tuple(EXPORTS), help="print this instead, as JSON")
        parser.add_argument("--json", action="store_true", help="errors too are printed as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self._export(options)
        except DatabaseError as error:
            self.fail("database", f"The database cannot be used: {error}", FAILED, is_json=options["json"])

    def _export(self, options: dict[str, Any]) -> None:
        fair = Fair.objects.filter(slug=options["fair"]).first()
        if fair is None:
            self.fail(
                "unknown_fair", f"There is no fair with the slug {options['fair']}.", FAILED, is_json=options["json"]
            )
        elif options["what"]:
            self.stdout.write(json.dumps(EXPORTS[options["what"]](fair)))
        elif options["out"]:
            self._write(fair, options["out"], is_json=options["json"])
        else:
            self.fail("nothing_named", "Name the workbook with --out, or say --what.", FAILED, is_json=options["json"])

    def _write(self, fair: Fair, out: Path, *, is_json: bool) -> None:
        try:
            counts = export_fair(fair, out)
        except OSError as error:
            self.fail("not_written", f"{out} cannot be written: {error.strerror}.", FAILED, is_json=is_json)
        if is_json:
            self.stdout.write(json.dumps({"written": str(out), "rows": counts}))
        else:
            for sheet, count in counts.items():
                self.stdout.write(f"{sheet}: {count}")

    def failure(self, code: str, text: str) -> dict[str, object]:
        return {"error": {"code": code, "text": text}}
