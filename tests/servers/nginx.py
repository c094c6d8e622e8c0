"""nginx as the reverse proxy of the web processes, with the configuration of a real fair."""

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
    """The path of nginx: from PATH, or where Debian installs it (not on the PATH of users)."""
    return shutil.which("nginx") or "/usr/sbin/nginx"


def filled_in(
    *, listen: str, upstreams: Sequence[str], folder: Path, balance: str = "least_conn", tls: str = ""
) -> str:
    """The configuration as envsubst produces it: variables named FAIR_… are filled in, those of nginx stay."""
    servers = [f"server {address} max_fails=0;" for address in upstreams]
    values = {"LISTEN": listen, "TLS": tls, "UPSTREAMS": " ".join(servers), "BALANCE": balance, "FOLDER": str(folder)}
    return Template(TEMPLATE.read_text()).safe_substitute({f"FAIR_{name}": text for name, text in values.items()})


@contextmanager
def nginx_before(log: Path, *, listen: str, ports: Sequence[int], balance: str = "least_conn") -> Iterator[Program]:
    """An nginx, not started yet, in front of these ports of 127.0.0.1. Its folder is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="fairplatform-front-"))
    # When root starts it, its worker processes run as nobody and must read this folder.
    folder.chmod(0o755)
    configuration = folder / "nginx.conf"
    upstreams = [f"127.0.0.1:{port}" for port in ports]
    configuration.write_text(filled_in(listen=listen, upstreams=upstreams, folder=folder, balance=balance))
    yield Program([binary(), "-c", str(configuration), "-g", "daemon off;"], log)
    shutil.rmtree(folder, ignore_errors=True)


def hash_key_for(process: int, *, of: int) -> str:
    """A key that nginx's `hash` directive sends to this one of `of` processes: bits 16 to 30 of its crc32, modulo."""
    return next(key for key in map(str, count()) if (crc32(key.encode()) >> 16 & 0x7FFF) % of == process)
