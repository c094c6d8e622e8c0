"""Which database row belongs to which key of the plan, and what one run of the loader works with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from django.db.models import Model

from fairplatform.fairs.models import Fair

from ..anchor import Anchor
from ..models import DemoRow
from ..plan.fair_plan import FairPlan


class Keyed(Protocol):
    """Whatever of the plan becomes a row."""

    @property
    def key(self) -> str: ...


K = TypeVar("K", bound=Keyed)
M = TypeVar("M", bound=Model)


class RowRegistry:
    """Primary key by plan key of every row the demonstration has created: the table DemoRow, read once."""

    def __init__(self) -> None:
        self._keys: dict[str, dict[str, int]] = {}
        for kind, key, row in DemoRow.objects.values_list("kind", "key", "row"):
            self._keys.setdefault(kind, {})[key] = row

    def ids(self, model: type[Model]) -> dict[str, int]:
        """Primary key by plan key."""
        return self._keys.setdefault(model._meta.label_lower, {})

    def missing(self, model: type[Model], planned: Iterable[K]) -> list[K]:
        """Those that have no row yet."""
        known = self.ids(model)
        return [one for one in planned if one.key not in known]

    def add(self, model: type[M], new: Mapping[str, M]) -> None:
        """Inserts new rows, given by plan key, and registers them."""
        model._default_manager.bulk_create(new.values())
        self.register(model, [(key, row.pk) for key, row in new.items()])

    def register(self, model: type[Model], rows: Iterable[tuple[str, int]]) -> None:
        """Registers rows that are there already, given by plan key and primary key."""
        keys, kind = dict(rows), model._meta.label_lower
        DemoRow.objects.bulk_create(DemoRow(kind=kind, key=key, row=row) for key, row in keys.items())
        self.ids(model).update(keys)

    def forget(self, model: type[Model], keys: Iterable[str]) -> None:
        """Unregisters rows: they are no longer the demonstration's, or deleted."""
        keys = list(keys)
        DemoRow.objects.filter(kind=model._meta.label_lower, key__in=keys).delete()
        for key in keys:
            del self.ids(model)[key]


@dataclass(frozen=True)
class LoaderRun:
    """One run of the loader: the plan, its dates, and the rows that belong to it."""

    plan: FairPlan
    anchor: Anchor
    now: datetime
    fair: Fair
    rows: RowRegistry
