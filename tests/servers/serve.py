"""Servers for tests: `manage.py serve` on a free port, with its own database and files."""

import http.client
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from .command import MANAGE, clean_environment, manage
from .prepared import prepared
from .programs import Program, free_port
from .stack import stack


@dataclass
class Server:
    """A running `manage.py serve`; it may be killed and started again on the same port and data."""

    program: Program
    port: int
    data_dir: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/"

    @property
    def database_url(self) -> str:
        return self.environment.get("DATABASE_URL", f"sqlite:///{self.data_dir / 'fair.sqlite3'}")

    @property
    def secret_key(self) -> str:
        return self.environment.get("SECRET_KEY") or (self.data_dir / "secret_key").read_text()

    @property
    def log(self) -> str:
        return self.program.log.read_text(errors="replace")

    def manage(self, *arguments: str, stdin: str = "") -> str:
        """Runs a command on the server's data; returns what it prints."""
        return manage(*arguments, environment=self.environment, stdin=stdin).stdout

    def status(self, path: str) -> int | None:
        """The status of a GET; None if nothing listens, or there is no answer within a minute."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return None
        finally:
            connection.close()

    def start(self) -> None:
        self.program.start(ready=lambda: self.status("/healthz") == 200)

    def stop(self) -> None:
        self.program.stop()

    def kill(self) -> None:
        """Ends it at once, as a power cut would."""
        self.program.kill()

    def signal(self, number: signal.Signals) -> None:
        self.program.signal(number)


class Servers:
    """Starts servers, each on its own copy of a prepared data folder, and stops them all."""

    def __init__(self, templates: Path, folder: Path) -> None:
        self.templates = templates
        self.folder = folder
        self.running: list[Server] = []

    def __call__(self, *flags: str, demo: bool = False, **settings: str) -> Server:
        """Starts a server and waits until it answers. `flags` are those of `serve`, `settings` its environment."""
        data_dir = Path(tempfile.mkdtemp(prefix="serve-", dir=self.folder))
        stack_settings = self._copy(data_dir, "demo" if demo else "empty")
        port = free_port()
        environment = {"DATA_DIR": str(data_dir), "PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}"}
        environment |= {"DEMO": str(int(demo))} | stack_settings | settings
        # The prepared demonstration may be hours old: --demo moves it to the present.
        flags = (*flags, "--demo") if demo else flags
        program = Program([*MANAGE, "serve", *flags], data_dir / "serve.log", clean_environment() | environment)
        server = Server(program, port, data_dir, environment)
        self.running.append(server)
        server.start()
        return server

    def _copy(self, folder: Path, contents: str) -> dict[str, str]:
        """Copies prepared data into the folder; returns the settings for database and Redis."""
        run = stack()
        data = prepared(self.templates, contents, run.postgres if run else None)
        data.copy_to(folder)
        return run.settings(data.database()) if run else {}

    def stop(self) -> None:
        """Stops every server started here."""
        while self.running:
            self.running.pop().stop()


@contextmanager
def _servers(templates: Path, folder: Path) -> Iterator[Servers]:
    servers = Servers(templates, folder)
    try:
        yield servers
    finally:
        servers.stop()


@pytest.fixture(scope="session")
def templates(pytestconfig: pytest.Config) -> Path:
    """The folder that keeps prepared data from run to run."""
    assert pytestconfig.cache is not None
    return pytestconfig.cache.mkdir("prepared")


@pytest.fixture
def serve(templates: Path, tmp_path: Path) -> Iterator[Servers]:
    """Starts servers for one test: `server = serve(demo=True, REDIS_URL=redis_server.url)`."""
    with _servers(templates, tmp_path) as servers:
        yield servers


@pytest.fixture(scope="module")
def serve_module(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Starts servers that the tests of a module share."""
    with _servers(templates, tmp_path_factory.mktemp("module")) as servers:
        yield servers


@pytest.fixture(scope="session")
def plain_server(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the whole run, without clock and tasks; each test creates a fair of its own in it."""
    with _servers(templates, tmp_path_factory.mktemp("plain")) as servers:
        yield servers("--no-clock", "--no-tasks")


@pytest.fixture(scope="session")
def demo_server(templates: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server with the demonstration for the whole run; tests that change much start their own with `serve`."""
    with _servers(templates, tmp_path_factory.mktemp("demo")) as servers:
        yield servers(demo=True)
