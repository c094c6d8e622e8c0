"""Backups made while people write and upload files; the last one restored on an empty machine."""

import asyncio
import hashlib
import http.cookiejar
import shutil
import subprocess
import tarfile
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.environment import STACK
from tests.operations.load import Load, load
from tests.operations.small_fair import (
    PASSWORD,
    SECRET,
    TRANSIENT,
    SmallFair,
    create_small_fair,
    message_numbers,
    query,
    stored_digests,
    table_rows,
)
from tests.servers.command import MANAGE, clean_environment, manage
from tests.servers.databases import binaries
from tests.servers.programs import Program, free_port, wait_until
from tests.servers.serve import Server, Servers
from tests.servers.stack import stack
from tests.webrtc_peers import SocketClient

BACKUPS = 2


@pytest.fixture(params=["sqlite", "postgresql"] if STACK == "embedded" else ["scaled"])
def source(request: pytest.FixtureRequest, serve: Servers) -> Server:
    """A server on SQLite and one on PostgreSQL; in the scaled run one on PostgreSQL and Redis."""
    settings = {"SECRET_KEY": SECRET}
    if request.param == "postgresql":
        settings["DATABASE_URL"] = request.getfixturevalue("postgres_server").migrated()
    return serve(**settings)


@pytest.fixture
def other_machine(source: Server, request: pytest.FixtureRequest, tmp_path: Path) -> "Machine":
    """A machine with nothing but the secret key, and an empty database if it is PostgreSQL."""
    settings = {"SECRET_KEY": SECRET}
    if standing := stack():
        settings |= standing.settings(standing.postgres.empty())
    elif "DATABASE_URL" in source.environment:
        settings["DATABASE_URL"] = request.getfixturevalue("postgres_server").empty()
    return Machine(tmp_path / "elsewhere", settings)


class Machine:
    """A DATA_DIR and its database, on which a server can be started."""

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
        """The path of the page after redirects, and its content."""
        words = urllib.parse.urlencode(form).encode() if form else None
        with self.opener.open(self.server.url + path, words, timeout=30) as answer:
            return urllib.parse.urlsplit(answer.url).path, answer.read()

    def sign_in(self, email: str) -> None:
        self.open("/accounts/login/")
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        path, _ = self.open("/accounts/login/", login=email, password=PASSWORD, csrfmiddlewaretoken=str(token))
        assert path != "/accounts/login/"


def test_busy_fair_is_backed_up_and_restored_on_an_empty_machine(
    source: Server, other_machine: Machine, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    fair_data, first_browser = create_small_fair(source.environment), Browser(source)
    first_browser.sign_in(fair_data.email)
    with load(source, fair_data) as traffic:
        wait_until(lambda: len(traffic.messages) > 20 and len(traffic.files) > 3, seconds=60, what="a busy fair")
        backups = [(traffic.so_far(), back_up(source)) for _ in range(BACKUPS)]
    for number, ((acknowledged, files), archive) in enumerate(backups):
        unpacked_archive = unpack_archive(archive, tmp_path / f"unpacked-{number}", request)
        assert_consistent(unpacked_archive, acknowledged, files, traffic)
    archive = back_up(source)
    before, files_before = table_rows(source.environment), stored_digests(source.environment)
    source.stop()
    other_machine.manage("restore", str(archive))
    assert (table_rows(other_machine.environment), stored_digests(other_machine.environment)) == (before, files_before)
    assert [query(other_machine.environment, f"SELECT count(*) FROM {name}") for name in sorted(TRANSIENT)] == 3 * [
        [(0,)]
    ]
    other_machine.manage("check", "--database", "default")
    # Copied instead of collected again by `serve --prepare`.
    shutil.copytree(source.data_dir / "static", other_machine.data_dir / "static")
    with other_machine.served() as server:
        assert_works(server, fair_data, first_browser, traffic)


def back_up(server: Server) -> Path:
    archive = server.data_dir / f"{uuid.uuid4()}.tar.gz"  # default names differ by whole seconds only
    assert Path(server.manage("backup", str(archive)).strip()) == archive
    assert archive.stat().st_mode & 0o777 == 0o600
    return archive


def unpack_archive(archive: Path, folder: Path, request: pytest.FixtureRequest) -> dict[str, str]:
    """Unpacks database and files of an archive without the program; returns the settings to read them with."""
    with tarfile.open(archive) as tar:
        # Python has extraction filters from 3.11.4 on.
        tar.extraction_filter = getattr(tarfile, "data_filter", None)
        tar.extractall(folder)
    if (folder / "database.sqlite3").exists():
        (folder / "database.sqlite3").rename(folder / "fair.sqlite3")
        return {"DATA_DIR": str(folder)}
    address = request.getfixturevalue("postgres_server").empty()
    command = [str(binaries() / "pg_restore"), "--no-owner", f"--dbname={address}", str(folder / "database.pgdump")]
    subprocess.run(command, check=True)
    return {"DATA_DIR": str(folder), "DATABASE_URL": address}


def assert_consistent(
    unpacked_archive: dict[str, str], acknowledged: dict[str, int], files: list[str], traffic: Load
) -> None:
    """Everything acknowledged before is there, what came during the backup has no gap, and no row lacks its file."""
    numbers_in_archive = message_numbers(unpacked_archive)
    assert {key: numbers_in_archive.get(key) for key in acknowledged} == acknowledged
    assert list(numbers_in_archive.values()) == list(range(1, len(numbers_in_archive) + 1))
    assert {key: traffic.messages.get(key) for key in numbers_in_archive} == numbers_in_archive
    assert query(unpacked_archive, "SELECT version FROM realtime_topicversion WHERE topic LIKE 'chat:%'") == [
        (len(numbers_in_archive),)
    ]
    named = {sha256 for (sha256,) in query(unpacked_archive, "SELECT sha256 FROM files_file")}
    assert set(files) - named == set()
    assert stored_digests(unpacked_archive) == {sha256: sha256 for sha256 in named}


def assert_works(server: Server, fair_data: SmallFair, first_browser: Browser, traffic: Load) -> None:
    """The clock runs; a person must sign in again, and can then read, write and download a file."""
    lease = "SELECT count(*) FROM meetings_clocklease"
    wait_until(lambda: query(server.environment, lease) == [(1,)], seconds=30, what="the clock")
    assert Browser(server, first_browser.cookies).open(fair_data.page)[0] == "/accounts/login/"
    person = Browser(server)
    person.sign_in(fair_data.email)
    path, page = person.open(fair_data.page)
    newest = max(traffic.messages, key=lambda key: traffic.messages[key])
    assert (path, f"words of {newest}".encode() in page) == (fair_data.page, True)
    assert asyncio.run(post_message(server, fair_data)) == len(traffic.messages) + 1
    [(pk, sha256)] = query(server.environment, "SELECT id, sha256 FROM files_file ORDER BY id LIMIT 1")
    assert hashlib.sha256(person.open(f"/files/{pk}/")[1]).hexdigest() == sha256


async def post_message(server: Server, fair_data: SmallFair) -> int:
    client = await SocketClient.open(server.socket_url, fair_data.tokens[1])
    await client.send(fair_data.topic, "join")
    answer = await client.send(fair_data.topic, "message.post", client_id=str(uuid.uuid4()), body="We go on.")
    await client.close()
    return int(answer["seq"])
