"""Installs the system packages that the tests need: a browser, fonts for three scripts, servers, gettext.

    python tests/system.py            install what is missing (Debian, as root), else print what to install
    python tests/system.py --report   only print it
    python tests/system.py --proof    also what only `make proof` needs

It uses the standard library alone, for it runs before anything is installed. It starts and stops no service.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

# Debian asks this program whether a package may start or stop its services.
POLICY = Path("/usr/sbin/policy-rc.d")
SAVED_POLICY = POLICY.with_name("policy-rc.d.before-tests")


def _program(*names: str) -> bool:
    return any(shutil.which(name) for name in names)


def _postgres() -> bool:
    return _program("initdb") or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def _nginx() -> bool:
    # Debian installs it outside the PATH of users.
    return _program("nginx") or Path("/usr/sbin/nginx").is_file()


def _font(family: str) -> bool:
    if not _program("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", family], capture_output=True, text=True, check=False).stdout.strip())


# By package of Debian: what the tests need it for, and whether that is installed already.
NEEDS: dict[str, tuple[str, Callable[[], bool]]] = {
    "chromium": (
        "the browser of the end-to-end tests",
        lambda: _program("chromium", "chromium-browser", "google-chrome"),
    ),
    "coturn": ("tests of the relay for calls", lambda: _program("turnserver")),
    "fontconfig": ("finding fonts", lambda: _program("fc-list")),
    "fonts-noto-core": ("Urdu letters on screenshots", lambda: _font("Noto Nastaliq Urdu")),
    "fonts-noto-cjk": ("Chinese letters on screenshots", lambda: _font("Noto Sans CJK SC")),
    "gettext": ("extracting sentences", lambda: _program("xgettext") and _program("msgmerge")),
    "nginx-light": ("tests through a proxy", _nginx),
    "postgresql": ("tests on the second database", _postgres),
    "redis-server": ("tests with several processes", lambda: _program("redis-server")),
}
# Large packages that only a proof needs.
FOR_PROOF: dict[str, tuple[str, Callable[[], bool]]] = {
    "default-jre-headless": ("checking the pages' HTML", lambda: _program("java")),
    "firefox-esr": ("the end-to-end tests in a second browser", lambda: _program("firefox-esr", "firefox")),
    "iproute2": ("networks of their own for the browsers", lambda: _program("ip")),
}
if "--proof" in sys.argv:
    NEEDS |= FOR_PROOF


def missing() -> list[str]:
    """The packages to install."""
    return [package for package, (_, present) in NEEDS.items() if not present()]


@contextmanager
def services_untouched() -> Iterator[None]:
    """Meanwhile installing a package starts, stops and restarts no service (policy-rc.d exits with 101: forbidden)."""
    if POLICY.exists():
        POLICY.replace(SAVED_POLICY)
    try:
        POLICY.write_text("#!/bin/sh\nexit 101\n")
        POLICY.chmod(0o755)
        yield
    finally:
        POLICY.unlink(missing_ok=True)
        if SAVED_POLICY.exists():
            SAVED_POLICY.replace(POLICY)


def install(packages: Sequence[str]) -> None:
    """Installs packages without prompts. Raises CalledProcessError if apt-get fails."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}
    options = ["-q", "-y", "--no-upgrade", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"]
    with services_untouched():
        for command in (["update", "-q"], ["install", *options, *packages]):
            subprocess.run(["apt-get", *command], env=os.environ | quiet, stdin=subprocess.DEVNULL, check=True)


def report(packages: Sequence[str]) -> str:
    """The missing packages, what each is for, and the command that installs them."""
    lines = ["The tests need these programs of the system:"]
    lines += [f"  {package}: {NEEDS[package][0]}" for package in packages]
    lines.append(f"On Debian or Ubuntu: sudo apt-get install {' '.join(packages)}")
    return "\n".join(lines)


def main() -> int:
    packages = missing()
    may_install = os.geteuid() == 0 and _program("apt-get") and "--report" not in sys.argv
    if packages and may_install:
        install(packages)
        packages = missing()
    if packages:
        print(report(packages), file=sys.stderr)
    return 1 if packages else 0


if __name__ == "__main__":
    raise SystemExit(main())
