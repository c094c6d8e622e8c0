import json
import re
from pathlib import Path

PIN = re.compile(r"^([a-z0-9._-]+(?:\[[a-z,]+\])?==\S+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def test_tools_are_locked_beside_the_very_libraries_people_run(repository: Path) -> None:
    core = set(PIN.findall((repository / "requirements.lock").read_text()))
    tools = set(PIN.findall((repository / "requirements-dev.lock").read_text()))
    assert core - tools == set()
    assert any(pin.startswith("django==5.2") for pin in core)
    assert any(pin.startswith("pytest==") for pin in tools - core)


def test_every_pin_has_hashes_and_no_address(repository: Path) -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (repository / name).read_text()
        entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
        assert [entry.splitlines()[0] for entry in entries if not HASH.search(entry)] == []
        assert re.findall(r".*(?:://|index-url|find-links).*", text) == []


def test_packages_of_npm_are_locked_by_integrity_without_addresses(repository: Path) -> None:
    packages = json.loads((repository / "package-lock.json").read_text())["packages"]
    locked = {name: package for name, package in packages.items() if name}
    assert list(packages[""]["devDependencies"]) == ["axe-core", "socket.io", "typescript", "vnu-jar"]
    assert all(package["integrity"].startswith("sha512-") and "resolved" not in package for package in locked.values())
