"""The figures of a fair, computed from its rows. Pure: no database, no clock.

A figure is absent where nothing was collected that it could count; it is zero only where something was, and none fits.
A meeting in which people only test their devices does not exist in the program, so none is counted.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from fairplatform.ledger.rates import converted

from . import counts, results
from .definition import Group, Unit
from .figure import Figure
from .row import Rows

_PARTS = (
    counts.of_companies, counts.of_buyers, counts.of_meetings, results.of_outcomes, results.of_realised,
    results.of_papers, counts.of_satisfaction, counts.of_requests, counts.of_inquiries, counts.of_each_company,
)  # fmt: skip


def compute(rows: Rows) -> list[Figure]:
    """All figures, in the order in which a report shows them."""
    made = (figure for part in _PARTS for figure in part(rows))
    groups = {group: place for place, group in enumerate(Group)}
    return sorted(_with_conversions(rows, made), key=lambda figure: groups[figure.definition.group])


def _with_conversions(rows: Rows, figures: Iterable[Figure]) -> Iterator[Figure]:
    """Sums of money at the newest rate of the day on which they were counted, by the calendar of the host."""
    today = rows.fair.places[0].date(rows.at)
    for figure in figures:
        if figure.definition.unit != Unit.MONEY:
            yield figure
        else:
            yield replace(figure, conversion=converted(figure.value, figure.currency, rows.rates, today))
