"""Where the content of files is: once under its SHA-256, and unfinished while it arrives. All of it is in FILES_DIR."""

import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from django.conf import settings

LOCK = "files.lock"


class Stored(NamedTuple):
    """Content that is on the disk: its digest, which is its name, and its length."""

    sha256: str
    size: int


def stored_path(sha256: str) -> Path:
    return Path(settings.FILES_DIR) / sha256[:2] / sha256


def unfinished() -> Path:
    """The folder of what is not stored yet; on the same file system as what is."""
    folder = Path(settings.FILES_DIR) / "unfinished"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@contextmanager
def temporary(content: bytes) -> Iterator[Path]:
    """A file with this content, which is removed at the end."""
    handle, name = tempfile.mkstemp(dir=unfinished())
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        yield Path(name)
    finally:
        Path(name).unlink()


@contextmanager
def copied(source: Path) -> Iterator[Path]:
    """A copy of the file that nobody else writes to, which is removed at the end."""
    handle, name = tempfile.mkstemp(dir=unfinished())
    os.close(handle)
    try:
        yield Path(shutil.copyfile(source, name))
    finally:
        Path(name).unlink()


def put(source: Path) -> Stored:
    """Stores a copy of the file, atomically: copied to `unfinished`, flushed to the disk, then renamed.

    Content that is there already is marked as new, so that `cleaning` leaves it to the row that will refer to it.
    """
    with source.open("rb") as content:
        stored = Stored(hashlib.file_digest(content, "sha256").hexdigest(), content.tell())
        final = stored_path(stored.sha256)
        if not _marked_as_new(final):
            content.seek(0)
            _copy(content, final)
    return stored


def put_drawing(content: bytes) -> Stored:
    """Stores a drawing of the program's own, which it can draw again.

    Nothing waits for the disk: five hundred drawings are stored in a tenth of a second, and flushed one by one in five.
    What a power cut takes is stored again when the drawings are loaded the next time.
    """
    stored = Stored(hashlib.sha256(content).hexdigest(), len(content))
    final = stored_path(stored.sha256)
    if not (_marked_as_new(final) and final.stat().st_size == stored.size):
        final.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary_name = tempfile.mkstemp(dir=unfinished())
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(temporary_name).replace(final)
    return stored


def _marked_as_new(final: Path) -> bool:
    """False where there is no such content."""
    with _locked(fcntl.LOCK_SH):
        try:
            os.utime(final)
        except FileNotFoundError:
            return False
    return True


def _copy(source: BinaryIO, final: Path) -> None:
    final.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary_name = tempfile.mkstemp(dir=unfinished())
    try:
        with os.fdopen(handle, "wb") as out:
            shutil.copyfileobj(source, out)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary_name).replace(final)
    except OSError:
        # On a full disk the rest must not stay and take up space.
        Path(temporary_name).unlink()
        raise
    # The directory entries too: after a power cut, the row that is committed next must not be without its file.
    for folder in (final.parent, Path(settings.FILES_DIR)):
        sync(folder)


def sync(path: Path) -> None:
    """Flushes a file, or the entries of a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_part(path: Path, content: bytes, offset: int) -> None:
    """Writes these bytes at their place in an unfinished file, and flushes them to the disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        view, at = memoryview(content), offset
        while view:
            written = os.pwrite(handle, view, at)
            view, at = view[written:], at + written
        os.fsync(handle)
    finally:
        os.close(handle)


def old_files(before: float) -> Iterator[str]:
    """The digests of content that was last stored before this time, in seconds since 1970."""
    for path in Path(settings.FILES_DIR).glob("[0-9a-f][0-9a-f]/*"):
        if _is_old(path, before):
            yield path.name


def remove_if_old(sha256: str, before: float) -> None:
    """Removes content unless it has been stored again meanwhile."""
    path = stored_path(sha256)
    with _locked(fcntl.LOCK_EX):
        if _is_old(path, before):
            path.unlink(missing_ok=True)


def remove_old_unfinished(before: float) -> None:
    """Removes what a process that was killed has left behind."""
    for path in unfinished().iterdir():
        if path.name == LOCK or not _is_old(path, before):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _is_old(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:
        return False


@contextmanager
def _locked(how: int) -> Iterator[None]:
    """Between processes: while content is marked as new, none is removed."""
    with (unfinished() / LOCK).open("a") as file:
        fcntl.flock(file, how)
        yield
