"""The rows of a report's workbook in the shape in which `manage.py export` has them, read with openpyxl alone."""

from decimal import Decimal
from typing import Any

from openpyxl import Workbook

Row = dict[str, Any]
SIDES = ("exhibitor", "buyer")


def records(sheet: Any) -> list[Row]:
    titles, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(titles, line, strict=True)) for line in lines]


def rows_of(book: Workbook) -> Row:
    """What figures are computed again from; a sheet that has no rows is not there."""
    rows = {
        name: records(book[name]) if name in book.sheetnames else []
        for name in ("companies", "meetings", "requests", "inquiries", "satisfaction", "ledger", "rates")
    }
    [counted] = records(book["as at"])
    return {
        "as_at": counted["as_at"],
        "rows": {
            **rows,
            "companies": [_company(one) for one in rows["companies"]],
            "meetings": [_meeting(one) for one in rows["meetings"]],
        },
    }


def minor(amount: float) -> int:
    """All currencies of the tests have two decimals."""
    return int(Decimal(str(amount)).scaleb(2))


def _company(record: Row) -> Row:
    titles = (record["purchasers"] or "").split(", ") if record["purchasers_number"] else []
    named = [{"title": title, "decides": place < record["purchasers_deciding"]} for place, title in enumerate(titles)]
    return {**record, "purchasers": named}


def _meeting(record: Row) -> Row:
    submitted = {side: what for side in SIDES if (what := _said(record, f"{side}_submitted"))}
    return {**record, "agreed": _said(record, "agreed"), "submitted": submitted}


def _said(record: Row, name: str) -> Row | None:
    if record[f"{name}_kind"] is None:
        return None
    amount = record[f"{name}_amount"]
    return {
        "kind": record[f"{name}_kind"],
        "amount_minor": None if amount is None else minor(amount),
        "currency": record[f"{name}_currency"],
        "demand": record[f"{name}_demand"],
        "amount_hidden": record[f"{name}_amount_hidden"],
    }
