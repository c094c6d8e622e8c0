"""What a file of tests costs: windows of a browser and starts of servers are what makes a suite slow."""

from collections import Counter
from collections.abc import Iterable

import pytest

EACH_STARTS = {"serve"}
ONE_STARTS = {"serve_module", "stack"}
Costs = dict[str, tuple[int, int]]
COSTS = pytest.StashKey[Costs]()


def costs(items: Iterable[pytest.Item]) -> Costs:
    """For each file, how many of its tests open a browser, and how many servers it starts for itself alone."""
    windows: Counter[str] = Counter()
    starts: Counter[str] = Counter()
    shared: set[tuple[str, str]] = set()
    for item in items:
        asked, name = set(getattr(item, "fixturenames", ())), item.nodeid.partition("::")[0]
        windows[name] += "browser" in asked
        starts[name] += bool(asked & EACH_STARTS)
        shared |= {(name, fixture) for fixture in asked & ONE_STARTS}
    starts.update(name for name, _ in shared)
    return {name: (windows[name], starts[name]) for name in sorted(windows)}
