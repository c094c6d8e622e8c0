"""`manage.py backup`: the whole fair in one file, made while it runs."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fairplatform.operations.backup.create import backup

SOME_MISSING = 3


class Command(BaseCommand):
    help = "Writes database and stored files into one archive while the fair runs, and prints where it is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", nargs="?", type=Path, help="file or folder; by default DATA_DIR/backups")
        parser.add_argument("--keep", type=int, metavar="N", help="delete all but the newest N archives in the folder")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] is not None and options["keep"] < 1:
            raise CommandError("--keep needs at least 1.")
        # The fair goes first.
        os.nice(10)
        made = backup(options["target"], keep=options["keep"])
        self.stdout.write(str(made.path))
        if made.manifest.missing:
            names = ", ".join(made.manifest.missing[:5])
            raise CommandError(
                f"The archive is whole, but {len(made.manifest.missing)} stored files are lost or damaged: {names}",
                returncode=SOME_MISSING,
            )
