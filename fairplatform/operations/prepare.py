"""What a first start needs and a second start skips within a second: tables, catalogues, static files."""

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def prepare() -> None:
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    migrate()
    call_command("compile_catalogues", verbosity=0)
    _collect_static()


def migrate() -> None:
    """Brings the tables up to date, if they are not."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Preparing the database …", flush=True)  # noqa: T201
        call_command("migrate", verbosity=0, interactive=False)


def _collect_static() -> None:
    """Collects and hashes the static files when one of them has changed since the last time."""
    stamp = settings.STATIC_ROOT / ".collected"
    state = _fingerprint(settings.ROOT / "frontend/static")
    if stamp.is_file() and stamp.read_text() == state:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)


def _fingerprint(folder: Path) -> str:
    lines = sorted(f"{p.relative_to(folder)} {p.stat().st_mtime_ns} {p.stat().st_size}" for p in folder.rglob("*"))
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
