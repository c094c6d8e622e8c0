"""Demands that a file says were taken down for their company."""

from typing import Any

import pytest

from booths.models import Demand
from fairplatform.workbook.importing import import_workbook
from fairplatform.workbook.row import CLEAR
from tests.factories import NOW
from tests.workbook.whole_fair import whole_fair, workbook

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("cells", "state"),
    [
        ({"entered_by": "Lahore Chamber"}, "waiting"),
        ({"entered_by": "Lahore Chamber", "state": CLEAR}, "waiting"),
        ({"entered_by": "Lahore Chamber", "state": "closed"}, "closed"),
        ({"entered_by": CLEAR}, "open"),
        ({}, "open"),
    ],
)
def test_a_new_one_waits_for_its_company(cells: dict[str, Any], state: str) -> None:
    """Also when the file is imported again."""
    import_workbook(workbook(whole_fair()), now=NOW)
    new = {"key": "steel", "company": "anvil", "kind": "goods", "text_en": "Steel", **cells}
    rows = {"fair": [{"slug": "ae2026"}], "demands": [new]}
    for number in range(2):
        plan, _fair = import_workbook(workbook(rows), now=NOW)
        assert plan.counts("created") == ({"demands": 1} if number == 0 else {})
        assert Demand.objects.get(key="steel").state == state
