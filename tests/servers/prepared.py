"""Prepared data folders: created once for each state of the source, then copied for every run and server of tests."""

import fcntl
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .command import manage
from .databases import Databases
from .programs import REPOSITORY

_DUMP = "database.dump"
_PACKAGES = ("fairplatform", "chat", "booths", "meetings")


def _makes_tables(path: Path) -> bool:
    """Whether the tables depend on this file: migrations, models (content types, permissions) and triggers do it."""
    is_named = path.name in {"models.py", "apps.py", "settings.py"} or path.parent.name in {"migrations", "models"}
    return is_named or b"TRIGGER" in path.read_bytes()


_MODULES = [path for package in _PACKAGES for path in (REPOSITORY / package).rglob("*.py")]
_TABLES = tuple(str(path.relative_to(REPOSITORY)) for path in _MODULES if _makes_tables(path))


@dataclass(frozen=True)
class Contents:
    """How contents are made: from which others, by which commands, and the files these depend on (globs)."""

    base: str
    commands: tuple[tuple[str, ...], ...]
    patterns: tuple[str, ...]


CONTENTS = {
    "tables": Contents("", (("migrate", "--verbosity", "0"),), _TABLES),
    "empty": Contents(
        "tables",
        (("compile_catalogues",), ("collectstatic", "--no-input", "--verbosity", "0")),
        ("frontend/static/**/*", "frontend/locale/**/*.po"),
    ),
    "demo": Contents("empty", (("demo",),), tuple(f"{package}/**/*.py" for package in _PACKAGES)),
}


@dataclass(frozen=True)
class Prepared:
    """A prepared data folder. Its database is a file of SQLite, or a dump from which a template is restored."""

    folder: Path
    postgres: Databases | None = None

    @property
    def template(self) -> str:
        return self.folder.name.replace("-", "_")

    def copy_to(self, folder: Path) -> None:
        """Copies its files, without the dump, into a folder."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(_DUMP))

    def database(self) -> str:
        """Creates a database with the same content; returns its URL. A new PostgreSQL gets the template first."""
        assert self.postgres is not None
        with _locked(self.folder.with_suffix(".lock")):
            if not self.postgres.has(self.template):
                self.postgres.restore(self.folder / _DUMP, self.template)
        return self.postgres.copy(self.template)

    def make(self, contents: Contents) -> None:
        """Makes it under a temporary name, and renames it when it is complete."""
        templates = self.folder.parent
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=templates))
        environment = {"DATA_DIR": str(unfinished), "DEMO": "1"}
        if contents.base:
            base = prepared(templates, contents.base, self.postgres)
            base.copy_to(unfinished)
        if self.postgres:
            environment["DATABASE_URL"] = base.database() if contents.base else self.postgres.empty()
        for command in contents.commands:
            manage(*command, environment=environment)
        (unfinished / "secret_key").unlink(missing_ok=True)
        if self.postgres:
            self.postgres.dump(environment["DATABASE_URL"], unfinished / _DUMP)
        unfinished.rename(self.folder)


def prepared(templates: Path, contents: str, postgres: Databases | None = None) -> Prepared:
    """The prepared data, made if they are not there yet. `templates`: the folder that keeps them from run to run."""
    kind = f"{contents}-{'postgresql' if postgres else 'sqlite'}"
    prepared = Prepared(templates / f"{kind}-{_digest(contents)}", postgres)
    with _locked(templates / f"{kind}.lock"):
        if not prepared.folder.exists():
            for old in templates.glob(f"{kind}-*"):
                shutil.rmtree(old) if old.is_dir() else old.unlink()
            prepared.make(CONTENTS[contents])
    return prepared


def _digest(contents: str) -> str:
    """A short digest of all files that the contents depend on."""
    patterns = ["requirements.lock"]
    while contents:
        patterns += CONTENTS[contents].patterns
        contents = CONTENTS[contents].base
    fingerprint = hashlib.sha256()
    paths = {path for pattern in patterns for path in REPOSITORY.glob(pattern) if path.is_file()}
    for path in sorted(paths):
        fingerprint.update(str(path.relative_to(REPOSITORY)).encode() + b"\0" + path.read_bytes())
    return fingerprint.hexdigest()[:16]


@contextmanager
def _locked(lock: Path) -> Iterator[None]:
    """One process at a time."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
