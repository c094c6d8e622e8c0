"""nginx before the web processes, on the configuration that a real fair uses."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from string import Template

from .programs import REPOSITORY, Program

TEMPLATE = REPOSITORY / "deploy/nginx.conf.template"


def filled_in(
    *, listen: str, upstreams: Sequence[str], folder: Path, balance: str = "least_conn", tls: str = ""
) -> str:
    """The configuration as envsubst makes it: our names are filled in, nginx's own stay."""
    servers = [f"server {address} max_fails=1 fail_timeout=3s;" for address in upstreams]
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
    binary = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin") or "nginx"
    yield Program([binary, "-c", str(configuration), "-g", "daemon off;"], log)
    shutil.rmtree(folder, ignore_errors=True)
