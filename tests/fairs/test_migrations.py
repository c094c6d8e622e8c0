"""Migrations of fairs, on the rows of an existing fair."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from fairplatform.fairs.models import Fact
from tests.factories import NOW, make_fair, three

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either]
BEFORE = ("fairs", "0001_initial")
FIELDS = {"reported_on": NOW.date(), "rank": 1}


def test_a_source_becomes_its_english_citation_and_the_old_version_still_runs() -> None:
    fair = make_fair()
    call_command("migrate", *BEFORE, verbosity=0)
    old_facts = MigrationExecutor(connection).loader.project_state([BEFORE]).apps.get_model("fairs", "Fact").objects
    old_facts.create(fair_id=fair.pk, text=three("Fact"), source="The Nation (Lahore)", **FIELDS)
    call_command("migrate", verbosity=0)
    assert [fact.citation for fact in Fact.objects.all()] == [{"en": "The Nation (Lahore)"}]
    Fact.objects.create(fair=fair, text=three("Fact"), citation=three("Press"), **FIELDS)
    # What processes of the version before read and write until they are restarted.
    assert list(old_facts.order_by("pk").values_list("source", flat=True)) == ["The Nation (Lahore)", ""]
