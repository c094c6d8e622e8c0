"""The loaded demonstration, once for the tests of a module; what a test changes is rolled back."""

from datetime import UTC, datetime

import pytest
from django.db import transaction

from fairplatform.demo.anchor import anchor_at
from fairplatform.demo.demonstration import load_demonstration

OPENING = datetime(2020, 5, 14, 7, 4, tzinfo=UTC)  # 12:04 in Pakistan: the times are not moved
ANCHOR = anchor_at(OPENING)


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        fair = load_demonstration(OPENING)
        yield fair
        transaction.set_rollback(True)


@pytest.fixture
def fair(_loaded, db):
    """The demonstration fair, loaded at OPENING."""
    _loaded.refresh_from_db()
    return _loaded
