"""The plan's keys and the rows that stand for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model

from fairplatform.fairs.models import Fair

from ..anchor import Anchor
from ..models import DemoRow
from ..plan import Plan

T = TypeVar("T")


class Rows:
    """The key of every row the demonstration has made, read once and kept true."""

    def __init__(self) -> None:
        self._keys: dict[str, dict[str, int]] = {}
        for kind, key, row in DemoRow.objects.values_list("kind", "key", "row"):
            self._keys.setdefault(kind, {})[key] = row

    def of(self, model: type[Model]) -> dict[str, int]:
        """Key → primary key."""
        return self._keys.setdefault(model._meta.label_lower, {})

    def missing(self, model: type[Model], things: Iterable[T]) -> list[T]:
        """Those of the plan's things (each has a key) that are no rows yet."""
        known = self.of(model)
        return [thing for thing in things if thing.key not in known]  # type: ignore[attr-defined]

    def add(self, model: type[Model], new: Mapping[str, Any]) -> None:
        """Stores new rows and remembers them by their keys."""
        model.objects.bulk_create(new.values())  # type: ignore[attr-defined]
        kind = model._meta.label_lower
        DemoRow.objects.bulk_create(DemoRow(kind=kind, key=key, row=row.pk) for key, row in new.items())
        self.of(model).update({key: row.pk for key, row in new.items()})

    def forget(self, model: type[Model], keys: Iterable[str]) -> None:
        """Leaves the rows of these keys to whoever has made them their own."""
        keys = list(keys)
        DemoRow.objects.filter(kind=model._meta.label_lower, key__in=keys).delete()
        for key in keys:
            del self.of(model)[key]


@dataclass(frozen=True)
class Load:
    """One loading: what is planned, where it lies in time, and the rows it becomes."""

    plan: Plan
    anchor: Anchor
    now: datetime
    fair: Fair
    rows: Rows
