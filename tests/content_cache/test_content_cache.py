"""The content version rises with every change of public content, however it was written, and with nothing else."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models, transaction
from django.utils.translation import override

from booths.models import Demand, Display
from fairplatform.accounts.models import Company
from fairplatform.content_cache.store import cached, content_version, one_version
from fairplatform.content_cache.triggers import versioned_tables
from fairplatform.fairs.models import Body, Fact, FairDay
from fairplatform.realtime.models import TopicVersion
from tests.factories import (
    NOW,
    make_attachment,
    make_buyer,
    make_exhibitor,
    make_fair,
    make_person,
    make_product,
    three,
)
from tests.servers.postgres_server import PostgresServer

pytestmark = pytest.mark.either("fairplatform.content_cache.triggers", "fairplatform.db.triggers")

TABLES = [
    "accounts_company", "booths_attachment", "booths_booth", "booths_display", "booths_product",
    "fairs_body", "fairs_fact", "fairs_fair", "fairs_fairday", "fairs_hall", "fairs_participation",
]  # fmt: skip
MODELS = [model for model in apps.get_models() if model._meta.db_table in TABLES]


def last(rows: Any) -> str:
    """A field that is not the key."""
    return str(rows.model._meta.concrete_fields[-1].name)


WAYS: dict[str, Callable[[Any], object]] = {
    "save": lambda rows: rows.get().save(),
    "update": lambda rows: rows.update(**{last(rows): models.F(last(rows))}),
    "bulk update": lambda rows: rows.bulk_update(list(rows), [last(rows)]),
    "statement": lambda rows: execute(f"UPDATE {rows.model._meta.db_table} SET id = id WHERE id = {rows.get().pk}"),
}


def execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def rows(db: None) -> Callable[[type[models.Model]], Any]:
    """One row of a watched model."""
    fair = make_fair()
    make_attachment(make_product(make_exhibitor(fair)))
    Demand.objects.create(fair=fair, participation=make_buyer(fair), kind="goods", text=three("Locks"))
    FairDay.objects.create(fair=fair, number=1, date=NOW.date())
    Body.objects.create(fair=fair, part="host", name=three("Body"))
    Fact.objects.create(fair=fair, text=three("Fact"), citation=three("Press"), reported_on=NOW.date())
    return lambda model: model._default_manager.filter(pk=model._default_manager.latest("pk").pk)


def test_versioned_tables_are_those_that_lists_and_layouts_show() -> None:
    assert sorted(table for content, table in versioned_tables() if content == "public") == TABLES


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_way_of_writing_raises_the_version(rows: Any, model: type[models.Model], way: str) -> None:
    before = content_version()
    WAYS[way](rows(model))
    assert content_version() > before


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_inserting_and_deleting_raise_the_version(rows: Any, model: type[models.Model]) -> None:
    Display.objects.all().delete() if model is not Display else None
    table, names = model._meta.db_table, ", ".join(f.column for f in model._meta.concrete_fields if not f.primary_key)
    before = content_version()
    with connection.constraint_checks_disabled(), transaction.atomic():
        execute(f"CREATE TEMPORARY TABLE saved_rows AS SELECT {names} FROM {table} LIMIT 1")
        assert content_version() == before
        execute(f"DELETE FROM {table}")
        deleted = content_version()
        execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM saved_rows")
        assert before < deleted < content_version()
        transaction.set_rollback(True)


def test_a_rollback_does_not_raise_the_version(rows: Any) -> None:
    before = content_version()
    with transaction.atomic():
        Company.objects.update(city="ningbo")
        transaction.set_rollback(True)
    assert content_version() == before


@pytest.mark.parametrize("way", WAYS)
def test_a_demand_leaves_the_public_content_and_makes_anew_what_is_made_of_demands_too(rows: Any, way: str) -> None:
    made: list[str] = []

    def make() -> int:
        made.append("")
        return len(made)

    def both() -> tuple[int, int]:
        return cached(("test public",), make), cached(("test demands",), make, also="demands")

    before = content_version()
    assert [both(), both()] == [(1, 2), (1, 2)]
    WAYS[way](rows(Demand))
    assert (content_version(), both()) == (before, (1, 3))
    WAYS[way](rows(Company))
    assert (content_version() > before, both()) == (True, (4, 5))


def test_messages_and_people_do_not_raise_the_version(rows: Any) -> None:
    before = content_version()
    TopicVersion.advance_all({"chat:1": 1})
    make_person()
    assert content_version() == before


def test_migrate_installs_missing_triggers(rows: Any) -> None:
    on = " ON booths_booth" if connection.vendor == "postgresql" else ""
    name = "edition_booths_booth" + ("" if on else "_update")
    execute(f"DROP TRIGGER {name}{on}")
    call_command("migrate", verbosity=0)
    before = content_version()
    rows(apps.get_model("booths.Booth")).update(number=models.F("number"))
    assert content_version() > before


def test_a_value_is_made_once_for_each_content_version_and_language(rows: Any) -> None:
    made: list[str] = []

    def make() -> int:
        made.append("")
        return len(made)

    assert [cached(("test", 1), make), cached(("test", 1), make), cached(("test", 2), make)] == [1, 1, 2]
    with override("ur"):
        assert cached(("test", 1), make) == 3
    Company.objects.update(city="ningbo")
    assert cached(("test", 1), make) == 4


def test_none_is_not_cached(rows: Any) -> None:
    assert [cached(("test none",), lambda: None), cached(("test none",), lambda: 1)] == [None, 1]


def test_the_version_is_read_once_for_each_request_that_only_reads(rows: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1), one_version():
        assert content_version() == content_version()
        content_version("demands")
    with django_assert_num_queries(2):
        assert content_version() == content_version()


def test_concurrent_transactions_do_not_wait_for_each_other(postgres_server: PostgresServer) -> None:
    url = postgres_server.migrated()
    insert = "INSERT INTO fairs_body (fair_id, part, name, rank) VALUES (%s, 'host', '{}', 0)"
    with psycopg.connect(url) as connected:
        columns = (
            "slug, name, station, theme, host_country, station_country, host_zone, station_zone, state, languages, "
        )
        columns += "series, planned_rounds, slot_minutes, change_minutes, is_demo, times_moved"
        values = "'one', '{}', '{}', '{}', 'CN', 'PK', '', '', 'open', '[]', '', 0, 25, 5, false, false"
        found = connected.execute(f"INSERT INTO fairs_fair ({columns}) VALUES ({values}) RETURNING id").fetchone()
        assert found is not None
    options = "-c statement_timeout=3000"
    with psycopg.connect(url, options=options) as first, psycopg.connect(url, options=options) as second:

        def seen() -> int:
            with psycopg.connect(url) as reader:
                total = reader.execute("SELECT COALESCE(SUM(number), 0) FROM edition_counter").fetchone()
                return int(total[0]) if total else 0

        numbers = [seen()]
        for connected in (first, second, first):
            connected.execute(insert, found)
        assert seen() == numbers[0]
        for connected in (second, first):
            connected.commit()
            numbers.append(seen())
        assert numbers == sorted(set(numbers))
