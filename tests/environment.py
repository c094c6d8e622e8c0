"""What the program reads from its environment while tests run: nothing of the developer's own settings or data.

Loaded before Django's settings (`-p tests.environment` in pyproject.toml).
"""

import os
import shutil
import tempfile
from pathlib import Path

_FOREIGN = (
    "BIND", "CSRF_COOKIE_SECURE", "DATABASE_URL", "DEBUG", "DEMO", "DEMO_PUBLIC", "LOG_FORMAT", "LOG_LEVEL",
    "METRICS_TOKEN", "PORT", "REDIS_URL", "TRUSTED_PROXIES", "TURN_SECRET", "TURN_URLS",
)  # fmt: skip

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


def pytest_unconfigure() -> None:
    shutil.rmtree(DATA_DIR, ignore_errors=True)
