"""Our own server as people run it: `manage.py serve` on a free port, with a database and files of its own."""

import http.client
import signal
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from .command import MANAGE, clean_environment, manage
from .prepared import prepared
from .programs import Program, free_port


@dataclass
class Server:
    """A running `manage.py serve`: `url`, `port`, `data_dir`, and its log; it may be killed and started again."""

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
    def log(self) -> str:
        return self.program.log.read_text(errors="replace")

    def manage(self, *arguments: str, stdin: str = "") -> str:
        """What a command prints that runs beside the server on the same data."""
        return manage(*arguments, environment=self.environment, stdin=stdin).stdout

    def status(self, path: str) -> int | None:
        """The status code of a page; None when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
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
        """End it at once, as a power cut would; `start` brings it back with the same address and data."""
        self.program.kill()

    def signal(self, number: signal.Signals) -> None:
        self.program.signal(number)


class Servers:
    """Starts servers, each on a copy of a prepared data folder, and ends them all."""

    def __init__(self, templates: Path, folder: Path) -> None:
        self.templates = templates
        self.folder = folder
        self.running: list[Server] = []

    def __call__(self, *flags: str, demo: bool = False, **settings: str) -> Server:
        """A server that answers. `flags` go to `serve`; `settings` are environment variables such as DATABASE_URL."""
        data_dir = Path(tempfile.mkdtemp(prefix="serve-", dir=self.folder))
        standing = prepared(self.templates, demo=demo).copy_to(data_dir)
        port = free_port()
        environment = {"DATA_DIR": str(data_dir), "PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}"}
        environment |= {"DEMO": str(int(demo))} | standing | settings
        # The prepared demonstration may be hours old: it is moved to the present as each start of it does.
        flags = (*flags, "--demo") if demo else flags
        program = Program([*MANAGE, "serve", *flags], data_dir / "serve.log", clean_environment() | environment)
        server = Server(program, port, data_dir, environment)
        self.running.append(server)
        server.start()
        return server

    def stop(self) -> None:
        """End every server that was started here."""
        while self.running:
            self.running.pop().stop()


def _servers(config: pytest.Config, folder: Path) -> Iterator[Servers]:
    assert config.cache is not None
    servers = Servers(config.cache.mkdir("prepared"), folder)
    yield servers
    servers.stop()


@pytest.fixture
def serve(pytestconfig: pytest.Config, tmp_path: Path) -> Iterator[Servers]:
    """Starts servers for one test: `server = serve(demo=True, REDIS_URL=redis_server.url)`."""
    yield from _servers(pytestconfig, tmp_path)


@pytest.fixture(scope="session")
def demo_server(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server with the demonstration fair for the whole run; tests that change much take their own from `serve`."""
    for servers in _servers(pytestconfig, tmp_path_factory.mktemp("demo")):
        yield servers(demo=True)
