"""A small fair that has been matched, and one of its organisers with a browser."""

from pathlib import Path

import pytest
from django.test import Client

from fairplatform.fairs.models import Fair
from meetings.versions.drafting import make_draft
from tests.factories import NOW
from tests.meetings.versions.small_fair import imported, small_fair
from tests.office.office import Office


@pytest.fixture
def fair(tmp_path: Path) -> Fair:
    imported(tmp_path, small_fair())
    return Fair.objects.get(slug="small")


@pytest.fixture
def drafted(fair: Fair) -> Fair:
    make_draft(fair, now=NOW)
    return fair


@pytest.fixture
def office(fair: Fair, client: Client) -> Office:
    return Office(client, fair)
