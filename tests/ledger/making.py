"""Contents of entries for the tests."""

from typing import Any

from django.db import connection, transaction

from fairplatform.fairs.models import Participation
from fairplatform.ledger.apps import ENTRIES
from fairplatform.ledger.content import Content, Name


def party(participation: Participation) -> Name:
    return Name("party", dict(participation.company.name), participation.pk)


def content(*names: Name, kind: str = "mou", provenance: str = "report", **fields: Any) -> Content:
    return Content(kind=kind, provenance=provenance, names=names, **fields)


def tamper(statement: str, *values: object) -> None:
    """As somebody with the database in hand, who takes the triggers away first."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        ENTRIES.remove("default")
        cursor.execute(statement, values)
