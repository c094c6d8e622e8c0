"""`manage.py write_socket_documents [--check]`."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from fairplatform.asgi import TOPICS
from fairplatform.realtime.documents import documents


class Command(BaseCommand):
    help = "Writes the socket's types and documentation from its message classes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail when a file is out of date")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        for name, text in documents(TOPICS).items():
            path = settings.ROOT / name
            if path.is_file() and path.read_text(encoding="utf-8") == text:
                continue
            if check:
                raise CommandError(f"{name} is out of date: run manage.py write_socket_documents")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"written: {name}")
