"""Hooks and fixtures of all tests; the fixtures that start programs are in tests/servers."""

import gc
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from fairplatform.observability.duties import DUTIES
from tests.costs import COSTS, costs
from tests.emptying import empty_tables
from tests.environment import DATA_DIR, STACK
from tests.servers.prepared import prepared
from tests.servers.stack import stack
from tests.sizes import IS_PROOF

# Tests create hundreds of people, and a good hash is slow on purpose.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TransactionTestCase._fixture_teardown = empty_tables
STARTS_PROGRAMS = {
    "serve", "serve_module", "plain_server", "demo_server", "redis_server", "postgres_server", "turn_server", "stack",
}  # fmt: skip

# The same examples each time, so a failure comes from a change; a proof tries others and prints how to repeat them.
# No test fails because the machine is slow.
PATIENT = hypothesis_settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.register_profile("test", PATIENT, derandomize=True)
hypothesis_settings.register_profile("proof", PATIENT, max_examples=500, print_blob=True)
hypothesis_settings.load_profile("proof" if IS_PROOF else "test")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks tests that start programs or open browsers, and deselects those that this run is not for."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & STARTS_PROGRAMS:
            item.add_marker(pytest.mark.server)
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
    excluded = [name for name, is_out in (("proof", not IS_PROOF), ("embedded", STACK != "embedded")) if is_out]
    deselected = [item for item in items if any(item.get_closest_marker(name) for name in excluded)]
    config.hook.pytest_deselected(items=deselected)
    items[:] = [item for item in items if item not in deselected]
    config.stash[COSTS] = {} if IS_PROOF else costs(items)


def pytest_collection_finish() -> None:
    """Spares the garbage collector the modules and tests, which stay until the end: it takes a sixth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any, templates: Path) -> None:
    """Uses a copy of a migrated database, prepared once for each state of the migrations.

    It is never dropped: a thread may still use it, and it is removed with the run.
    """
    run = stack()
    tables = prepared(templates, "tables", run.postgres if run else None)
    with django_db_blocker.unblock():
        connection.close()
        if run:
            connection.settings_dict["NAME"] = urlsplit(tables.database()).path.removeprefix("/")
            return
    # A file, not memory: threads of a test must meet the same locks as in a fair.
    connection.settings_dict["NAME"] = str(DATA_DIR / "test.sqlite3")
    shutil.copy(tables.folder / "fair.sqlite3", connection.settings_dict["NAME"])
    # It need not be durable.
    options = connection.settings_dict["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(autouse=True)
def _reset_process_state() -> None:
    """Clears the cache (limits; with Redis presence too) and the duties: ids of people repeat from test to test."""
    cache.clear()
    DUTIES.clear()


@pytest.fixture
def repository() -> Path:
    """The folder of the checkout."""
    return Path(__file__).resolve().parent.parent
