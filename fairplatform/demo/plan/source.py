"""The fair of the demonstration as organisers would enter it: the workbook in fair/, a CSV file for each sheet.

Everybody can import it: `manage.py import fairplatform/demo/fair`. The history of the fair is drawn from the same rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from fairplatform.workbook.fields import translated
from fairplatform.workbook.reading import Row, Workbook, read

from ..additions import additions
from ..content.text import LANGUAGES
from .entities import DemoCompany, DemoPerson, DemoProduct

FOLDER = Path(__file__).parents[1] / "fair"
PAGE_LANGUAGES = {"zh": "zh-hans"}  # of those that a workbook writes otherwise than pages do


@dataclass(frozen=True)
class Source:
    """The rows that the history is drawn from, in the order of their files."""

    companies: tuple[DemoCompany, ...]
    people: tuple[DemoPerson, ...]
    products: tuple[DemoProduct, ...]


@cache
def workbook() -> Workbook:
    """The rows as every import reads them. Nobody may change them."""
    return read(FOLDER)


@cache
def source() -> Source:
    companies = TypeAdapter(tuple[DemoCompany, ...]).validate_python(list(_companies()))
    return Source(
        companies=companies,
        people=TypeAdapter(tuple[DemoPerson, ...]).validate_python(list(_people(companies))),
        products=TypeAdapter(tuple[DemoProduct, ...]).validate_python(list(_products())),
    )


def _rows(sheet: str) -> Iterator[dict[str, object]]:
    """The cells of a sheet's rows, with their name in one piece."""
    rows: list[Row] = workbook().rows[sheet]
    return (row.values | {"name": translated("name", row.values)} for row in rows)


def _companies() -> Iterator[dict[str, object]]:
    """A buyer is interested in the halls of whose headings they want every one.

    Exhibitors that did not agree to the last slot of Friday are absent then; there are no other absences.
    """
    headings = {hall["number"]: _codes(hall, "headings") for hall in _rows("halls")}
    absent = {row["who"] for row in _rows("absences")}
    for row in _rows("companies"):
        wanted = _codes(row, "wants_hs")
        yield row | {
            "city": translated("city", row),
            "interests": {number for number, shown in headings.items() if shown <= wanted},
            "late_friday": bool(row.get("sells")) and row["key"] not in absent,
        }


def _codes(row: dict[str, object], column: str) -> set[str]:
    codes = row.get(column, [])
    return set(codes) if isinstance(codes, list) else set()


def _people(companies: tuple[DemoCompany, ...]) -> Iterator[dict[str, object]]:
    sells = {firm.key: firm.sells for firm in companies}
    personas = {key: persona for persona, key in additions().personas.items()}
    of_exhibitor = {"manager": "exhibitor_manager", "staff": "exhibitor_staff"}
    of_buyer = {"manager": "buyer_lead", "staff": "buyer_staff"}
    for row in _rows("people"):
        roles = of_exhibitor if sells.get(str(row.get("company"))) else of_buyer
        role, language = str(row["role"]), str(row["write_in"])
        yield row | {
            "role": roles.get(role, role),
            "language": PAGE_LANGUAGES.get(language, language),
            "persona": personas.get(str(row["key"])),
        }


def _products() -> Iterator[dict[str, object]]:
    for row in _rows("products"):
        key = f"{row['company']}/{row['hs']}"
        price_unit = additions().price_units.get(key, row["unit"])
        is_complete = len(translated("description", row)) == len(translated("name", row)) == len(LANGUAGES)
        yield row | {"key": key, "hs6": row["hs"], "price_unit": price_unit, "is_complete": is_complete}
