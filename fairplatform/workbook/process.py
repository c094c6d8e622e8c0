"""The process that an import is given: how it is started, and how it is ended once it has been given up."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.crypto import salted_hmac

from .limits import MOST_SECONDS_OF_DELEGATE
from .models import WorkbookImport

_PROCESSES = Path("/proc")  # of Linux; on other systems none is found, and none is ended


def start(started: WorkbookImport) -> None:
    """Starts `manage.py work_import`, which outlives this process and reports by the row of the import."""
    words = [str(started.pk), str(started.attempt), mark(started)]
    if started.by_delegate or started.participation:
        words += ["--seconds", str(MOST_SECONDS_OF_DELEGATE)]
    command = [sys.executable, str(settings.ROOT / "manage.py"), "work_import", *words]
    subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)


def mark(started: WorkbookImport) -> str:
    """By which the process of an attempt is known among all of the machine, also after a restart of the server.

    Another installation has other ones, since it has another secret or another database.
    """
    name = f"{connection.settings_dict['NAME']}:{started.pk}:{started.attempt}"
    return salted_hmac("workbook.process", name).hexdigest()[:32]


def end(started: WorkbookImport, *, only_stopped: bool = False) -> None:
    """Ends the process of an import that works on this machine. `only_stopped`: if it is stopped, as by SIGSTOP."""
    own = mark(started)
    for process in _marked(own):
        with suppress(OSError):
            # The handle stays that of this process, where its number may by now be another's.
            handle = os.pidfd_open(int(process.name))
            try:
                if _has(process, own) and not (only_stopped and not _is_stopped(process)):
                    signal.pidfd_send_signal(handle, signal.SIGKILL)
            finally:
                os.close(handle)


def _marked(own: str) -> Iterator[Path]:
    for process in _PROCESSES.glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            if _has(process, own):
                yield process


def _has(process: Path, own: str) -> bool:
    return own.encode() in (process / "cmdline").read_bytes().split(b"\0")


def _is_stopped(process: Path) -> bool:
    return (process / "stat").read_text().rpartition(")")[2].split()[0] == "T"
