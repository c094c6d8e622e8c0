"""Backups made while people write and files arrive; the last of them brought back on an empty machine."""

import asyncio
import hashlib
import http.cookiejar
import shutil
import subprocess
import tarfile
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.environment import STACK
from tests.operations.fairs import PASSWORD, SECRET, TRANSIENT, Laid, lay, messages, query, stored, tables
from tests.operations.load import Load, load
from tests.servers.command import MANAGE, clean_environment, manage
from tests.servers.databases import binaries
from tests.servers.programs import Program, free_port, wait_until
from tests.servers.serve import Server, Servers
from tests.servers.stack import stack
from tests.webrtc_peers import SocketClient

BACKUPS = 2


@pytest.fixture(params=["sqlite", "postgresql"] if STACK == "embedded" else ["scaled"])
def source(request: pytest.FixtureRequest, serve: Servers) -> Server:
    """A server on the one database or the other, in the scaled run with Redis beside it."""
    settings = {"SECRET_KEY": SECRET}
    if request.param == "postgresql":
        settings["DATABASE_URL"] = request.getfixturevalue("postgres_server").migrated()
    return serve(**settings)


@pytest.fixture
def empty(source: Server, request: pytest.FixtureRequest, tmp_path: Path) -> "Place":
    """Another machine with nothing on it, but for the key and an empty database where one must be made."""
    settings = {"SECRET_KEY": SECRET}
    if standing := stack():
        settings |= standing.settings(standing.postgres.empty())
    elif "DATABASE_URL" in source.environment:
        settings["DATABASE_URL"] = request.getfixturevalue("postgres_server").empty()
    return Place(tmp_path / "elsewhere", settings)


class Place:
    """A data folder and its database, with a server on it when one is wanted."""

    def __init__(self, data_dir: Path, settings: dict[str, str]) -> None:
        self.port = free_port()
        self.data_dir = data_dir
        address = f"http://127.0.0.1:{self.port}"
        self.environment = {"DATA_DIR": str(data_dir), "PORT": str(self.port), "PUBLIC_URL": address} | settings

    def manage(self, *words: str) -> str:
        return manage(*words, environment=self.environment).stdout

    @contextmanager
    def served(self) -> Iterator[Server]:
        command = [*MANAGE, "serve"]
        program = Program(command, self.data_dir / "serve.log", clean_environment() | self.environment)
        server = Server(program, self.port, self.data_dir, self.environment)
        try:
            server.program.start(ready=lambda: server.status("/healthz") == 200, seconds=90)
            yield server
        finally:
            server.stop()


class Browser:
    """Fetches pages and keeps cookies."""

    def __init__(self, server: Server, cookies: http.cookiejar.CookieJar | None = None) -> None:
        self.server = server
        self.cookies = http.cookiejar.CookieJar() if cookies is None else cookies
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))

    def open(self, path: str, **form: str) -> tuple[str, bytes]:
        """The address that answered at last, and what it answered."""
        words = urllib.parse.urlencode(form).encode() if form else None
        with self.opener.open(self.server.url + path, words, timeout=30) as answer:
            return urllib.parse.urlsplit(answer.url).path, answer.read()

    def sign_in(self, email: str) -> None:
        self.open("/accounts/login/")
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        path, _ = self.open("/accounts/login/", login=email, password=PASSWORD, csrfmiddlewaretoken=str(token))
        assert path != "/accounts/login/"


