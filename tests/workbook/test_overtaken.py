"""Two imports at once, and what changes between a plan and its storing."""

import pytest

from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Fair, Participation
from fairplatform.workbook.importing import Overtaken, import_workbook, plan_import, store_plan
from tests.factories import NOW
from tests.workbook.whole_fair import Sheets, whole_fair, workbook

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.either("fairplatform.workbook.importing")]
UPDATE: Sheets = {"fair": [{"slug": "ae2026"}], "companies": [{"key": "bolt", "employees": 9}]}


def test_a_plan_of_a_fair_that_another_import_makes_meanwhile_is_not_stored() -> None:
    plan = plan_import(workbook(whole_fair()))
    import_workbook(workbook(whole_fair()), now=NOW)
    with pytest.raises(Overtaken):
        store_plan(plan, now=NOW)
    assert (Fair.objects.count(), Company.objects.count()) == (1, 4)


def test_a_plan_is_not_stored_over_what_another_import_changed_meanwhile() -> None:
    import_workbook(workbook(whole_fair()), now=NOW)
    plan = plan_import(workbook(UPDATE))
    # A table whose changes no page shows: only the fair's own count tells of it.
    import_workbook(workbook({"fair": [{"slug": "ae2026"}], "units": [{"key": "yk", "quota": 9}]}), now=NOW)
    with pytest.raises(Overtaken):
        store_plan(plan, now=NOW)
    assert Participation.objects.get(key="bolt").company.employees is None


def test_a_plan_is_not_stored_over_what_a_page_changed_meanwhile() -> None:
    import_workbook(workbook(whole_fair()), now=NOW)
    plan = plan_import(workbook(UPDATE))
    Company.objects.filter(participations__key="bolt").update(founded=1990)
    with pytest.raises(Overtaken):
        store_plan(plan, now=NOW)
    assert Participation.objects.get(key="bolt").company.founded == 1990
    import_workbook(workbook(UPDATE), now=NOW)
    company = Participation.objects.get(key="bolt").company
    assert (company.founded, company.employees) == (1990, 9)
