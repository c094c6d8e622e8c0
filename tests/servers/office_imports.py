"""An organiser who imports workbooks by the pages of a running server, and the process that it starts for them."""

import http.client
import os
import signal
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from django.db.models import F
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from fairplatform.fairs.models import Fair
from fairplatform.workbook.models import WorkbookImport
from tests.factories import make_role
from tests.realtime.client import session_of

from .programs import wait_until
from .serve import Server
from .server_database import in_database_of

BUSY, OFFERS_TO_STORE = 'data-hx-trigger="every 1s"', "/store/"
_CSRF = "c" * 32
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Process:
    """A `manage.py work_import`."""

    pid: int

    def signal(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    @property
    def processor_seconds(self) -> float:
        user, system = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / _TICKS

    @property
    def is_running(self) -> bool:
        """Also while it is stopped."""
        return any(_words(self.pid))


class Organiser:
    """An organiser of a fair, signed in."""

    def __init__(self, server: Server, fair: str) -> None:
        self.server, self.imports = server, f"/fairs/{fair}/organise/import/"
        session = in_database_of(server, lambda: session_of(make_role(Fair.objects.get(slug=fair), "organiser")))
        self._headers = {"Cookie": f"sessionid={session}; csrftoken={_CSRF}", "X-CSRFToken": _CSRF}
        self.statuses: list[int] = []

    def upload(self, file: Path) -> str:
        """The address of the new import's page."""
        with file.open("rb") as content:
            body = encode_multipart(BOUNDARY, {"file": content})
        return self._ask("POST", self.imports, body, {"Content-Type": MULTIPART_CONTENT})[0]

    def store(self, page: str) -> None:
        self._ask("POST", f"{page}store/")

    def look(self, page: str) -> str:
        return self._ask("GET", page)[1]

    def wait_for(self, page: str, *, seconds: float = 90) -> str:
        """The page of an import once its process has done its work."""
        wait_until(lambda: BUSY not in self.look(page), seconds=seconds, what="the process of the import", pause=0.2)
        return self.look(page)

    def _ask(self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> tuple[str, str]:
        """The Location header and the page; the status is added to `statuses`."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)) as connection:
            connection.request(method, path, body, self._headers | (headers or {}))
            answer = connection.getresponse()
            self.statuses.append(answer.status)
            return answer.headers.get("Location", ""), answer.read().decode()

    def process_of(self, page: str) -> Process:
        """The process that works on an import now; that of the step before may not have ended yet."""
        row, found = self.row_of(page), list[int]()
        words = ["work_import", str(row["id"]), str(row["attempt"])]

        def finds() -> bool:
            found[:] = [pid for pid in self._children() if _words(pid)[2:5] == words]
            return bool(found)

        wait_until(finds, seconds=20, what="the process of the import", pause=0.01)
        return Process(found[0])

    def _children(self) -> list[int]:
        process = self.server.program.process
        assert process is not None
        threads = Path(f"/proc/{process.pid}/task").glob("*/children")
        return [int(pid) for children in threads for pid in children.read_text().split()]

    def row_of(self, page: str) -> dict[str, Any]:
        """The stored row of an import."""
        rows = WorkbookImport.objects.filter(pk=_key(page)).values()
        return in_database_of(self.server, lambda: dict(rows.get()))

    def is_locked(self, page: str) -> bool:
        """Whether the row of an import is being changed, on SQLite anything."""
        if self.server.database_url.startswith("sqlite"):
            return _is_writing(self.server.database_url.removeprefix("sqlite:///"))
        statement = f"SELECT 1 FROM workbook_workbookimport WHERE id = {_key(page)} FOR UPDATE SKIP LOCKED"
        with psycopg.connect(self.server.database_url) as session:
            return session.execute(statement.encode()).fetchone() is None

    def pretend_silence(self, page: str, silence: timedelta) -> None:
        """As if the process of an import had last reported so much earlier."""
        rows = WorkbookImport.objects.filter(pk=_key(page))
        in_database_of(self.server, partial(rows.update, heard_at=F("heard_at") - silence))


def _key(page: str) -> str:
    return page.rstrip("/").rpartition("/")[2]


def _words(pid: int) -> list[str]:
    """The command line of a process; empty once it has ended, though nobody has asked for its exit status."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    return []


def _is_writing(path: str) -> bool:
    with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as database:
        try:
            database.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            return True
    return False
