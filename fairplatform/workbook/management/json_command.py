"""Commands whose standard output is JSON alone where `--json` asks for it, also when their arguments are wrong."""

import json
import os
import sys
from abc import abstractmethod
from argparse import ArgumentParser
from collections.abc import Mapping
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


def add_language(parser: ArgumentParser) -> None:
    parser.add_argument("--language", choices=("en", "zh", "ur"), help="of the report; by default that of LANGUAGE")


def language(options: Mapping[str, Any]) -> str:
    """The language of ours that the option, or the list of names in LANGUAGE, asks for first."""
    for code in (options["language"] or os.environ.get("LANGUAGE", "")).split(":"):
        for ours, prefix in (("zh-hans", "zh"), ("ur", "ur"), ("en", "en")):
            if code.lower().startswith(prefix):
                return ours
    return "en"
