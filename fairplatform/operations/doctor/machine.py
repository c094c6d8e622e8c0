"""Checks of the computer and the checkout: versions, disk space, limits, generated files, backups."""

import errno
import re
import resource
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from django.conf import settings

from fairplatform.i18n.catalogues.po_files import DOMAINS, catalogue_path, translated_languages
from fairplatform.server.frames import self_test

from .finding import Finding, broken, warning, well

OLDEST_PYTHON = (3, 11)
# A line of requirements.lock: name, version, and " ;" if an environment marker follows.
PIN = re.compile(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==([^\s;]+)( ;)?", re.MULTILINE)
MEBIBYTE = 1024 * 1024
LEAST_SPACE, ENOUGH_SPACE = 500 * MEBIBYTE, 5000 * MEBIBYTE
SOCKETS_EMBEDDED, SOCKETS_SCALED = 1000, 5000  # that one process should be able to have open
OTHER_FILES = 500  # open files that are no sockets of people
DISK_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
MOST_BACKUP_HOURS = 26  # a day, and the time it takes to make one
PREPARE = "Run manage.py prepare."


def check_machine() -> Iterator[Finding]:
    yield _python()
    yield _libraries()
    yield _open_files()
    yield _data_dir()
    yield _disk_space()
    yield _catalogues()
    yield _static()
    yield _frames()
    yield _backup()


def _python() -> Finding:
    running = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        return broken("python", f"This is Python {running}.", "The program needs 3.11 or newer.")
    return well("python", f"This is Python {running}.")


def _libraries() -> Finding:
    lock = settings.ROOT / "requirements.lock"
    if not lock.is_file():
        return warning("libraries", "There is no requirements.lock beside the program.", "Restore it from the release.")
    pinned: dict[str, set[str]] = defaultdict(set)
    # A library with an environment marker may be absent; if it is installed, its version must be one of the lock.
    required = set()
    for name, pin, marker in PIN.findall(lock.read_text()):
        pinned[name].add(pin)
        required |= set() if marker else {name}
    installed = {name: _version(name) for name in pinned}
    wrong = [n for n, found in installed.items() if (found or n in required) and found not in pinned[n]]
    if wrong:
        says = "Not as in requirements.lock: " + ", ".join(f"{n} {installed[n] or 'is missing'}" for n in sorted(wrong))
        return broken("libraries", says + ".", "pip install --require-hashes -r requirements.lock")
    return well("libraries", f"{len(required)} libraries are as in requirements.lock.")


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _open_files() -> Finding:
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = (SOCKETS_EMBEDDED if settings.EMBEDDED else SOCKETS_SCALED) + OTHER_FILES
    if 0 <= limit < wanted:
        says = f"A process may open {limit} files; {wanted - OTHER_FILES} people need about {wanted}."
        return warning("open files", says, f"Start it after `ulimit -n {wanted}`, or set LimitNOFILE= in its unit.")
    return well("open files", f"A process may open {limit if limit >= 0 else 'any number of'} files.")


def _data_dir() -> Finding:
    try:
        with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
            file.write(b"x")
    except OSError as failure:
        says = f"DATA_DIR ({settings.DATA_DIR}) cannot be written: {failure.strerror}."
        is_full = failure.errno in DISK_FULL
        return broken("data folder", says, "Make room there." if is_full else "Give it to the user the fair runs as.")
    return well("data folder", f"DATA_DIR ({settings.DATA_DIR}) can be written.")


def _disk_space() -> Finding:
    existing = next(folder for folder in (settings.DATA_DIR, *settings.DATA_DIR.parents) if folder.exists())
    free = shutil.disk_usage(existing).free
    says = f"{free // MEBIBYTE:,} MiB are free where DATA_DIR is."
    if free < LEAST_SPACE:
        return broken("disk", says, "Make room: without it nothing can be stored.")
    return warning("disk", says, "Make room before the fair.") if free < ENOUGH_SPACE else well("disk", says)


def _catalogues() -> Finding:
    paths = [catalogue_path(language, domain) for language in translated_languages() for domain in DOMAINS]
    stale = [path for path in paths if not _is_compiled(path)]
    if stale:
        return broken("languages", f"{len(stale)} of {len(paths)} catalogues are not compiled.", PREPARE)
    return well("languages", f"{len(paths)} catalogues are compiled.")


def _is_compiled(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return compiled.is_file() and compiled.stat().st_mtime >= path.stat().st_mtime


def _static() -> Finding:
    if settings.DEBUG or settings.TESTING:
        return well("static files", "Static files are served as they are.")
    if not (settings.STATIC_ROOT / "staticfiles.json").is_file():
        return broken("static files", f"None are collected in {settings.STATIC_ROOT}: no page can be shown.", PREPARE)
    return well("static files", f"They are collected in {settings.STATIC_ROOT}.")


def _frames() -> Finding:
    if not settings.FAST_FRAMES:
        return warning("fast frames", "FAST_FRAMES is off: many listeners cost more.", "Set FAST_FRAMES=1 if you can.")
    if not self_test():
        says = "The self-test of fast frames failed: events go the slower way."
        return warning("fast frames", says, "Install the Twisted of requirements.lock.")
    return well("fast frames", "Events are written straight to the sockets.")


def _backup() -> Finding:
    times = [path.stat().st_mtime for path in (settings.DATA_DIR / "backups").glob("fair-*.tar.gz")]
    if not times:
        advice = "Run manage.py backup daily, and keep the archives on another machine."
        return warning("backup", "There is none in DATA_DIR/backups; others are not known here.", advice)
    hours = (datetime.now(UTC).timestamp() - max(times)) / 3600
    says = f"The newest in DATA_DIR/backups is {hours:.0f} hours old."
    return warning("backup", says, "Run manage.py backup daily.") if hours > MOST_BACKUP_HOURS else well("backup", says)
