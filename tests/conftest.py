"""What every test may ask for; the fixtures that start programs stand in tests/servers."""

import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from hypothesis import settings as hypothesis_settings

from fairplatform.observability.duties import DUTIES
from tests.costs import COSTS, costs
from tests.environment import DATA_DIR, STACK
from tests.servers.prepared import prepared
from tests.servers.stack import stack
from tests.sizes import IS_PROOF

# Hundreds of people are made here; how slowly a password is hashed is Django's own test.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STARTS_PROGRAMS = {
    "serve", "serve_module", "plain_server", "demo_server", "redis_server", "postgres_server", "turn_server", "stack",
}  # fmt: skip

# The same examples each time, so that a change fails by what it changed; a proof tries others, and says which.
hypothesis_settings.register_profile("test", derandomize=True, deadline=None, database=None)
hypothesis_settings.register_profile("proof", max_examples=500, deadline=None, database=None, print_blob=True)
hypothesis_settings.load_profile("proof" if IS_PROOF else "test")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Marks what starts programs and what opens browsers, and leaves out what is for a proof or for SQLite alone."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if asked & STARTS_PROGRAMS:
            item.add_marker(pytest.mark.server)
        if "browser" in asked:
            item.add_marker(pytest.mark.browser)
    others = [name for name, left in (("proof", not IS_PROOF), ("embedded", STACK != "embedded")) if left]
    left = [item for item in items if any(item.get_closest_marker(name) for name in others)]
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in left]
    config.stash[COSTS] = {} if IS_PROOF else costs(items)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: Any, templates: Path) -> None:
    """A copy of tables that are made once per state of the migrations.

    It goes with the run: nobody has to drop a database that some thread may still hold.
    """
    run = stack()
    tables = prepared(templates, "tables", run.postgres if run else None)
    with django_db_blocker.unblock():
        connection.close()
        if run:
            connection.settings_dict["NAME"] = urlsplit(tables.database()).path.removeprefix("/")
            return
    # A file, not memory: threads that race for one slot must meet the locks that they meet in a fair.
    connection.settings_dict["NAME"] = str(DATA_DIR / "test.sqlite3")
    shutil.copy(tables.folder / "fair.sqlite3", connection.settings_dict["NAME"])
    # Nothing of it has to outlive a power cut.
    options = connection.settings_dict["OPTIONS"]
    options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Neither what was counted, nor what has failed, nor, where the cache stands in the same Redis, who was present.

    The people of one test have the numbers of those of the test before.
    """
    cache.clear()
    DUTIES.clear()


@pytest.fixture
def repository() -> Path:
    """The folder of the checkout."""
    return Path(__file__).resolve().parent.parent
