"""Empties the database after a test whose transactions are real, by deleting what it has written.

Django's own way empties all tables, most of which are empty, and then makes content types, permissions and triggers
anew: that takes several times as long as the tests themselves.
"""

from django.db import connection, transaction

from fairplatform.ledger.apps import ENTRIES
from fairplatform.ledger.models import Entry
from fairplatform.report.apps import BRIEFS
from fairplatform.report.models import DailyBrief

# What migrations have made stays.
KEPT = {"django_content_type", "auth_permission"}
# Whose triggers refuse to delete a row.
IMMUTABLE = {Entry._meta.db_table: ENTRIES, DailyBrief._meta.db_table: BRIEFS}


def empty_tables(_test: object) -> None:
    """Deletes all rows but those of KEPT."""
    tables = sorted(set(connection.introspection.django_table_names()) - KEPT)
    filled = " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM \"{table}\")" for table in tables)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Not even the triggers that forbid it are asked.
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(filled)
        emptied = [table for (table,) in cursor.fetchall()]
        immutable = [IMMUTABLE[table] for table in emptied if table in IMMUTABLE and connection.vendor == "sqlite"]
        for kept in immutable:
            kept.remove("default")
        for table in emptied:
            cursor.execute(f'DELETE FROM "{table}"')
        for kept in immutable:
            kept.install("default")
