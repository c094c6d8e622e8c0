"""nginx before the web processes, on the configuration that a real fair uses."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from string import Template
from zlib import crc32

from .programs import REPOSITORY, Program

TEMPLATE = REPOSITORY / "deploy/nginx.conf.template"


def binary() -> str:
    """nginx: on the PATH, or where Debian keeps it for root."""
    return shutil.which("nginx") or "/usr/sbin/nginx"


def filled_in(
    *, listen: str, upstreams: Sequence[str], folder: Path, balance: str = "least_conn", tls: str = ""
) -> str:
    """The configuration as envsubst makes it: our names are filled in, nginx's own stay."""
    servers = [f"server {address} max_fails=0;" for address in upstreams]
    values = {"LISTEN": listen, "TLS": tls, "UPSTREAMS": " ".join(servers), "BALANCE": balance, "FOLDER": str(folder)}
    return Template(TEMPLATE.read_text()).safe_substitute({f"FAIR_{name}": text for name, text in values.items()})


@contextmanager
def front(log: Path, *, listen: str, ports: Sequence[int], balance: str = "least_conn") -> Iterator[Program]:
    """An nginx before these ports of the loopback address; it is not started. Its folder goes at the end."""
    folder = Path(tempfile.mkdtemp(prefix="fairplatform-front-"))
    # Started by root, nginx does its work as nobody.
    folder.chmod(0o755)
    configuration = folder / "nginx.conf"
    upstreams = [f"127.0.0.1:{port}" for port in ports]
    configuration.write_text(filled_in(listen=listen, upstreams=upstreams, folder=folder, balance=balance))
    yield Program([binary(), "-c", str(configuration), "-g", "daemon off;"], log)
    shutil.rmtree(folder, ignore_errors=True)


def place_of(process: int, *, of: int) -> str:
    """A key that `hash` gives to this one of so many processes (nginx: crc32, without its lower half, modulo)."""
    return next(key for key in map(str, count()) if (crc32(key.encode()) >> 16 & 0x7FFF) % of == process)
