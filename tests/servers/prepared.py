"""Data as a first start makes it, made once per state of the source and copied for each server of the tests."""

import fcntl
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .command import manage
from .programs import REPOSITORY
from .stack import Stack, stack

# What migrated data depend on; the demonstration depends on every line of the program besides.
_MIGRATED = ("*/migrations/*.py", "fairplatform/*/migrations/*.py", "frontend/static/**/*", "frontend/locale/**/*.po")
_DEMO = ("fairplatform/**/*.py", "chat/**/*.py", "booths/**/*.py", "meetings/**/*.py")
_DUMP = "database.dump"


@dataclass(frozen=True)
class Prepared:
    """A data folder with all tables and collected files; in the scaled run its tables stand in a template database."""

    folder: Path
    standing: Stack | None

    @property
    def template(self) -> str:
        return self.folder.name.replace("-", "_")

    def copy_to(self, folder: Path) -> dict[str, str]:
        """Lay a copy into this folder; what the environment has to say of the rest."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(_DUMP))
        return self.standing.settings(self.template) if self.standing else {}

    def make(self, *, demo: bool) -> None:
        """As a first start does; the folder appears under its name only when it is whole."""
        building = Path(tempfile.mkdtemp(prefix="building-", dir=self.folder.parent))
        environment = {"DATA_DIR": str(building), "DEMO": str(int(demo))}
        environment |= self.standing.settings() if self.standing else {}
        manage("migrate", "--verbosity", "0", environment=environment)
        manage("compile_catalogues", environment=environment)
        manage("collectstatic", "--no-input", "--verbosity", "0", environment=environment)
        if demo:
            manage("demo", environment=environment)
        (building / "secret_key").unlink(missing_ok=True)
        if self.standing:
            self.standing.keep(environment["DATABASE_URL"], building / _DUMP)
        building.rename(self.folder)

    def make_ready(self) -> None:
        """Each scaled run has a PostgreSQL of its own, empty at first."""
        if self.standing and not self.standing.postgres.has(self.template):
            self.standing.restore(self.folder / _DUMP, self.template)


def prepared(place: Path, *, demo: bool) -> Prepared:
    """The prepared data, kept in this place from run to run while the source stays the same."""
    contents, patterns = ("demo", _MIGRATED + _DEMO) if demo else ("empty", _MIGRATED)
    kind = f"{contents}-{'scaled' if stack() else 'embedded'}"
    found = Prepared(place / f"{kind}-{_digest(patterns)}", stack())
    with _alone(place / f"{kind}.lock"):
        if not found.folder.exists():
            for old in place.glob(f"{kind}-*"):
                shutil.rmtree(old)
            found.make(demo=demo)
        found.make_ready()
    return found


def _digest(patterns: tuple[str, ...]) -> str:
    """A short fingerprint of all files that prepared data depend on."""
    fingerprint = hashlib.sha256()
    named = ["requirements.lock", "fairplatform/settings.py"]
    paths = {path for pattern in (*patterns, *named) for path in REPOSITORY.glob(pattern) if path.is_file()}
    for path in sorted(paths):
        fingerprint.update(str(path.relative_to(REPOSITORY)).encode() + b"\0" + path.read_bytes())
    return fingerprint.hexdigest()[:16]


@contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Only one process at a time gets past here."""
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
