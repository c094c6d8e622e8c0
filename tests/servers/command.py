"""Runs `manage.py` commands to their end."""

import os
import subprocess
import sys
from collections.abc import Mapping

from .programs import REPOSITORY

MANAGE = [sys.executable, str(REPOSITORY / "manage.py")]
# Variables for the Django inside pytest; other processes have their own values or the defaults.
_INSIDE = {"DATABASE_URL", "EMAIL_URL", "PYTEST_CURRENT_TEST", "REDIS_URL", "SECRET_KEY", "TESTING"}


def clean_environment() -> dict[str, str]:
    """The environment without the variables meant for the Django inside pytest."""
    return {name: text for name, text in os.environ.items() if name not in _INSIDE}


def manage(*arguments: str, environment: Mapping[str, str], stdin: str = "") -> subprocess.CompletedProcess[str]:
    """Runs a command to its end. Raises RuntimeError with its output if it fails."""
    done = subprocess.run(
        [*MANAGE, *arguments],
        cwd=REPOSITORY,
        env=clean_environment() | dict(environment),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(arguments)}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done
