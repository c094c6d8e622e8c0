"""HS codes that companies state have digits only, and all rows get the tokens that the search has by now."""

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import migrations

from booths import search_texts
from booths.search import indexed

BATCH = 2_000
Texts = Callable[[Any], list[str]]


def clean_codes(apps: Any, schema_editor: Any) -> None:
    rows = apps.get_model("fairs", "Participation").objects
    for pk, offers, wants in rows.values_list("pk", "offers", "wants").iterator(BATCH):
        clean = {"offers": _digits(offers), "wants": _digits(wants)}
        if clean != {"offers": offers, "wants": wants}:
            rows.filter(pk=pk).update(**clean)


def _digits(codes: list[Any]) -> list[str]:
    return list(dict.fromkeys(digits for code in codes if (digits := re.sub(r"\D", "", str(code)))))


def fill(apps: Any, schema_editor: Any) -> None:
    models = {name: apps.get_model("booths", name).objects for name in ("Booth", "Demand", "Product")}
    products, booths, demands = models["Product"], models["Booth"], models["Demand"]
    of_texts = search_texts
    _update(schema_editor, products.select_related("company"), of_texts.product_title, of_texts.product_texts)
    by_company = "participation__company"
    _update(schema_editor, booths.select_related(by_company), of_texts.booth_title, of_texts.booth_texts)
    _update(schema_editor, demands.select_related(by_company), of_texts.demand_title, of_texts.demand_texts)


def _update(schema_editor: Any, rows: Any, title: Texts, texts: Texts) -> None:
    """Statements of their own take a tenth of the ORM's time."""
    table = rows.model._meta.db_table
    statement = f"UPDATE {table} SET search_title = %s, search = %s WHERE id = %s"  # noqa: S608 — our own names
    filled = _filled(rows, title, texts)
    while some := list(islice(filled, BATCH)):
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(statement, some)
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(f"INSERT INTO {table}_words({table}_words) VALUES ('rebuild')")  # noqa: S608


def _filled(rows: Any, title: Texts, texts: Texts) -> Iterator[tuple[str, str, int]]:
    for row in rows.iterator(BATCH):
        yield indexed(title(row)), indexed(texts(row)), row.pk


class Migration(migrations.Migration):
    dependencies = [
        ("booths", "0013_links"),
        ("accounts", "0004_moved_fields_removed"),
        ("fairs", "0008_doors"),
    ]

    operations = [
        migrations.RunPython(clean_codes, migrations.RunPython.noop),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
