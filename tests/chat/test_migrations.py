"""Migrations of chat, on the rows of an existing fair."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from chat.models import Member
from tests.matrix.world import make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either]
BEFORE, AFTER = ("chat", "0002_one_index_each"), ("chat", "0003_members_for_companies")


def members_as_they_came() -> list[tuple[int, int, int | None, str]]:
    """The participation of each member, by conversation and person."""
    rows = Member.objects.order_by("conversation", "user")
    return list(rows.values_list("conversation", "user", "participation", "role"))


def test_existing_members_are_given_what_they_came_as() -> None:
    make_world()
    expected = members_as_they_came()
    assert {role for *_, role in expected} == {"", "interpreter"}
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    MigrationExecutor(connection).migrate([BEFORE])
    MigrationExecutor(connection).migrate([AFTER])
    MigrationExecutor(connection).migrate(newest)
    assert members_as_they_came() == expected
