"""The format of an archive: a gzipped tar of the database, the stored files and, last, the manifest.

The manifest comes last, so an archive that was cut short has none.
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
from .data_dir import fsync
from .manifest import ArchiveMember, Manifest, Vendor

# On the database of a fair 2.5 times as fast as level 6 for a seventh more bytes; pictures do not compress anyway.
COMPRESSION_LEVEL = 2
CHUNK = 1024 * 1024  # bytes
DATABASE_MEMBERS: dict[Vendor, str] = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
_FILE_MEMBER = re.compile(r"files/([0-9a-f]{2})/(\1[0-9a-f]{62})")
_READ_ERRORS = (tarfile.TarError, gzip.BadGzipFile, EOFError, zlib.error, ValidationError, UnicodeDecodeError)


def file_member(sha256: str) -> str:
    """The name of a stored file in the archive, the same as its path in DATA_DIR."""
    return f"files/{sha256[:2]}/{sha256}"


def digest(path: Path) -> ArchiveMember:
    """Length and SHA-256 of a file."""
    with path.open("rb") as source:
        return ArchiveMember(sha256=hashlib.file_digest(source, "sha256").hexdigest(), size=source.tell())


class ArchiveWriter:
    """Writes an archive member by member. `members` are those added so far, for the manifest."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.members: dict[str, ArchiveMember] = {}
        self._tar = tar

    def add(self, name: str, path: Path, member: ArchiveMember) -> None:
        """Adds the file at `path`; `member` is its digest."""
        with path.open("rb") as source:
            self._add(name, member.size, source)
        self.members[name] = member

    def finish(self, content: Manifest) -> None:
        """Adds the manifest, the last member."""
        text = content.model_dump_json(indent=1).encode()
        self._add(manifest.NAME, len(text), io.BytesIO(text))

    def _add(self, name: str, size: int, source: IO[bytes]) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, 0o600, int(time.time())
        self._tar.addfile(entry, source)


@contextmanager
def open_writer(path: Path) -> Iterator[ArchiveWriter]:
    """Creates an archive that only its owner can read; it is on the disk when the block ends."""
    with path.open("xb") as out:
        path.chmod(0o600)
        with (
            gzip.GzipFile(filename="", fileobj=out, mode="wb", compresslevel=COMPRESSION_LEVEL) as compressed,
            tarfile.open(fileobj=compressed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            yield ArchiveWriter(tar)
    fsync(path)


def unpack(archive: Path, folder: Path) -> Manifest:
    """Unpacks an archive into the folder and returns its manifest.

    Raises CommandError if it is damaged, incomplete, or has members that no backup has.
    """
    try:
        # We read the gzip stream to its end ourselves: tarfile stops before the checksum there.
        with gzip.open(archive) as stream:
            members, text = _unpack_members(stream, folder)
            while stream.read(CHUNK):
                pass
        content = Manifest.model_validate_json(text)
    except _READ_ERRORS as error:
        reason = "its manifest is missing or unreadable" if isinstance(error, ValidationError) else str(error)
        raise CommandError(f"{archive} is damaged or not a backup of this program: {reason}") from error
    _compare(archive, members, content)
    return content


def _unpack_members(stream: gzip.GzipFile, folder: Path) -> tuple[dict[str, ArchiveMember], bytes]:
    """The members unpacked, by name, and the text of the manifest (empty if there is none)."""
    members: dict[str, ArchiveMember] = {}
    text = b""
    with tarfile.open(fileobj=stream, mode="r|") as tar:
        for entry in tar:
            source = tar.extractfile(entry) if entry.type == tarfile.REGTYPE and not entry.sparse else None
            if source is None or text or entry.name in members or not _is_member_name(entry.name):
                raise CommandError(f"The archive holds something a backup never has: {entry.name!r}")
            if entry.name == manifest.NAME:
                text = source.read()
            else:
                members[entry.name] = _unpack_member(source, folder / entry.name)
    return members, text


def _is_member_name(name: str) -> bool:
    return name in (manifest.NAME, *DATABASE_MEMBERS.values()) or _FILE_MEMBER.fullmatch(name) is not None


def _unpack_member(source: IO[bytes], path: Path) -> ArchiveMember:
    path.parent.mkdir(parents=True, exist_ok=True)
    sha256, size = hashlib.sha256(), 0
    with path.open("xb") as out:
        path.chmod(0o600)
        while chunk := source.read(CHUNK):
            sha256.update(chunk)
            size += out.write(chunk)
    return ArchiveMember(sha256=sha256.hexdigest(), size=size)


def _compare(archive: Path, members: dict[str, ArchiveMember], content: Manifest) -> None:
    """Raises CommandError unless members and manifest agree and each stored file has the digest that is its name."""
    wrong = {name for name in members.keys() | content.members.keys() if members.get(name) != content.members.get(name)}
    wrong |= {name for name, member in members.items() if name.startswith("files/") and name[9:] != member.sha256}
    database = DATABASE_MEMBERS[content.vendor]
    if members.keys() & set(DATABASE_MEMBERS.values()) != {database}:
        wrong.add(database)
    if wrong:
        raise CommandError(f"{archive} is damaged: {', '.join(sorted(wrong)[:5])} is missing or not what it was")
