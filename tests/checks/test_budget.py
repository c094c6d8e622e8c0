"""A file of tests opens few browsers and starts few servers."""

import pytest

from tests.costs import COSTS

MOST_WINDOWS, MOST_STARTS = 3, 1
# Older files that cost more: tests in a browser, servers. The list only gets shorter, and its numbers smaller.
OLDER = {
    "tests/e2e/test_call.py": (5, 1),
    "tests/e2e/test_call_lobby.py": (4, 1),
    "tests/e2e/test_browser_windows.py": (6, 0),
    "tests/e2e/test_main_flow.py": (6, 1),
    "tests/faults/test_network_faults.py": (0, 3),
    "tests/faults/test_outages.py": (0, 2),
    "tests/operations/test_backup.py": (0, 2),
    "tests/realtime/test_frames.py": (0, 2),
    "tests/servers/test_serve.py": (0, 2),
    "tests/stack/test_clock_processes.py": (0, 3),
    "tests/observability/test_secrets.py": (0, 2),
    "tests/health/test_probes.py": (0, 4),
}


def test_no_file_costs_more_than_it_may(request: pytest.FixtureRequest) -> None:
    """Of the files that this run has collected: in `make test` those are all."""
    costs = request.config.stash[COSTS]
    dear = {name: cost for name, cost in costs.items() if cost[0] > MOST_WINDOWS or cost[1] > MOST_STARTS}
    assert dear == {name: cost for name, cost in OLDER.items() if name in costs}
