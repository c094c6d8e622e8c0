"""One line for each figure, as tables of numbers have it."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext

from fairplatform.i18n.numbers import USUAL_CURRENCY, major_units

from ..definition import Unit
from ..figure import Figure
from ..tables import Report

Cell = str | int | Decimal


def titles(report: Report) -> list[str]:
    """Of the columns: names and definitions have one in each language, in that language."""
    names = report.said(lambda: gettext("Figure"))
    definitions = report.said(lambda: gettext("Definition"))
    value = report.said(lambda: gettext("Value"))
    currency = report.said(lambda: gettext("Currency"))
    unit = report.said(lambda: gettext("Unit"))
    last = report.said(lambda: gettext("Last fair"))
    rate = (
        report.said(lambda: gettext("Converted into %(currency)s") % {"currency": USUAL_CURRENCY}),
        report.said(lambda: gettext("Exchange rate")),
        report.said(lambda: gettext("Date of the rate")),
        report.said(lambda: gettext("Source of the rate")),
    )
    own = map(" / ".join, (value, currency, unit))
    return [
        "key",
        *names,
        *definitions,
        *own,
        "hidden",
        " / ".join(last),
        "last_hidden",
        *map(" / ".join, rate),
        "demo",
    ]


def lines(report: Report) -> Iterator[list[Cell]]:
    """Amounts are in the currency's major unit, exactly. `hidden`: how many hidden ones a sum is without.

    `demo`: that the data are invented, in each line, for lines are copied out of their table.
    """
    demo = " / ".join(report.demo)
    for figure in report.figures:
        names = [figure.name(language) for language in report.languages]
        definitions = [figure.sentence(language) for language in report.languages]
        unit = figure.definition.unit.value
        own = [figure.key, *names, *definitions, value(figure), figure.currency, unit, figure.hidden]
        yield [*own, *_before(report.before.get(figure.key)), *_converted(figure), demo]


def _before(last: Figure | None) -> list[Cell]:
    return [value(last), last.hidden] if last else ["", ""]


def _converted(figure: Figure) -> list[Cell]:
    """With the rate, its date and its source, by which anybody can convert again."""
    one = figure.conversion
    if one is None:
        return ["", "", "", ""]
    return [major_units(*one.converted), str(one.rate), one.rate.on.isoformat(), one.rate.source]


def value(figure: Figure) -> int | Decimal:
    if figure.definition.unit == Unit.HUNDREDTHS:
        return Decimal(figure.value).scaleb(-2)
    if figure.definition.unit == Unit.PERCENT:
        return Decimal(figure.value).scaleb(-1)
    return major_units(figure.value, figure.currency) if figure.definition.unit == Unit.MONEY else figure.value
