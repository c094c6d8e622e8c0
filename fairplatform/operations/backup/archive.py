"""The archive's form: a gzipped tar of the database, the stored files and, last, the manifest.

The manifest stands last so that an archive that was cut short has none.
"""

import gzip
import hashlib
import io
import re
import tarfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.core.management.base import CommandError
from pydantic import ValidationError

from . import manifest
from .data_dir import sync
from .manifest import Manifest, Member, Vendor

# Of a fair's database two and a half times as quick as level 6, for a seventh more bytes; pictures never shrink.
LEVEL = 2
CHUNK = 1024 * 1024
DATABASES: dict[Vendor, str] = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
_FILE = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_BROKEN = (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error, ValidationError, UnicodeDecodeError)


def file_member(sha256: str) -> str:
    """The name in the archive of a stored file; it is also its place below DATA_DIR."""
    return f"files/{sha256[:2]}/{sha256}"


def digest(path: Path) -> Member:
    """Length and SHA-256 of a file."""
    with path.open("rb") as source:
        return Member(sha256=hashlib.file_digest(source, "sha256").hexdigest(), size=source.tell())


class Writer:
    """Writes an archive member by member; `members` is what the manifest will say of them."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.members: dict[str, Member] = {}
        self._tar = tar

    def add(self, name: str, path: Path, known: Member) -> None:
        """The file at `path`; `known` are its length and digest."""
        with path.open("rb") as source:
            self._put(name, known.size, source)
        self.members[name] = known

    def end(self, told: Manifest) -> None:
        """Adds the manifest, which ends the archive."""
        text = told.model_dump_json(indent=1).encode()
        self._put(manifest.NAME, len(text), io.BytesIO(text))

    def _put(self, name: str, size: int, source: IO[bytes]) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, 0o600, int(time.time())
        self._tar.addfile(entry, source)


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A new archive at `path`, readable to its owner alone and on the disk at the end."""
    with path.open("xb") as out:
        path.chmod(0o600)
        with (
            gzip.GzipFile(filename="", fileobj=out, mode="wb", compresslevel=LEVEL) as packed,
            tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            yield Writer(tar)
    sync(path)


def unpack(archive: Path, folder: Path) -> Manifest:
    """Everything of the archive in `folder`, and its manifest. Raises CommandError unless it is whole and only ours."""
    try:
        # The outer stream is ours and read to its end: tarfile itself would not look at the checksum there.
        with gzip.open(archive) as stream:
            found, text = _members(stream, folder)
            while stream.read(CHUNK):
                pass
        told = Manifest.model_validate_json(text)
    except _BROKEN as broken:
        reason = "its manifest is missing or unreadable" if isinstance(broken, ValidationError) else str(broken)
        raise CommandError(f"{archive} is damaged or not a backup of this program: {reason}") from broken
    _compare(archive, found, told)
    return told


def _members(stream: gzip.GzipFile, folder: Path) -> tuple[dict[str, Member], bytes]:
    """What was unpacked, and the manifest's text (empty when there is none)."""
    found: dict[str, Member] = {}
    text = b""
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        for entry in tar:
            source = tar.extractfile(entry) if entry.type == tarfile.REGTYPE and not entry.sparse else None
            if source is None or text or entry.name in found or not _is_ours(entry.name):
                raise CommandError(f"The archive holds something a backup never has: {entry.name!r}")
            if entry.name == manifest.NAME:
                text = source.read()
            else:
                found[entry.name] = _unpack_one(source, folder / entry.name)
    return found, text


def _is_ours(name: str) -> bool:
    return name in (manifest.NAME, *DATABASES.values()) or _FILE.fullmatch(name) is not None


def _unpack_one(source: IO[bytes], place: Path) -> Member:
    place.parent.mkdir(parents=True, exist_ok=True)
    sha256, size = hashlib.sha256(), 0
    with place.open("xb") as out:
        place.chmod(0o600)
        while chunk := source.read(CHUNK):
            sha256.update(chunk)
            size += out.write(chunk)
    return Member(sha256=sha256.hexdigest(), size=size)


def _compare(archive: Path, found: dict[str, Member], told: Manifest) -> None:
    """What was unpacked is what the manifest names, byte for byte, and each stored file is what its name says."""
    changed = {name for name in found.keys() | told.members.keys() if found.get(name) != told.members.get(name)}
    changed |= {name for name, member in found.items() if name.startswith("files/") and name[9:] != member.sha256}
    if DATABASES[told.vendor] not in found or len(found.keys() & set(DATABASES.values())) != 1:
        changed.add(DATABASES[told.vendor])
    if changed:
        raise CommandError(f"{archive} is damaged: {', '.join(sorted(changed)[:5])} is missing or not what it was")
