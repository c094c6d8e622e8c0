"""Hours and holidays of a city that is in no list meet its companies, in whatever language either names it."""

from datetime import date
from typing import Any

import pytest

from fairplatform.accounts.models import Company
from fairplatform.fairs.models import Fair, Holiday, WorkingHours
from fairplatform.workbook.exporting import exported_rows
from fairplatform.workbook.importing import import_workbook
from tests.factories import NOW
from tests.workbook.whole_fair import Sheets, whole_fair, workbook

pytestmark = pytest.mark.django_db


def run(sheets: Sheets) -> dict[str, dict[str, int]]:
    plan, fair = import_workbook(workbook(sheets), now=NOW)
    assert fair
    return {kind: plan.counts(kind) for kind in ("created", "updated")}


def in_chinese(**company: Any) -> Sheets:
    """The whole fair, its company and its hours and holiday in Dubai naming the city differently."""
    sheets = whole_fair()
    sheets["companies"][2] |= {"city_en": "Dubai", "city_zh": "迪拜"} | company
    sheets["calendars"][1]["city"] = "迪拜"
    sheets["holidays"][1]["city"] = "迪拜"
    return sheets


def keys() -> list[str]:
    return [
        Company.objects.get(name__en="Gulf Imports").city,
        WorkingHours.objects.exclude(city="").get().city,
        Holiday.objects.exclude(city="").get().city,
    ]


def test_a_city_is_met_by_any_of_the_names_that_a_company_gives_it() -> None:
    run(in_chinese())
    assert keys() == ["dubai", "dubai", "dubai"]
    assert run(in_chinese()) == {"created": {}, "updated": {}}


def test_a_new_company_is_in_the_city_whose_name_it_gives_in_another_language() -> None:
    sheets = in_chinese()
    sheets["companies"][3]["city_zh"] = "迪拜"
    del sheets["companies"][3]["city_en"]
    for _ in range(2):
        run(sheets)
        assert Company.objects.get(name__en="Sand Trading").city == "dubai"
    assert run(sheets) == {"created": {}, "updated": {}}


def test_a_first_company_that_names_it_in_that_language_alone_is_met_too() -> None:
    sheets = in_chinese()
    of_both = sheets["companies"][2]
    sheets["companies"].insert(2, sheets["companies"].pop(3))
    sheets["companies"][2]["city_zh"] = "迪拜"
    del sheets["companies"][2]["city_en"]
    assert sheets["companies"][3] is of_both
    for _ in range(2):
        run(sheets)
        assert (Company.objects.get(name__en="Sand Trading").city, *keys()) == ("dubai",) * 4


def test_the_names_of_stored_companies_count_in_a_file_without_companies() -> None:
    sheets = whole_fair()
    sheets["companies"][2]["city_zh"] = "迪拜"
    run(sheets)
    row = {"date": date(2026, 10, 12), "country": "AE", "city": "迪拜", "works": False}
    run({"fair": [{"slug": "ae2026"}], "holidays": [row]})
    assert Holiday.objects.get(date=date(2026, 10, 12), country="AE").city == "dubai"


def test_a_name_means_a_city_of_its_own_country_alone() -> None:
    sheets = in_chinese(country="OM")
    run(sheets)
    assert keys() == ["dubai", "迪拜", "迪拜"]


def test_hours_that_are_stored_keep_their_city_so_that_an_export_changes_nothing() -> None:
    sheets = in_chinese()
    del sheets["companies"][2]["city_zh"]
    run(sheets)
    assert keys() == ["dubai", "迪拜", "迪拜"]
    Company.objects.filter(name__en="Gulf Imports").update(city_name={"en": "Dubai", "zh-hans": "迪拜"})
    exported = exported_rows(Fair.objects.get())
    run(in_chinese())
    assert keys() == ["dubai", "迪拜", "迪拜"]
    assert exported_rows(Fair.objects.get()) == exported
