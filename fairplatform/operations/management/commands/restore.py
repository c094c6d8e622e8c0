"""`manage.py restore`: restores a fair from an archive of `manage.py backup`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from fairplatform.operations.backup.configured_database import configured_database
from fairplatform.operations.backup.restore import restore


class Command(BaseCommand):
    help = "Restores a fair from an archive into an empty database and DATA_DIR. Stop every server process first."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="keep a copy of the present fair and restore this one"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        done = restore(configured_database(), options["file"], replace=options["replace"])
        rows, files = sum(done.manifest.rows.values()), len(done.manifest.members) - 1
        self.stdout.write(
            f"Restored the fair of {done.manifest.made_at:%Y-%m-%d %H:%M:%S}Z: {rows} rows, {files} files."
        )
        if done.old_data:
            self.stdout.write(f"What was here before is kept in {done.old_data}")
        if done.manifest.missing:
            self.stderr.write(
                f"{len(done.manifest.missing)} stored files were already missing when the backup was made."
            )
