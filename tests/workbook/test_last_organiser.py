"""A workbook cannot leave a fair without organisers."""

import pytest

from fairplatform.fairs.models import RoleAssignment
from fairplatform.workbook.importing import import_workbook
from tests.factories import NOW
from tests.workbook.whole_fair import Sheets, whole_fair, workbook

pytestmark = pytest.mark.django_db
NEW = {"key": "bob", "name_en": "Bob", "role": "organiser", "write_in": "en", "country": "AE"}
ENDING = {"key": "ann", "role": "floor_assistant"}


def test_the_last_organiser_of_a_fair_stays() -> None:
    import_workbook(workbook(whole_fair()), now=NOW)
    update: Sheets = {"fair": [{"slug": "ae2026"}], "people": [ENDING]}
    plan, fair = import_workbook(workbook(update), now=NOW)
    found = [(one.row, one.column, one.code, one.severity) for one in plan.findings]
    assert (found, fair) == ([(3, "role", "last_organiser", "error")], None)
    plan, fair = import_workbook(workbook(update | {"people": [ENDING, NEW]}), now=NOW)
    assert (plan.findings, fair is not None) == ([], True)
    organisers = RoleAssignment.objects.filter(role="organiser").values_list("user__registrations__key", flat=True)
    assert list(organisers) == ["bob"]
