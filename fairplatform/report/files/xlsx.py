"""The report as a workbook: the figures with numbers in their cells, and the rows by which they are computed again."""

import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from fairplatform.files.spreadsheets import neutral, without_impossible
from fairplatform.i18n.numbers import major_units
from fairplatform.i18n.text import direction

from ..data import (
    company_data,
    inquiry_data,
    instant,
    meeting_data,
    paper_data,
    rate_data,
    request_data,
    satisfaction_data,
)
from ..row import Rows, Said
from ..tables import Report
from . import flat

Cell = str | int | Decimal | bool | None
_WIDE, _NARROW = 40, 16  # characters of a column


def written(report: Report) -> bytes:
    book = Workbook(write_only=True)
    figures = _sheet(book, "figures", flat.titles(report), wide=2 * len(report.languages) + 1)
    figures.sheet_view.rightToLeft = all(direction(language) == "rtl" for language in report.languages)
    for line in flat.lines(report):
        _append(figures, line)
    pairs = _sheet(book, "rows", ["figure", "of", "row"], wide=1)
    # Hundreds of thousands of a large fair: as they are, without a style for each cell.
    safe = cache(lambda text: neutral(without_impossible(text)))
    for figure in report.figures:
        of = figure.definition.of.value
        for key in figure.rows:
            pairs.append([safe(figure.key), of, safe(key)])
    for name, records in _raw(report.rows):
        _add_raw(book, name, list(records))
    counted = _sheet(book, "as at", ["fair", "as_at", "last_fair", "demo"], wide=4)
    last, demo = report.last.slug if report.last else "", " / ".join(report.demo)
    _append(counted, [report.fair.slug, instant(report.rows.at), last, demo])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _sheet(book: Workbook, name: str, titles: list[str], *, wide: int) -> Worksheet:
    """`wide`: how many of its columns have sentences."""
    page: Worksheet = book.create_sheet(name)
    page.freeze_panes = "A2"
    for number in range(1, len(titles) + 1):
        page.column_dimensions[get_column_letter(number)].width = _WIDE if number <= wide else _NARROW
    cells = []
    for title in titles:
        cell = WriteOnlyCell(page, title)
        cell.font = Font(bold=True)
        cells.append(cell)
    page.append(cells)
    return page


def _append(page: Worksheet, line: Iterable[Cell]) -> None:
    cells = []
    for one in line:
        cell = WriteOnlyCell(page)
        cell.value = neutral(without_impossible(one)) if isinstance(one, str) else one
        if isinstance(one, str):
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        elif isinstance(one, Decimal):
            cell.number_format = _format(one)
        cells.append(cell)
    page.append(cells)


def _format(one: Decimal) -> str:
    """As many decimals as the number has: those of its currency, of a percentage, of a mean."""
    places = -int(one.as_tuple().exponent)
    return "#,##0." + "0" * places if places else "#,##0"


def _add_raw(book: Workbook, name: str, records: list[dict[str, Cell]]) -> None:
    if records:
        page = _sheet(book, name, list(records[0]), wide=0)
        for record in records:
            page.append([neutral(without_impossible(one)) if isinstance(one, str) else one for one in record.values()])


def _raw(rows: Rows) -> Iterator[tuple[str, Iterable[dict[str, Cell]]]]:
    """What figures are of, each row in one line; of names those in English, Chinese and Urdu."""
    yield "companies", (_company(company_data(one)) for one in rows.companies)
    yield (
        "meetings",
        (
            _plain(meeting_data(one), "agreed", "submitted")
            | _said("agreed", one.agreed)
            | _said("exhibitor_submitted", one.submitted.get("exhibitor"))
            | _said("buyer_submitted", one.submitted.get("buyer"))
            for one in rows.meetings
        ),
    )
    yield "requests", (_plain(request_data(one)) for one in rows.requests)
    yield "inquiries", (_plain(inquiry_data(one)) for one in rows.inquiries)
    yield "satisfaction", (_plain(satisfaction_data(one)) for one in rows.satisfaction)
    yield "ledger", (_plain(paper_data(one)) for one in rows.papers)
    yield "rates", (_plain(rate_data(one)) for one in rows.rates)


def _company(record: dict[str, object]) -> dict[str, Cell]:
    name, purchasers = record["name"], record["purchasers"]
    assert isinstance(name, dict)
    assert isinstance(purchasers, list)
    return (
        {"key": str(record["key"])}
        | {f"name_{code}": name.get(language) for code, language in (("en", "en"), ("zh", "zh-hans"), ("ur", "ur"))}
        | _plain(record, "key", "name", "purchasers")
        | {
            "purchasers": ", ".join(one["title"] for one in purchasers) or None,
            "purchasers_number": len(purchasers),
            "purchasers_deciding": sum(one["decides"] for one in purchasers),
        }
    )


def _plain(record: dict[str, object], *without: str) -> dict[str, Cell]:
    return {
        name: value
        for name, value in record.items()
        if name not in without and (value is None or isinstance(value, str | int | Decimal))
    }


def _said(name: str, what: Said | None) -> dict[str, Cell]:
    """An amount in the currency's major unit, as spreadsheets add it up."""
    amount = None if what is None or what.shown_minor is None else major_units(what.shown_minor, what.currency)
    return {
        f"{name}_kind": what.kind if what else None,
        f"{name}_amount": amount,
        f"{name}_currency": what.currency or None if what else None,
        f"{name}_amount_hidden": what.is_hidden if what else None,
        f"{name}_demand": what.demand or None if what else None,
    }
