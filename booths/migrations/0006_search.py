"""Demands are searched too, and all rows get the tokens that the search has by now, with the company's city."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.db import migrations

from booths import full_text
from booths.search import SearchText, hs_tokens, tokens
from fairplatform.accounts.locations import city_words

BATCH = 2_000


def fill(apps: Any, schema_editor: Any) -> None:
    models = {name: apps.get_model("booths", name) for name in ("Booth", "Demand", "Product")}
    _update(schema_editor, models["Product"].objects.select_related("company"), _product)
    _update(schema_editor, models["Booth"].objects.select_related("participation__company"), _booth)
    _update(schema_editor, models["Demand"].objects.select_related("participation__company"), _demand)


def _update(schema_editor: Any, rows: Any, words: Callable[[Any], tuple[list[str], list[str]]]) -> None:
    """The tokens of a title and of the rest for each row: statements of their own take a tenth of the ORM's time."""
    table = rows.model._meta.db_table
    statement = f"UPDATE {table} SET search_title = %s, search = %s WHERE id = %s"  # noqa: S608 — our own names
    filled = _filled(rows, words)
    while some := list(islice(filled, BATCH)):
        with schema_editor.connection.cursor() as cursor:
            cursor.executemany(statement, some)
    if schema_editor.connection.vendor == "sqlite" and table != "booths_demand":  # whose index is made afterwards
        schema_editor.execute(f"INSERT INTO {table}_words({table}_words) VALUES ('rebuild')")  # noqa: S608


def _filled(rows: Any, words: Callable[[Any], tuple[list[str], list[str]]]) -> Iterator[tuple[str, str, int]]:
    for row in rows.iterator(BATCH):
        title, rest = words(row)
        yield _text(title), _text([*title, *rest]), row.pk


def _text(words: list[str]) -> str:
    return " ".join(dict.fromkeys(token for text in words for token in tokens(text)))


def _product(row: Any) -> tuple[list[str], list[str]]:
    told = [*_company(row.company), *row.certificates, *row.description.values()]
    return [*row.name.values(), row.article], [*hs_tokens(row.hs_code or row.hs6), row.hs_code, *told]


def _booth(row: Any) -> tuple[list[str], list[str]]:
    company = row.participation.company
    codes = [token for code in row.participation.offers for token in hs_tokens(code)]
    told = [*_company(company), *company.tagline.values(), *company.story.values()]
    return [*company.name.values(), row.number], [*codes, *told]


def _demand(row: Any) -> tuple[list[str], list[str]]:
    told = [*row.certificates, *_company(row.participation.company)]
    return list(row.text.values()), [*hs_tokens(row.hs_code), row.hs_code, *told]


def _company(row: Any) -> list[str]:
    return [*row.name.values(), *city_words(row.city, row.city_name)]


class Migration(migrations.Migration):
    dependencies = [
        ("booths", "0005_files"),
        ("accounts", "__first__"),
        ("fairs", "0008_doors"),
    ]

    operations = [
        migrations.AddField("demand", "search_title", SearchText(words="title_words")),
        migrations.AddField("demand", "search", SearchText()),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(
            lambda apps, editor: full_text.create(editor, "booths_demand"),
            lambda apps, editor: full_text.drop(editor, "booths_demand"),
        ),
    ]
