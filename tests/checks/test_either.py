"""What speaks to a database in its own words is tried on both. The mark `either` says which module a test is there for:

pytestmark = pytest.mark.either("chat.sql")
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("fairplatform", "chat", "booths", "meetings")
# Statements of our own, branches by database, and locks: whatever Django does not make the same for both.
OWN_WORDS = re.compile(r"connections?(\[\w+\])?\.vendor|\.cursor\(\)|select_for_update")


def speaking(repository: Path) -> set[str]:
    """The modules of the program with words of a database in them."""
    paths = [path for package in PACKAGES for path in (repository / package).rglob("*.py")]
    return {
        ".".join(path.relative_to(repository).with_suffix("").parts)
        for path in paths
        if "migrations" not in path.parts and OWN_WORDS.search(path.read_text())
    }


def named(test: Path) -> Iterator[str]:
    """The modules that the marks of a file of tests name."""
    for node in ast.walk(ast.parse(test.read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.either":
            yield from (ast.literal_eval(argument) for argument in node.args)


def test_each_module_with_words_of_a_database_has_a_test_on_either(repository: Path) -> None:
    tests = (repository / "tests").rglob("test_*.py")
    assert {module for test in tests for module in named(test)} == speaking(repository)
