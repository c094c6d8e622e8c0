"""The rows of a fair that organisers enter: what their lists and forms need to know of one kind of them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.fairs.models import Fair

from .forms import SetupForm


@dataclass(frozen=True)
class Words:
    """What the pages of one kind of rows say."""

    title: Promise
    add: Promise
    empty: Promise
    advice: Promise


class RowKind:
    """One kind of rows: what they are, how they are listed and saved, and why one may not be removed.

    `name` names its routes (office:halls, office:halls_add …), its part of the address, and the template of one line.
    """

    name: str
    model: type[Model]
    form: type[SetupForm[Any]]
    words: Words

    def __init__(self) -> None:
        self.route = f"office:{self.name}"
        self.add_route, self.change_route, self.remove_route = (
            f"{self.route}_{act}" for act in ("add", "change", "remove")
        )

    def rows(self, fair: Fair) -> QuerySet[Any]:
        return self.model._default_manager.filter(fair=fair)

    def context(self, fair: Fair) -> dict[str, Any]:
        """What the template of the list needs besides."""
        return {}

    def label(self, row: Any) -> str:
        """The row's name in the reader's language."""
        return str(row)

    def new(self, fair: Fair) -> Model:
        return self.model(fair=fair)

    def save(self, form: SetupForm[Any]) -> None:
        form.save()

    def remove(self, row: Any) -> None:
        row.delete()

    def kept_because(self, row: Any) -> str:
        """Why the row cannot be removed, in the reader's language; empty if it can."""
        return ""


def audit(actor: Actor, row: Model, *, before: dict[str, Any] | None, after: dict[str, Any] | None) -> None:
    """Writes what was added, changed or removed; nothing where nothing was changed."""
    if before != after:
        write_audit_entry(actor, "fair.organise", row, before=before, after=after)
