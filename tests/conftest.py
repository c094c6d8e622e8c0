"""What every test may ask for; the fixtures that start programs stand in tests/servers."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections

from fairplatform.accounts.middleware import bucket_of
from tests.environment import DATA_DIR

# Hundreds of people are made here; how slowly a password is hashed is Django's own test.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STARTS_PROGRAMS = {"serve", "demo_server", "redis_server", "postgres_server", "stack"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that start programs, so that the quick ones can run side by side without them."""
    for item in items:
        if STARTS_PROGRAMS.intersection(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.server)


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """A file, not memory: threads that race for one slot must meet the locks that they meet in a fair."""
    if settings.EMBEDDED:
        connections["default"].settings_dict["TEST"]["NAME"] = str(DATA_DIR / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The servers and folders of a run go with it: nobody has to drop a database that some thread may still hold."""
    return True


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """Neither the cache (and, where it stands in the same Redis, who was present), nor what a person has sent.

    The people of one test have the numbers of those of the test before.
    """
    cache.clear()
    bucket_of.cache_clear()


@pytest.fixture
def repository() -> Path:
    """The folder of the checkout."""
    return Path(__file__).resolve().parent.parent
