"""Contents of entries for the tests."""

from typing import Any

from fairplatform.fairs.models import Participation
from fairplatform.ledger.content import Content, Name


def party(participation: Participation) -> Name:
    return Name("party", dict(participation.company.name), participation.pk)


def content(*names: Name, kind: str = "mou", provenance: str = "report", **fields: Any) -> Content:
    return Content(kind=kind, provenance=provenance, names=names, **fields)
