"""Briefs as pages show them: which days have one, and a brief with its figures."""

from dataclasses import dataclass
from datetime import date, datetime

from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import Translated
from fairplatform.money.rates import Rate

from ..models import BriefDraft, DailyBrief
from ..rows import read_rows
from .days import Day, day_of, days
from .figures import Correction, Line, brief_figures, corrections, lines, open_meetings
from .frozen import as_figures


@dataclass(frozen=True)
class Brief:
    """The brief of a day: a draft with the figures of the moment, or what was approved with those of then.

    `at`: when the figures were counted; `revision`: of the draft, 0 without one; `open_meetings`: of the day, now;
    `corrections`: figures of an approved brief that are others at `compared_at`.
    """

    fair: Fair
    day: Day
    at: datetime
    lines: list[Line]
    stories: Translated
    problems: Translated
    revision: int = 0
    open_meetings: int = 0
    written: BriefDraft | None = None
    approved: DailyBrief | None = None
    corrections: tuple[Correction, ...] = ()
    compared_at: datetime | None = None

    @property
    def rates(self) -> list[Rate]:
        """Those by which its figures are converted, each once."""
        figures = [one.figure for line in self.lines for one in line.cells if one]
        return list(dict.fromkeys(one.conversion.rate for one in figures if one.conversion))

    @property
    def is_over(self) -> bool:
        """Of a draft: whether what it counts has ended, so that it can be approved without more ado."""
        return self.day.ends_at <= self.at and not self.open_meetings


def read_brief(fair: Fair, on: date, *, now: datetime) -> Brief:
    """Raises Refused("not_found") for a date that is no day of the fair."""
    day, rows = day_of(fair, on), read_rows(fair, now=now)
    today = brief_figures(rows, on)
    approved = DailyBrief.objects.filter(fair=fair, date=on).first()
    if approved:
        frozen = as_figures(approved.figures.all())
        return Brief(
            fair, day, approved.as_at, lines(frozen), approved.stories, approved.problems, approved=approved,
            corrections=tuple(corrections(frozen, today)), compared_at=now,
        )  # fmt: skip
    written = BriefDraft.objects.filter(fair=fair, date=on).select_related("written_by").first()
    words = written or BriefDraft()
    return Brief(
        fair, day, now, lines(today), words.stories, words.problems, revision=written.revision if written else 0,
        open_meetings=open_meetings(rows, on), written=written,
    )  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A day with what there is of its brief."""

    day: Day
    approved: DailyBrief | None
    draft: BriefDraft | None


def listed(fair: Fair) -> list[Listed]:
    """The days of the fair in their order."""
    approved = {brief.date: brief for brief in DailyBrief.objects.filter(fair=fair)}
    drafts = {draft.date: draft for draft in BriefDraft.objects.filter(fair=fair).select_related("written_by")}
    return [Listed(day, approved.get(day.date), drafts.get(day.date)) for day in days(fair)]
