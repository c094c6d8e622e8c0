"""What must be done before a start: tables, catalogues, static files. Done already, it takes less than a second."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from fairplatform.db.statistics import refresh_statistics


def prepare() -> None:
    """Creates DATA_DIR, migrates the database, compiles the catalogues and collects static files."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    migrate()
    refresh_statistics()
    call_command("compile_catalogues", verbosity=0)
    _collect_static()


def migrate() -> None:
    """Applies the migrations that are not applied yet."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database …", flush=True)  # noqa: T201
        call_command("migrate", verbosity=0, interactive=False)


def _collect_static() -> None:
    """Collects and hashes the static files if any of them has changed since the last time."""
    stamp = settings.STATIC_ROOT / ".collected"
    fingerprint = _fingerprint(settings.ROOT / "frontend/static")
    if stamp.is_file() and stamp.read_text() == fingerprint:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(fingerprint)


def _fingerprint(folder: Path) -> str:
    """A digest of path, modification time and size of every file."""
    lines = sorted(f"{p.relative_to(folder)} {p.stat().st_mtime_ns} {p.stat().st_size}" for p in folder.rglob("*"))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
