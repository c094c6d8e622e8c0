"""Commands about one fair, which report as lines or as JSON."""

import json
import sys
from abc import abstractmethod
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any, Protocol

from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext as _

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair

from .json_command import JsonCommand, add_language, language

FAILED = 1  # exit status


class Report(Protocol):
    def as_data(self) -> dict[str, object]: ...

    def as_lines(self) -> Iterator[str]: ...


class FairCommand(JsonCommand):
    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("fair", help="the fair's slug")
        parser.add_argument("--json", action="store_true", help="print the report as JSON; errors too")
        add_language(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        is_json = options["json"]
        with translation.override(language(options)):
            try:
                report, status = self._done(options)
            except Refused as refused:
                self.fail(refused.code, refused.sentence, FAILED, is_json=is_json)
            except DatabaseError as error:
                text = _("The database cannot be used: %(error)s") % {"error": error}
                self.fail("database", text, FAILED, is_json=is_json)
            if is_json:
                self.stdout.write(json.dumps(report.as_data()))
            else:
                for line in report.as_lines():
                    self.stdout.write(line)
        if status:
            sys.exit(status)

    def _done(self, options: dict[str, Any]) -> tuple[Report, int]:
        fair = Fair.objects.filter(slug=options["fair"]).first()
        if fair is None:
            text = _("There is no fair with the slug %(slug)s.") % {"slug": options["fair"]}
            self.fail("unknown_fair", text, FAILED, is_json=options["json"])
        return self.work(fair, options)

    @abstractmethod
    def work(self, fair: Fair, options: dict[str, Any]) -> tuple[Report, int]:
        """The report, and the exit status."""

    def failure(self, code: str, text: str) -> dict[str, object]:
        return {"error": {"code": code, "text": text}}
