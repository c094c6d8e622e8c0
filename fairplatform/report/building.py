"""The report of a fair, with the figures of the last fair of its series beside its own."""

from datetime import datetime

from fairplatform.fairs.models import Fair

from .figure import Figure
from .figures import compute
from .rows import read_rows
from .series import last_fair
from .tables import Report


def build(fair: Fair, languages: tuple[str, ...], *, now: datetime) -> Report:
    rows, last = read_rows(fair, now=now), last_fair(fair)
    figures = compute(rows)
    before = _of_the_same(figures, compute(read_rows(last, now=now))) if last else {}
    return Report(rows, figures, languages, last, before)


def _of_the_same(figures: list[Figure], before: list[Figure]) -> dict[str, Figure]:
    """By key, those whose part has the same name too: hall 3 and company c-7 may be others in another fair."""
    parts = {figure.key: str(figure.part.name) for figure in figures}
    return {figure.key: figure for figure in before if parts.get(figure.key) == str(figure.part.name)}
