"""Figures of a brief as rows, which say in all languages what they were called and counted; and rows as figures."""

from collections.abc import Iterable, Iterator

from fairplatform.i18n.text import LANGUAGES, Translated, in_every_language

from ..definitions import Definition, Group, Of, Status, Unit
from ..figures import Figure, Part
from ..models import BriefFigure, DailyBrief
from .figures import Scope, Scoped


def as_rows(brief: DailyBrief, figures: Iterable[Scoped]) -> Iterator[BriefFigure]:
    for place, (scope, one) in enumerate(figures):
        own = one.definition
        yield BriefFigure(
            brief=brief,
            place=place,
            scope=scope,
            key=own.key,
            group=own.group,
            status=own.status,
            title=_translated(own.title),
            sentence=_translated(own.sentence),
            part=one.part.key,
            part_name=_translated(one.part.name),
            unit=own.unit,
            currency=one.currency,
            value=one.value,
            hidden=one.hidden,
        )


def _translated(words: object) -> Translated:
    return Translated(zip(LANGUAGES, in_every_language(words), strict=True))


def as_figures(rows: Iterable[BriefFigure]) -> list[Scoped]:
    """Without the rows that they were of."""
    return [Scoped(Scope(row.scope), _figure(row)) for row in rows]


def _figure(row: BriefFigure) -> Figure:
    known = Definition(
        row.key, Group(row.group), row.title, row.sentence, Of.MEETINGS, Unit(row.unit), Status(row.status)
    )
    return Figure(known, row.value, (), Part(row.part, row.part_name), row.currency, row.hidden)
