"""The schedule of the demonstration is what matching, solver and publishing make of its workbook."""

import json

import pytest
from django.core.management import CommandError, call_command

from fairplatform.demo.plan.published import FILE
from fairplatform.demo.scheduling import make_schedule
from fairplatform.fairs.models import Fair
from tests.factories import make_fair

pytestmark = pytest.mark.django_db


def test_what_is_stored_is_made_of_the_workbook_anew():
    assert make_schedule() == json.loads(FILE.read_bytes())
    assert Fair.objects.count() == 0


def test_it_is_not_made_beside_the_demonstration():
    make_fair(slug="pk2020")
    with pytest.raises(CommandError, match="without the demo"):
        call_command("write_demo_schedule")
