"""Commands whose standard output is JSON alone where `--json` asks for it, also when their arguments are wrong."""

import json
import sys
from abc import abstractmethod
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

WRONG_ARGUMENTS = 2  # exit status, as argparse has it


class JsonCommand(BaseCommand):
    def run_from_argv(self, argv: list[str]) -> None:
        self._is_json = "--json" in argv
        super().run_from_argv(argv)

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        if getattr(self, "_is_json", False):
            parser.error = self._refuse  # type: ignore[method-assign]
        return parser

    def _refuse(self, message: str) -> NoReturn:
        self.fail("arguments", message, WRONG_ARGUMENTS, is_json=True)

    @abstractmethod
    def failure(self, code: str, text: str) -> dict[str, object]:
        """What standard output says of a failure."""

    def fail(self, code: str, text: str, status: int, *, is_json: bool) -> NoReturn:
        """Ends the command with this status."""
        if not is_json:
            raise CommandError(text, returncode=status)
        self.stdout.write(json.dumps(self.failure(code, text)))
        sys.exit(status)
