"""`manage.py write_api_document [--check]`."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fairplatform.api.fair_api import api

DOCUMENT = "docs/openapi.json"


class Command(BaseCommand):
    help = f"Writes {DOCUMENT}, which describes the HTTP API, from its operations."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when the file is out of date")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        path = settings.ROOT / DOCUMENT
        if path.is_file() and path.read_text(encoding="utf-8") == api.document():
            return
        if check:
            raise CommandError(f"{DOCUMENT} is out of date: run manage.py write_api_document")
        path.write_text(api.document(), encoding="utf-8")
        self.stdout.write(f"written: {DOCUMENT}")
