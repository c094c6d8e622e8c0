"""One line for each figure, as tables of numbers have it."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext

from fairplatform.i18n.numbers import major_units

from ..definitions import Unit
from ..figures import Figure
from ..tables import Report

Cell = str | int | Decimal


def titles(report: Report) -> list[str]:
    """Of the columns: names and definitions have one in each language, in that language."""
    names = report.said(lambda: gettext("Figure"))
    definitions = report.said(lambda: gettext("Definition"))
    value = report.said(lambda: gettext("Value"))
    currency = report.said(lambda: gettext("Currency"))
    unit = report.said(lambda: gettext("Unit"))
    return ["key", *names, *definitions, *map(" / ".join, (value, currency, unit)), "hidden"]


def lines(report: Report) -> Iterator[list[Cell]]:
    """Amounts are in the currency's major unit, exactly. The last column: how many hidden ones a sum is without."""
    for figure in report.figures:
        names = [figure.name(language) for language in report.languages]
        definitions = [figure.sentence(language) for language in report.languages]
        unit = figure.definition.unit.value
        yield [figure.key, *names, *definitions, value(figure), figure.currency, unit, figure.hidden]


def value(figure: Figure) -> int | Decimal:
    if figure.definition.unit == Unit.HUNDREDTHS:
        return Decimal(figure.value).scaleb(-2)
    return major_units(figure.value, figure.currency) if figure.definition.unit == Unit.MONEY else figure.value
