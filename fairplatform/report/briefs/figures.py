"""The figures of a brief: those of the report, of the meetings of one day and of all up to that day. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ..definition import Definition, Status
from ..figure import Figure, Part
from ..figures import compute
from ..models import BriefFigure
from ..row import Rows

Scope = BriefFigure.Scope
# In their order; what is not of meetings stands for the whole fair alone.
OF_MEETINGS = (
    "meetings_planned", "meetings_held", "meetings_ten_minutes", "meetings_missed", "held_with_interpreter",
    "companies_met", "satisfaction_average", "concluded", "concluded_amount", "intended", "intended_amount",
    "purchases_amount",
    "intended_differing_amount", "memoranda", "memoranda_amount",
)  # fmt: skip
OF_FAIR = ("exhibitors", "buyers")
SHOWN = (*OF_FAIR, *OF_MEETINGS)
STATUSES = (Status.CONFIRMED, Status.ONE_SIDE)


class Scoped(NamedTuple):
    """A figure, and the meetings that it counts."""

    scope: Scope
    figure: Figure

    @property
    def key(self) -> tuple[Scope, str]:
        return self.scope, self.figure.key


@dataclass(frozen=True)
class Line:
    """One part of a definition. `cells`: by scope, and of results by status; None where there is no figure."""

    definition: Definition
    part: Part
    currency: str
    cells: tuple[Scoped | None, ...]


@dataclass(frozen=True)
class Correction:
    """A figure of an approved brief that is another by now; None: it was not there, or is not any more."""

    was: Scoped | None
    now: Scoped | None

    @property
    def scoped(self) -> Scoped:
        found = self.was or self.now
        assert found
        return found


def brief_figures(rows: Rows, on: date) -> list[Scoped]:
    named = {Scope.DAY: OF_MEETINGS, Scope.SO_FAR: SHOWN}
    return [
        Scoped(scope, one)
        for scope in Scope
        for one in compute(of_scope(rows, scope, on))
        if one.definition.stem in named[scope]
    ]


def of_scope(rows: Rows, scope: Scope, on: date) -> Rows:
    """With the meetings of the day alone, or with all up to that day."""
    return rows.of_days((lambda day: day == on) if scope == Scope.DAY else (lambda day: day <= on))


def open_meetings(rows: Rows, on: date) -> int:
    """How many meetings of the day have yet to begin or end."""
    return sum(one.day == on and not one.is_cancelled and not one.is_over(rows.at) for one in rows.meetings)


def lines(figures: Iterable[Scoped]) -> list[Line]:
    """Every figure once, by definition in the order of the brief."""
    found: dict[tuple[str, str, str], list[Scoped]] = {}
    for one in figures:
        own = one.figure
        found.setdefault((own.definition.stem, own.part.key, own.currency), []).append(one)
    places = {stem: place for place, stem in enumerate(SHOWN)}
    return sorted(map(_line, found.values()), key=lambda line: places.get(line.definition.stem, len(places)))


def _line(known: list[Scoped]) -> Line:
    first = known[0].figure
    statuses = STATUSES if first.definition.status else (Status.NONE,)
    by_column = {(one.scope, one.figure.definition.status): one for one in known}
    cells = tuple(by_column.get((scope, status)) for scope in Scope for status in statuses)
    return Line(first.definition, first.part, first.currency, cells)


def corrections(approved: Iterable[Scoped], today: Iterable[Scoped]) -> list[Correction]:
    """What is another today than when the brief was approved."""
    return list(_corrections({one.key: one for one in approved}, {one.key: one for one in today}))


def _corrections(was: dict[tuple[Scope, str], Scoped], now: dict[tuple[Scope, str], Scoped]) -> Iterator[Correction]:
    for key in {**was, **now}:
        before, after = was.get(key), now.get(key)
        if before is None or after is None or _said(before) != _said(after):
            yield Correction(before, after)


def _said(one: Scoped) -> tuple[int, int]:
    return one.figure.value, one.figure.hidden
