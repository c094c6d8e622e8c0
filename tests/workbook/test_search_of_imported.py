"""A search finds what an import has changed."""

import pytest

from booths.full_text import Matches
from booths.models import Booth, Demand, Product
from booths.search import parse
from tests.workbook.test_importing import store
from tests.workbook.whole_fair import Sheets, whole_fair

pytestmark = [pytest.mark.django_db, pytest.mark.either("booths.full_text")]


def numbers(word: str) -> list[int]:
    """The number of booths, products and demands that have this word."""
    return [
        model.objects.filter(Matches("pk", parse(word).literal, model._meta.db_table)).count()
        for model in (Booth, Product, Demand)
    ]


def changed(sheet: str, **cells: object) -> Sheets:
    """The fair with these cells in every row of a sheet."""
    sheets = whole_fair()
    return {**sheets, sheet: [{**row, **cells} for row in sheets[sheet]]}


@pytest.mark.parametrize(
    ("sheet", "cells", "word", "found"),
    [
        ("companies", {"story_en": "Zirconium"}, "zirconium", (True, False, False)),
        ("companies", {"city_en": "Hangzhou", "city_zh": None, "city_ur": None}, "杭州", (True, True, True)),
        ("products", {"description_en": "Zirconium"}, "zirconium", (False, True, False)),
        ("demands", {"text_en": "Zirconium"}, "zirconium", (False, False, True)),
    ],
)
def test_what_an_import_changes_is_found(
    sheet: str, cells: dict[str, object], word: str, found: tuple[bool, ...]
) -> None:
    store(whole_fair())
    everything = [model.objects.count() for model in (Booth, Product, Demand)]
    assert numbers(word) == [0, 0, 0]
    store(changed(sheet, **cells))
    assert numbers(word) == [number * is_found for number, is_found in zip(everything, found, strict=True)]