def test_fair_is_backed_up_at_work_and_brought_back_on_an_empty_machine(
    source: Server, empty: Place, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    laid, old = lay(source.environment), Browser(source)
    old.sign_in(laid.email)
    with load(source, laid) as busy:
        wait_until(lambda: len(busy.messages) > 20 and len(busy.files) > 3, seconds=60, what="a busy fair")
        made = [(busy.so_far(), back_up(source)) for _ in range(BACKUPS)]
    for number, ((acknowledged, files), archive) in enumerate(made):
        held = unpacked(archive, tmp_path / f"held-{number}", request)
        assert_consistent(held, acknowledged, files, busy)
    archive = back_up(source)
    before, files_before = tables(source.environment), stored(source.environment)
    source.stop()
    empty.manage("restore", str(archive))
    assert (tables(empty.environment), stored(empty.environment)) == (before, files_before)
    assert [query(empty.environment, f"SELECT count(*) FROM {table}") for table in TRANSIENT] == [[(0,)], [(0,)]]
    empty.manage("check", "--database", "default")
    # What `serve --prepare` collects, without collecting it again.
    shutil.copytree(source.data_dir / "static", empty.data_dir / "static")
    with empty.served() as server:
        assert_lives(server, laid, old, busy)


def back_up(server: Server) -> Path:
    archive = Path(server.manage("backup").strip())
    assert archive.stat().st_mode & 0o777 == 0o600
    # Names are by the second.
    time.sleep(1)
    return archive


def unpacked(archive: Path, folder: Path, request: pytest.FixtureRequest) -> dict[str, str]:
    """The database and the files of an archive, taken out of it without the program."""
    with tarfile.open(archive) as tar:
        # Python 3.11 has filters from its fourth release on.
        tar.extraction_filter = getattr(tarfile, "data_filter", None)
        tar.extractall(folder)
    if (folder / "database.sqlite3").exists():
        (folder / "database.sqlite3").rename(folder / "fair.sqlite3")
        return {"DATA_DIR": str(folder)}
    address = request.getfixturevalue("postgres_server").empty()
    command = [str(binaries() / "pg_restore"), "--no-owner", f"--dbname={address}", str(folder / "database.pgdump")]
    subprocess.run(command, check=True)
    return {"DATA_DIR": str(folder), "DATABASE_URL": address}


def assert_consistent(held: dict[str, str], acknowledged: dict[str, int], files: list[str], busy: Load) -> None:
    """All of before is there; of what came during the backup a part without a gap; no row without its file."""
    kept = messages(held)
    assert {key: kept.get(key) for key in acknowledged} == acknowledged
    assert list(kept.values()) == list(range(1, len(kept) + 1))
    assert {key: busy.messages.get(key) for key in kept} == kept
    assert query(held, "SELECT version FROM realtime_topicversion WHERE topic LIKE 'chat:%'") == [(len(kept),)]
    named = {sha256 for (sha256,) in query(held, "SELECT sha256 FROM files_file")}
    assert set(files) - named == set()
    assert stored(held) == {sha256: sha256 for sha256 in named}


def assert_lives(server: Server, laid: Laid, old: Browser, busy: Load) -> None:
    """The clock runs, who was signed in signs in again, reads, writes on, and downloads a file."""
    lease = "SELECT count(*) FROM meetings_clocklease"
    wait_until(lambda: query(server.environment, lease) == [(1,)], seconds=30, what="the clock")
    assert Browser(server, old.cookies).open(laid.page)[0] == "/accounts/login/"
    person = Browser(server)
    person.sign_in(laid.email)
    path, page = person.open(laid.page)
    newest = max(busy.messages, key=lambda key: busy.messages[key])
    assert (path, f"words of {newest}".encode() in page) == (laid.page, True)
    assert asyncio.run(write_on(server, laid)) == len(busy.messages) + 1
    [(pk, sha256)] = query(server.environment, "SELECT id, sha256 FROM files_file ORDER BY id LIMIT 1")
    assert hashlib.sha256(person.open(f"/files/{pk}/")[1]).hexdigest() == sha256


async def write_on(server: Server, laid: Laid) -> int:
    client = await SocketClient.open(server.socket_url, laid.tokens[1])
    await client.send(laid.topic, "join")
    answer = await client.send(laid.topic, "message.post", client_id=str(uuid.uuid4()), body="We go on.")
    await client.close()
    return int(answer["seq"])
