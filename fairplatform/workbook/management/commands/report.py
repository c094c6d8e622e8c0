"""`manage.py report FAIR --out FILE`: the figures of a fair as a workbook, CSV, JSON or PDF."""

from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.report.building import build
from fairplatform.report.files import WRITERS
from fairplatform.report.tables import LANGUAGE_OF, chosen_languages
from fairplatform.workbook.management import fair_command
from fairplatform.workbook.management.fair_command import FairCommand


@dataclass(frozen=True)
class Written:
    path: Path
    figures: int

    def as_data(self) -> dict[str, object]:
        return {"written": str(self.path), "figures": self.figures}

    def as_lines(self) -> Iterator[str]:
        yield _("Figures: %(count)s") % {"count": self.figures}


class Command(FairCommand):
    help = "Writes the figures of a fair, each with its definition, in one language or in two side by side."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        names = ",".join(WRITERS)
        parser.add_argument("--out", type=Path, required=True, metavar=f"FILE.{{{names}}}", help="the file to write")
        parser.add_argument(
            "--lang", action="append", choices=tuple(LANGUAGE_OF), help="once or twice; by default zh and en"
        )

    def work(self, fair: Fair, options: dict[str, Any]) -> tuple[fair_command.Report, int]:
        out: Path = options["out"]
        write = WRITERS.get(out.suffix.lower().removeprefix("."))
        if write is None:
            raise Refused("report_form", forms=", ".join(WRITERS))
        report = build(fair, chosen_languages(options["lang"]), now=timezone.now())
        content = write(report)
        try:
            out.write_bytes(content)
        except OSError as error:
            text = _("%(file)s cannot be written: %(error)s") % {"file": out, "error": error.strerror}
            self.fail("not_written", text, fair_command.FAILED, is_json=options["json"])
        return Written(out, len(report.figures)), 0
