"""Figures of a brief as rows, which say in all languages what they were called and counted; and rows as figures."""

from collections.abc import Iterable, Iterator
from typing import Any

from fairplatform.i18n.text import LANGUAGES, Translated, in_every_language
from fairplatform.money.amounts import Money
from fairplatform.money.rates import Conversion, Rate

from ..definition import Definition, Group, Of, Status, Unit
from ..figure import Figure, Part
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
            **_converted(one.conversion),
        )


def _converted(one: Conversion | None) -> dict[str, Any]:
    """With the rate as it was: no later change of it reaches an approved brief."""
    if one is None:
        return {}
    rate = one.rate
    return {
        "converted_minor": one.converted.minor,
        "rate_base": rate.base,
        "rate_quote": rate.quote,
        "rate_scaled": rate.scaled,
        "rate_on": rate.on,
        "rate_source": rate.source,
    }


def _translated(words: object) -> Translated:
    return Translated(zip(LANGUAGES, in_every_language(words), strict=True))


def as_figures(rows: Iterable[BriefFigure]) -> list[Scoped]:
    """Without the rows that they were of."""
    return [Scoped(Scope(row.scope), _figure(row)) for row in rows]


def _figure(row: BriefFigure) -> Figure:
    known = Definition(
        row.key, Group(row.group), row.title, row.sentence, Of.MEETINGS, Unit(row.unit), Status(row.status)
    )
    part = Part(row.part, row.part_name)
    return Figure(known, row.value, (), part, row.currency, row.hidden, _conversion(row))


def _conversion(row: BriefFigure) -> Conversion | None:
    if row.converted_minor is None or row.rate_scaled is None or row.rate_on is None:
        return None
    rate = Rate(row.rate_on, row.rate_base, row.rate_quote, row.rate_scaled, row.rate_source)
    other = rate.quote if row.currency == rate.base else rate.base
    return Conversion(Money(row.value, row.currency), Money(row.converted_minor, other), rate)
