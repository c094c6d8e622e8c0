import subprocess
import sys
from pathlib import Path


def test_report_names_every_missing_package_and_fails(repository: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tests/system.py", "--report"],
        cwd=repository,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    postgres = [] if list(Path("/usr/lib/postgresql").glob("*/bin/initdb")) else ["postgresql"]
    nginx = [] if Path("/usr/sbin/nginx").is_file() else ["nginx-light"]
    fonts = ["fontconfig", "fonts-noto-core", "fonts-noto-cjk"]
    packages = ["chromium", "coturn", *fonts, "gettext", *nginx, *postgres, "redis-server"]
    assert done.returncode == 1
    assert done.stdout == ""
    assert [line.split(":")[0].strip() for line in done.stderr.splitlines()[1:-1]] == packages
    assert done.stderr.splitlines()[-1] == f"On Debian or Ubuntu: sudo apt-get install {' '.join(packages)}"


def test_a_proof_needs_more(repository: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tests/system.py", "--report", "--proof"],
        cwd=repository,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.splitlines()[-4:-1] == [
        "  default-jre-headless: checking the pages' HTML",
        "  firefox-esr: the end-to-end tests in a second browser",
        "  iproute2: networks of their own for the browsers",
    ]


def test_no_output_when_nothing_is_missing(repository: Path) -> None:
    done = subprocess.run(
        [sys.executable, "tests/system.py", "--report"], cwd=repository, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
