"""What makes a file of tests slow: how many of its tests open a browser, and how many servers it starts."""

from collections import Counter
from collections.abc import Iterable

import pytest

STARTS_PER_TEST = {"serve"}  # fixtures
STARTS_PER_FILE = {"serve_module", "stack"}
Costs = dict[str, tuple[int, int]]
COSTS = pytest.StashKey[Costs]()


def costs(items: Iterable[pytest.Item]) -> Costs:
    """For each file the number of tests that open a browser, and of servers that it does not share with other files."""
    browsers: Counter[str] = Counter()
    starts: Counter[str] = Counter()
    shared: set[tuple[str, str]] = set()
    for item in items:
        fixtures, name = set(getattr(item, "fixturenames", ())), item.nodeid.partition("::")[0]
        browsers[name] += "browser" in fixtures
        starts[name] += bool(fixtures & STARTS_PER_TEST)
        shared |= {(name, fixture) for fixture in fixtures & STARTS_PER_FILE}
    starts.update(name for name, _ in shared)
    return {name: (browsers[name], starts[name]) for name in sorted(browsers)}
