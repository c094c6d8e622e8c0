"""What may not be stored although every cell can be read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from booths.models.product import PRICE_SCALE
from fairplatform.policy import Role

from ..checks import check
from ..notes import Notes
from ..row import Row
from ..sheets import SHEETS
from ..stored import Change
from .report import Report

if TYPE_CHECKING:
    from .planner import Planner


Values = dict[str, object]


def check_row(planner: Planner, sheet: str, row: Row, change: Change) -> None:
    """What one row says that cannot be; `change.values` are those it would be stored with."""
    notes = Notes(sheet)
    check(SHEETS[sheet], Row(sheet, row.number, change.values), notes)
    for finding in notes.all():
        if finding.severity == "error":
            planner.report.error(row, finding.column, finding.code, **finding.parameters)
    own = _CHECKS.get(sheet)
    if own:
        own(planner, row, change.values)


def _check_calendar(planner: Planner, row: Row, values: Values) -> None:
    if "zone" not in values and values.get("country") not in _countries(planner):
        planner.report.error(row, "zone", "zone_needed")


def _countries(planner: Planner) -> set[object]:
    """The fair's two."""
    return {fair.get(column) for fair in planner.effective("fair") for column in ("host_country", "station_country")}


def _check_product(planner: Planner, row: Row, values: Values) -> None:
    for column in ("price_low", "price_high"):
        _check_price(planner.report, row, values, column)


def _check_demand(planner: Planner, row: Row, values: Values) -> None:
    _check_price(planner.report, row, values, "target_price")


def _check_price(report: Report, row: Row, values: Values, column: str) -> None:
    price = values.get(column)
    if not isinstance(price, Decimal):
        return
    if price * PRICE_SCALE != int(price * PRICE_SCALE):
        report.error(row, column, "price_too_fine")


def _check_preference(planner: Planner, row: Row, values: Values) -> None:
    if values.get("company") == values.get("wants"):
        planner.report.error(row, "wants", "same_company_twice")


def _check_pair(planner: Planner, row: Row, values: Values) -> None:
    report = planner.report
    if values.get("exhibitor") == values.get("buyer"):
        report.error(row, "buyer", "same_company_twice")
    day = values.get("date")
    if isinstance(day, date) and day not in {one.get("date") for one in planner.effective("days")}:
        report.error(row, "date", "date_outside_days")


def check_whole(planner: Planner) -> None:
    """What several rows say together that cannot be."""
    _check_booths(planner)
    _check_organisers(planner)
    _check_pairs(planner)
    for sheet in ("ledger", "reported", "rates"):
        rows = planner.workbook.rows.get(sheet)
        if rows:
            planner.report.warning(rows[0], None, "not_stored_yet")


def _check_booths(planner: Planner) -> None:
    """No two companies have the same number in a hall."""
    changed = {id(change.stored) for change in planner.changes["companies"] if change.stored}
    taken = {
        (one.values.get("hall"), one.values["booth"])
        for one in planner.stored["companies"]
        if "booth" in one.values and id(one) not in changed
    }
    for row, change in _rows(planner, "companies"):
        place = (change.values.get("hall"), change.values.get("booth"))
        if place[1] is None:
            continue
        if place in taken and "booth" in row.values:
            planner.report.error(row, "booth", "booth_taken", number=str(place[1]))
        taken.add(place)


def _check_organisers(planner: Planner) -> None:
    """A fair that has an organiser keeps one, by the file or besides it."""
    if planner.fair is None:
        return
    organisers = set(planner.fair.roles.filter(role=Role.ORGANISER, user__is_active=True).values_list("pk", flat=True))
    ending, is_replaced = [], False
    for row, change in _rows(planner, "people"):
        role = change.stored.row.role if change.stored else None
        if change.values.get("role") == Role.ORGANISER:
            is_active = change.stored is None or change.stored.row.user.is_active
            is_replaced = is_replaced or (is_active and not change.is_invited)
        elif role and role.pk in organisers:
            organisers.remove(role.pk)
            ending.append(row)
    if not organisers and not is_replaced:
        for row in ending:
            planner.report.error(row, "role", "last_organiser")


def _check_pairs(planner: Planner) -> None:
    """Pairs against a no, in either direction, or of a company with its sole agent; interpreters who are none."""
    refused = {
        frozenset((one.get("company"), one.get("wants")))
        for one in planner.effective("preferences")
        if one.get("wish") == "no"
    }
    agents = {
        frozenset((company["key"], name))
        for company in planner.effective("companies")
        for name in _names(company.get("sole_agent_of"))
    }
    interpreters = {one["key"] for one in planner.effective("people") if one.get("role") == "interpreter"}
    _warn_of_sides(planner)
    for row, change in _rows(planner, "pairs"):
        pair = frozenset((change.values.get("exhibitor"), change.values.get("buyer")))
        if pair in refused:
            planner.report.error(row, None, "pair_refused")
        if pair in agents:
            planner.report.error(row, None, "pair_sole_agent")
        interpreter = change.values.get("interpreter_key")
        if interpreter is not None and interpreter not in interpreters:
            planner.report.error(row, "interpreter_key", "not_an_interpreter", key=str(interpreter))


def _warn_of_sides(planner: Planner) -> None:
    """Exhibitors of pairs who do not sell, and buyers who do not buy."""
    for column, part, code in (("exhibitor", "sells", "not_selling"), ("buyer", "buys", "not_buying")):
        keys = {one["key"] for one in planner.effective("companies") if one.get(part)}
        for row, change in _rows(planner, "pairs"):
            key = change.values.get(column)
            if key is not None and key not in keys:
                planner.report.warning(row, column, code, key=str(key))


def _names(cell: object) -> list[object]:
    return cell if isinstance(cell, list) else []


def _rows(planner: Planner, sheet: str) -> list[tuple[Row, Change]]:
    """The rows of the file with what they change."""
    by_number = {row.number: row for row in planner.workbook.rows.get(sheet, [])}
    return [(by_number[change.number], change) for change in planner.changes[sheet]]


_CHECKS: dict[str, Callable[[Planner, Row, Values], None]] = {
    "calendars": _check_calendar,
    "products": _check_product,
    "demands": _check_demand,
    "preferences": _check_preference,
    "pairs": _check_pair,
}
