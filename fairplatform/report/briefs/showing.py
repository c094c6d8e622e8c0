"""A brief in the words of a page or a paper."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..definition import Group, Status
from ..figure import Figure
from ..tables import value_in_words
from .figures import STATUSES, Line, Scope, Scoped
from .queries import Brief


class Cell(NamedTuple):
    """A value in the active language, empty without a figure; the figure's key, and the meetings that it counts.

    `figure`: None where there is none.
    """

    value: str
    key: str
    scope: Scope
    figure: Figure | None


@dataclass(frozen=True)
class Row:
    """`figure`: any of its own, for what they are called. `is_explained`: the first of its definition."""

    figure: Figure
    cells: list[Cell]
    is_explained: bool


@dataclass(frozen=True)
class Table:
    """`statuses`: under each scope; empty where figures have none."""

    title: Promise | str
    statuses: tuple[Status, ...]
    rows: list[Row]


@dataclass(frozen=True)
class Changed:
    """A correction: of which figure and meetings, and its values in the active language.

    `figure_was` and `figure_now`: None where there was none, or is none any more.
    """

    figure: Figure
    scope: Scope
    was: str
    now: str
    figure_was: Figure | None
    figure_now: Figure | None


def shown(brief: Brief) -> list[Table]:
    """Those that are not empty."""
    results = [line for line in brief.lines if line.definition.group == Group.RESULTS]
    others = [line for line in brief.lines if line.definition.group != Group.RESULTS]
    tables = [
        Table(_("Companies and meetings"), (), _rows(others)),
        Table(Group.RESULTS.label, STATUSES, _rows(results)),
    ]
    return [table for table in tables if table.rows]


def changed(brief: Brief) -> list[Changed]:
    return [
        Changed(
            one.scoped.figure,
            one.scoped.scope,
            _value(one.was) or "–",
            _value(one.now) or "–",
            one.was and one.was.figure,
            one.now and one.now.figure,
        )
        for one in brief.corrections
    ]


def _rows(lines: list[Line]) -> list[Row]:
    explained: set[str] = set()
    rows = []
    for line in lines:
        figure = next(cell.figure for cell in line.cells if cell)
        scopes = [scope for scope in Scope for _cell in line.cells[:: len(Scope)]]
        cells = [
            Cell(_value(cell), cell.figure.key if cell else "", scope, cell and cell.figure)
            for cell, scope in zip(line.cells, scopes, strict=True)
        ]
        rows.append(Row(figure, cells, line.definition.stem not in explained))
        explained.add(line.definition.stem)
    return rows


def _value(one: Scoped | None) -> str:
    return value_in_words(one.figure) if one else ""
