"""The rows of one sheet as the database has them, and how changed ones are written."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.db.models import Manager, Model, QuerySet, prefetch_related_objects

from booths.models import Demand
from booths.search import SearchText
from fairplatform.accounts.actor import Actor
from fairplatform.fairs.keys import new_key
from fairplatform.fairs.models import Fair
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.i18n.text import same_name_key

from ..fields import Field, Values, attributes_of, read_all, write_all
from ..keys import KeyBook
from ..sheets import SUFFIXES

Identity = tuple[object, ...]
Tiers = list[list[Identity]]
"""Lists of identities, tried in order: a stored row matches on the first list that has any of them."""

M = TypeVar("M", bound=Model)
T = TypeVar("T")


@dataclass(slots=True)
class Stored:
    """A row of a sheet in the database: its cells, and the model's row, or rows, that they are of."""

    values: dict[str, object]
    row: Any
    has_key: bool = True
    """Whether its key is the organiser's; else it was made here, for the export."""
    is_invited: bool = False
    """Whether it belongs to another fair, and has not accepted to take part in this one."""
    is_shared: bool = False
    """Whether it, or the company that it is of, belongs to this fair and to another; set by the planner."""


@dataclass(slots=True)
class Change:
    """What a row of the file will leave in the database: `values` are all its cells, `changed` those that differ."""

    number: int
    values: dict[str, object]
    stored: Stored | None = None
    changed: frozenset[str] = frozenset()
    invites: int | None = None
    """The primary key of the company or person of another fair that it invites."""
    is_invited: bool = False
    """Whether it is stored as an invitation only."""
    row: Any = None
    """The model's row with these values, where it is made before the transaction."""

    @property
    def kind(self) -> str:
        if self.stored is None:
            return "created"
        return "updated" if self.changed else "unchanged"


@dataclass
class Work:
    """What storing one workbook works with. The fair is made by its first sheet where there is none yet."""

    fair: Fair | None
    keys: KeyBook
    now: datetime
    stored: dict[str, list[Stored]] = field(default_factory=dict)
    actor: Actor | None = None
    """Who imports; of a command nobody."""

    @property
    def the_fair(self) -> Fair:
        assert self.fair is not None
        return self.fair


class StoredSheet(Protocol):
    @property
    def name(self) -> str: ...

    def read(self, fair: Fair, keys: KeyBook, elsewhere: Elsewhere) -> list[Stored]:
        """All rows of the fair, whose keys it adds to `keys`; `elsewhere`: fairs whose people it does not know."""

    def tiers(self, values: Values) -> Tiers:
        """What a row is known by, besides its key."""

    def store(self, work: Work, changes: Sequence[Change]) -> None:
        """Writes the created and updated rows."""


@dataclass(frozen=True)
class TableSheet:
    """A sheet whose rows are the rows of one model, which belong to a fair."""

    name: str
    model: type[Model]
    fields: tuple[Field, ...]
    known_by: Callable[[Values], Tiers]
    key: str = ""
    """The column other sheets refer to its rows by."""
    names: Callable[[Any], Iterable[str]] | None = None
    """What a key is made of where a stored row has none."""
    complete: Callable[[Work, list[Any]], None] | None = None
    """Sets, on new rows, what no column says."""
    order: tuple[str, ...] = ("pk",)

    def read(self, fair: Fair, keys: KeyBook, elsewhere: Elsewhere) -> list[Stored]:
        rows: QuerySet[Any] = self.model._default_manager.filter(fair=fair).order_by(*self.order)
        found = [Stored(read_all(self.fields, row, keys), row) for row in rows]
        if self.names:
            give_keys(found, self.names)
        if self.key:
            for stored in found:
                keys.add(self.name, stored.values[self.key], stored.row.pk)
        return found

    def tiers(self, values: Values) -> Tiers:
        return self.known_by(values)

    def store(self, work: Work, changes: Sequence[Change]) -> None:
        rows = [change.stored.row if change.stored else self.model(fair=work.the_fair) for change in changes]
        for row, change in zip(rows, changes, strict=True):
            write_all(self.fields, row, change.values, work.keys)
        save(self.model, rows, attributes_of(self.fields), lambda new: self.complete and self.complete(work, new))
        if self.key:
            for row, change in zip(rows, changes, strict=True):
                work.keys.add(self.name, change.values[self.key], row.pk)


def save(
    model: type[M], rows: Sequence[M], attributes: Sequence[str], complete: Callable[[list[M]], object] | None = None
) -> None:
    """Inserts the new rows and updates these attributes of the others, each in as few statements as there can be.

    What a search finds them by is updated with them.
    """
    searched = [field.name for field in model._meta.fields if isinstance(field, SearchText)]
    if model is Demand:
        prefetch_related_objects(rows, "participation__company")
    new = [row for row in rows if row.pk is None]
    old = [row for row in rows if row.pk is not None]
    if complete:
        complete(new)
    model._default_manager.bulk_create(new)
    # One statement that inserts or, as each has its row already, updates: a CASE for each of thousands is slow.
    if old:
        model._default_manager.bulk_create(
            old,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=list(dict.fromkeys([*attributes, *searched])),
        )


def give_keys(rows: Sequence[Stored], names: Callable[[Any], Iterable[str]]) -> None:
    """Gives those without a key one that is the same at every reading: rows come in the order of their making."""
    taken = {str(stored.values["key"]) for stored in rows if "key" in stored.values}
    for stored in rows:
        if "key" not in stored.values:
            stored.has_key = False
            stored.values["key"] = new_key(names(stored.row), taken)


def by_names(column: str, values: Values, *others: object) -> list[Identity]:
    """An identity for the name in each language, with what else belongs to it."""
    cells = (values.get(f"{column}_{ending}") for ending in SUFFIXES)
    return [("name", same_name_key(cell), *others) for cell in cells if cell]


def in_parts(rows: Sequence[T], size: int = 500) -> Iterator[Sequence[T]]:
    """As many at once as a statement may have parameters."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def delete_of(manager: Manager[Any], relation: str, keys: Sequence[int]) -> None:
    """Deletes the rows that belong to these."""
    for part in in_parts(keys):
        manager.filter(**{f"{relation}__in": part}).delete()
