"""The report of a fair, with the figures of the last fair of its series beside its own."""

from datetime import datetime

from fairplatform.fairs.models import Fair

from .figures import compute
from .rows import read_rows
from .series import last_fair
from .tables import Report


def build(fair: Fair, languages: tuple[str, ...], *, now: datetime) -> Report:
    rows, last = read_rows(fair, now=now), last_fair(fair)
    before = compute(read_rows(last, now=now)) if last else []
    return Report(rows, compute(rows), languages, last, {figure.key: figure for figure in before})
