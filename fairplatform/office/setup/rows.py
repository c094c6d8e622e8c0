"""The rows of a fair that organisers enter: what their lists and forms need to know of one kind of them."""

from dataclasses import dataclass
from typing import Any, Generic

from django.db.models import QuerySet
from django.utils.functional import Promise

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair

from .forms import M, SetupForm


@dataclass(frozen=True)
class Words:
    """What the pages of one kind of rows say."""

    title: Promise
    add: Promise
    empty: Promise
    advice: Promise


class RowKind(Generic[M]):
    """One kind of rows: what they are, how they are listed and saved, and why one may not be removed.

    `name` names its routes (office:halls, office:halls_add …), its part of the address, and the template of one line.
    """

    name: str
    model: type[M]
    form: type[SetupForm[M]]
    words: Words

    def __init__(self) -> None:
        self.route = f"office:{self.name}"
        self.add_route, self.change_route, self.remove_route = (
            f"{self.route}_{act}" for act in ("add", "change", "remove")
        )

    def rows(self, fair: Fair) -> QuerySet[M]:
        return self.model._default_manager.filter(fair=fair)

    def get(self, fair: Fair, pk: int, *, lock: bool = False) -> M:
        """The fair's row with this key; raises Refused("not_found")."""
        rows = self.model._default_manager.filter(fair=fair, pk=pk)
        row = (rows.select_for_update() if lock else rows).first()
        if row is None:
            raise Refused("not_found")
        return row

    def context(self, fair: Fair) -> dict[str, Any]:
        """What the template of the list needs besides."""
        return {}

    def label(self, row: M) -> str:
        """The row's name in the reader's language."""
        return str(row)

    def new(self, fair: Fair) -> M:
        return self.model(fair=fair)

    def save(self, form: SetupForm[M]) -> None:
        form.save()

    def remove(self, row: M) -> None:
        row.delete()

    def why_kept(self, row: M) -> str:
        """Why the row cannot be removed, in the reader's language; empty if it can."""
        return ""
