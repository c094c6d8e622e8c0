"""An archive of a small fair, and folders to restore it into."""

from pathlib import Path

import pytest

from tests.operations.small_fair import OFFER, archive_members
from tests.servers.command import manage
from tests.servers.prepared import Prepared, prepared

_MAKE = """
from django.core.management import call_command
from django.utils import timezone
from fairplatform.files.actions import store
from tests.factories import actor, make_exhibitor, make_fair, make_staff

booth = make_exhibitor(make_fair()).booth
store(actor(make_staff(booth.participation)), owner=booth, name="offer.pdf", content=CONTENT, now=timezone.now())
call_command("backup")
"""


@pytest.fixture(scope="session")
def tables(templates: Path) -> Prepared:
    """A DATA_DIR with SQLite that has all tables, and no fair."""
    return prepared(templates, "tables")


@pytest.fixture(scope="session")
def archive(tables: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path of a backup of a small fair with one stored file."""
    folder = tmp_path_factory.mktemp("fair")
    tables.copy_to(folder)
    environment = {"DATA_DIR": str(folder)}
    script = _MAKE.replace("CONTENT", repr(OFFER))
    return Path(manage("shell", "--no-imports", "-c", script, environment=environment).stdout.strip())


@pytest.fixture
def data_dir(settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty DATA_DIR with SQLite, which this process uses."""
    folder = tmp_path / "data_dir"
    folder.mkdir()
    settings.DATA_DIR, settings.FILES_DIR, settings.EMBEDDED = folder, folder / "files", True
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", str(folder / "fair.sqlite3"))
    return folder


@pytest.fixture
def fair_dir(archive: Path, data_dir: Path) -> Path:
    """A DATA_DIR with the fair of the archive in it, unpacked without the program."""
    for entry, content in archive_members(archive)[:2]:
        path = data_dir / entry.name.replace("database.", "fair.")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return data_dir
