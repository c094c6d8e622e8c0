"""Figures that a file may have and that are hardly meant: stored, and doubted in the report."""

from decimal import Decimal
from typing import Any

import pytest

from fairplatform.workbook.importing import import_workbook
from tests.factories import NOW
from tests.workbook.whole_fair import whole_fair, workbook

pytestmark = pytest.mark.django_db
ENORMOUS = Decimal(999_999_999_999)


@pytest.mark.parametrize(
    ("sheet", "cells", "doubt"),
    [
        ("demands", {"target_price": ENORMOUS}, ("target_price", "value_large")),
        ("demands", {"quantity": 10**15}, ("quantity", "quantity_large")),
        ("products", {"price_low": ENORMOUS, "price_high": ENORMOUS}, ("price_high", "value_large")),
        ("products", {"price_high": Decimal(30_000)}, ("price_high", "prices_far_apart")),
        ("products", {"price_low": Decimal("0.01"), "price_high": Decimal("1.00")}, None),
        ("demands", {"target_price": Decimal(9999)}, None),
    ],
)
def test_what_is_hardly_meant_is_doubted(sheet: str, cells: dict[str, Any], doubt: tuple[str, str] | None) -> None:
    sheets = whole_fair()
    sheets[sheet][0] |= cells
    if "price_high" in cells:
        sheets[sheet][0]["moq"] = 100
    plan, fair = import_workbook(workbook(sheets), now=NOW)
    found = [(one.sheet, one.row, one.column, one.code, one.severity) for one in plan.findings]
    assert found == ([(sheet, 3, *doubt, "warning")] if doubt else [])
    assert all(one.text for one in plan.findings)
    assert fair
