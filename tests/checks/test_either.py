"""Modules with hand-written SQL, branches by database or locks have tests on both databases. The mark `either` names
the modules that a test is there for:

pytestmark = pytest.mark.either("chat.sql")
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("fairplatform", "chat", "booths", "meetings")
# Hand-written SQL (a cursor, `db.sql.execute`, `Manager.raw`), branches by database, and locks: whatever Django does
# not make the same for both. A method `.execute(` is a database driver's or Redis's, for one of them alone.
HAND_WRITTEN = re.compile(r"connections?(\[\w+\])?\.vendor|\.cursor\(\)|(?<!\.)\bexecute\(|\.raw\(|select_for_update")


def needing_both(repository: Path) -> set[str]:
    """The modules of the program that have to be tested on both databases."""
    paths = [path for package in PACKAGES for path in (repository / package).rglob("*.py")]
    return {
        ".".join(path.relative_to(repository).with_suffix("").parts)
        for path in paths
        if "migrations" not in path.parts and HAND_WRITTEN.search(path.read_text())
    }


def named(test: Path) -> Iterator[str]:
    """The modules that the marks of a file of tests name."""
    for node in ast.walk(ast.parse(test.read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.either":
            yield from (ast.literal_eval(argument) for argument in node.args)


def test_each_module_with_hand_written_sql_or_locks_has_a_test_on_both(repository: Path) -> None:
    tests = (repository / "tests").rglob("test_*.py")
    assert {module for test in tests for module in named(test)} == needing_both(repository)
