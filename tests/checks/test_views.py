"""Views call actions; they lock, write and audit nothing themselves."""

import re
from pathlib import Path

PACKAGES = ("fairplatform", "chat", "booths", "meetings")
WRITING = re.compile(
    r"transaction\.|select_for_update|write_audit_entry|\.save\(|\.delete\(|objects\.(?:create|update|bulk_\w+)\("
)


def views(repository: Path) -> list[Path]:
    files = [path for package in PACKAGES for path in (repository / package).rglob("*.py")]
    return sorted(path for path in files if path.stem.endswith("views") or path.parent.name == "views")


def test_no_view_locks_or_writes(repository: Path) -> None:
    found = {str(path.relative_to(repository)): WRITING.findall(path.read_text()) for path in views(repository)}
    assert len(found) > 20
    assert {path: writing for path, writing in found.items() if writing} == {}
