"""The environment of the tests: none of the developer's own settings and data.

A pytest plugin (`-p tests.environment` in pyproject.toml), so it is loaded before Django's settings. With
`STACK=scaled` the same tests run on PostgreSQL and Redis.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

# In the order of their imports: pytest rewrites the asserts of a module only before it is imported.
pytest_plugins = [f"tests.servers.{name}" for name in ("redis_server", "postgres_server", "turn_server", "serve")]

# Variables of the developer that must not reach the tests.
_REMOVED = (
    "BIND", "CSRF_COOKIE_SECURE", "DATABASE_URL", "DEBUG", "DEMO", "DEMO_PUBLIC", "LOG_FORMAT", "LOG_LEVEL",
    "METRICS_TOKEN", "PORT", "REDIS_URL", "STATIC_DIR", "TRUSTED_PROXIES", "TURN_SECRET", "TURN_URLS",
    # Programs are started hundreds of times: they may use the bytecode that the first has written.
    "PYTHONDONTWRITEBYTECODE",
)  # fmt: skip

STACKS = ("embedded", "scaled")
STACK = os.environ.get("STACK", "embedded")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
DATA_DIR = Path(tempfile.mkdtemp(prefix="fairplatform-test-"))

for name in _REMOVED:
    os.environ.pop(name, None)
os.environ |= {
    "DATA_DIR": str(DATA_DIR),
    "DATABASE_URL": f"sqlite:///{DATA_DIR / 'fair.sqlite3'}",
    "EMAIL_URL": "memorymail:",
    "PUBLIC_URL": "http://127.0.0.1:8000",
    "REDIS_URL": "",
    "SECRET_KEY": "only for tests",
    "TESTING": "1",
}


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, object, object]:
    """Starts the servers of a scaled run before Django's settings are read, and stops them however the run ends."""
    if STACK not in STACKS:
        raise pytest.UsageError(f"STACK is {STACK}: it may be {' or '.join(STACKS)}")
    cleanup = ExitStack()
    cleanup.callback(shutil.rmtree, DATA_DIR, ignore_errors=True)
    early_config.add_cleanup(cleanup.close)
    if STACK == "scaled":
        _use_servers(cleanup)
    return (yield)


def _use_servers(cleanup: ExitStack) -> None:
    from tests.servers.stack import running_stack, stack

    if not WORKER:
        # SIGTERM ends the run in order, as Ctrl-C does.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        cleanup.enter_context(running_stack())
    servers = stack()
    assert servers is not None
    os.environ |= servers.settings(servers.postgres.empty())
