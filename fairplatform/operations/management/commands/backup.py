"""`manage.py backup`: writes the whole fair into one archive while it runs."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from fairplatform.operations.backup.configured_database import configured_database
from fairplatform.operations.backup.create import create_backup

SOME_MISSING = 3  # exit status


class Command(BaseCommand):
    help = "Writes database and stored files into one archive while the fair runs, and prints where it is."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", nargs="?", type=Path, help="file or folder; by default DATA_DIR/backups")
        parser.add_argument("--keep", type=int, metavar="N", help="delete all but the newest N archives in the folder")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] is not None and options["keep"] < 1:
            raise CommandError("--keep must be at least 1.")
        # At low priority, so that the fair's own processes come first.
        os.nice(10)
        backup = create_backup(configured_database(), options["target"], keep=options["keep"])
        self.stdout.write(str(backup.path))
        if backup.manifest.missing:
            names = ", ".join(backup.manifest.missing[:5])
            raise CommandError(
                f"The archive is complete except for {len(backup.manifest.missing)} stored files that are lost or "
                f"damaged: {names}",
                returncode=SOME_MISSING,
            )
