"""What the program reads from its environment while tests run: nothing of the developer's own settings or data.

Loaded before Django's settings (`-p tests.environment` in pyproject.toml). `STACK=scaled` runs the same tests on
PostgreSQL and Redis.
"""

import os
import shutil
import signal
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

# Each before those that import it.
pytest_plugins = [f"tests.servers.{name}" for name in ("redis_server", "postgres_server", "turn_server", "serve")]

_FOREIGN = (
    "BIND", "CSRF_COOKIE_SECURE", "DATABASE_URL", "DEBUG", "DEMO", "DEMO_PUBLIC", "LOG_FORMAT", "LOG_LEVEL",
    "METRICS_TOKEN", "PORT", "REDIS_URL", "STATIC_DIR", "TRUSTED_PROXIES", "TURN_SECRET", "TURN_URLS",
    # Programs start here hundreds of times: the first keeps what it has compiled for those after it.
    "PYTHONDONTWRITEBYTECODE",
)  # fmt: skip

STACKS = ("embedded", "scaled")
STACK = os.environ.get("STACK", "embedded")
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
DATA_DIR = Path(tempfile.mkdtemp(prefix="fairplatform-test-"))

for name in _FOREIGN:
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
    """The servers of the scaled run come before Django's settings, and go when all is over, however it ends."""
    if STACK not in STACKS:
        raise pytest.UsageError(f"STACK is {STACK}: it may be {' or '.join(STACKS)}")
    ends = ExitStack()
    ends.callback(shutil.rmtree, DATA_DIR, ignore_errors=True)
    early_config.add_cleanup(ends.close)
    if STACK == "scaled":
        _stand_on_servers(ends)
    return (yield)


def _stand_on_servers(ends: ExitStack) -> None:
    from tests.servers.stack import stack, started

    if not WORKER:
        # Who is asked to end ends in order, as at the keyboard.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        ends.enter_context(started())
    standing = stack()
    assert standing is not None
    os.environ |= standing.settings(standing.postgres.empty())
