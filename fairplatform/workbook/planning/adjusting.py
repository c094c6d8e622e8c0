"""Brings what a row says into the form that is compared and stored, and leaves out what may not be changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from phonenumber_field.phonenumber import PhoneNumber

from fairplatform.accounts.locations import city_key

from ..fields import translated
from ..places import city_cells, key_of, listed_city
from ..row import CLEAR, Row
from ..stored import Stored
from ..stored.booths import gets_booth
from ..stored.companies import COMPANY_COLUMNS, SHOWN_OF_INVITED
from ..stored.people import USER_COLUMNS
from ..stored.positions import ALL_OF_ROLES, OF_ROLE
from .report import Report

if TYPE_CHECKING:
    from .planner import Draft, Planner

Values = dict[str, object]

# A person's place in a company, which is the same in all fairs of the company.
POSITION_COLUMNS = frozenset({"role", *OF_ROLE["staff"]})
FAIR_COLUMNS_OF_PRODUCT = frozenset({"company", "hall_shown"})
"""Which product it is, and what this fair alone makes of it."""


def expanded(row: Row) -> Iterator[Values]:
    """A preference may name several companies, and is then one row for each."""
    wanted = row.values.get("wants")
    if row.sheet == "preferences" and isinstance(wanted, list):
        yield from ({**row.values, "wants": one} for one in wanted)
    else:
        yield dict(row.values)


def normalise(row: Row, values: Values, report: Report) -> None:
    """What does not depend on what is stored."""
    for column in ("speaks", "languages"):
        codes = values.get(column)
        if isinstance(codes, list):
            values[column] = list(dict.fromkeys(_language(code) for code in codes))
    if isinstance(values.get("write_in"), str):
        values["write_in"] = "zh" if str(values["write_in"]).startswith("zh") else values["write_in"]
    if row.sheet in ("calendars", "holidays") and isinstance(values.get("city"), str):
        values["city"] = key_of(values["city"])
    if row.sheet == "companies":
        _normalise_company(row, values, report)


def _language(code: str) -> str:
    return "zh" if code.lower() == "zh-hans" else code


def _normalise_company(row: Row, values: Values, report: Report) -> None:
    booth = values.get("booth")
    if isinstance(booth, str):
        if booth.isascii() and booth.isdecimal() and 0 < int(booth) < 2**15:
            values["booth"] = int(booth)
        else:
            del values["booth"]
            report.warning(row, "booth", "booth_number", text=booth)
    given = city_cells({name: cell for name, cell in values.items() if cell is not CLEAR})
    values |= listed_city(city_key(translated("city", given)))


def adjust(planner: Planner, sheet: str, draft: Draft) -> None:
    """What depends on the row that is stored, or on what belongs to another fair."""
    rule = _RULES.get(sheet)
    if rule:
        rule(planner, draft)


def _adjust_company(planner: Planner, draft: Draft) -> None:
    if draft.is_invited:
        for column in COMPANY_COLUMNS - set(() if draft.stored else SHOWN_OF_INVITED):
            draft.values.pop(column, None)
        if draft.values.pop("state", None) not in (None, "approved"):
            planner.report.warning(draft.row, "state", "company_not_accepted")
        return
    if draft.stored is None:
        return
    if draft.stored.is_shared:
        _keep(planner, draft, draft.stored, COMPANY_COLUMNS, "company_shared")
        return
    given = {name: cell for name, cell in city_cells(draft.values).items() if cell is not CLEAR}
    before = city_cells(draft.stored.values)
    if given and not any(before.get(name) == cell for name, cell in given.items()):
        draft.values |= {name: CLEAR for name in before if name not in given}


def _adjust_person(planner: Planner, draft: Draft) -> None:
    if draft.stored:
        _adjust_known_person(planner, draft, draft.stored)
    role = _text(draft.values, "role") or (_text(draft.stored.values, "role") if draft.stored else "")
    for column in sorted(ALL_OF_ROLES - set(OF_ROLE.get(role, ())) & draft.values.keys()) if role else ():
        if draft.values.pop(column) not in (False, CLEAR):
            planner.report.warning(draft.row, column, "not_of_role", role=role)


def _adjust_known_person(planner: Planner, draft: Draft, stored: Stored) -> None:
    if _text(draft.values, "email").lower() == _text(stored.values, "email").lower():
        draft.values.pop("email", None)
    mobile, known = draft.values.get("mobile"), stored.values.get("mobile")
    if known and mobile and mobile != known and mobile == _dialled(known):
        del draft.values["mobile"]
    if stored.is_shared:
        _keep(planner, draft, stored, USER_COLUMNS, "account_shared")
    company, own = draft.values.get("company"), stored.values.get("company")
    if stored.is_invited:
        return
    if own in planner.foreign:
        _keep(planner, draft, stored, POSITION_COLUMNS, "company_shared")
    elif company in planner.foreign:
        for column in POSITION_COLUMNS:
            draft.values.pop(column, None)
        planner.report.warning(draft.row, "company", "company_not_accepted")


def _keep(planner: Planner, draft: Draft, stored: Stored, columns: Iterable[str], code: str) -> None:
    """Leaves out what the row says in these columns, with a warning where it would have changed something."""
    for column in sorted(draft.values.keys() & set(columns)):
        cell, before = draft.values.pop(column), stored.values.get(column)
        if cell != before and not (cell is CLEAR and before is None):
            planner.report.warning(draft.row, column, code)


def _dialled(mobile: object) -> object:
    """A stored number as reading gives it: one that no country has is stored as it was typed."""
    return PhoneNumber.from_string(str(mobile)).as_e164


def _adjust_product(planner: Planner, draft: Draft) -> None:
    stored = draft.stored
    if stored and stored.is_shared:
        _keep(planner, draft, stored, draft.values.keys() - FAIR_COLUMNS_OF_PRODUCT, "company_shared")
    low = draft.values.get("price_low")
    had_one_price = stored is not None and stored.values.get("price_high") == stored.values.get("price_low")
    if had_one_price and isinstance(low, Decimal):
        draft.values.setdefault("price_high", low)
    if "hall_shown" in draft.values and draft.values.get("company") not in planner.with_booth:
        del draft.values["hall_shown"]
        planner.report.warning(draft.row, "hall_shown", "hall_without_booth")


def complete(planner: Planner, sheet: str, values: Values, draft: Draft) -> None:
    """Fills in what follows from other cells, and leaves out what they have no place for."""
    rule = _COMPLETIONS.get(sheet)
    if rule:
        rule(planner, values, draft)


def _complete_company(planner: Planner, values: Values, draft: Draft) -> None:
    if draft.is_invited:
        values.pop("state", None)
        values.pop("new_to_market", None)
    if gets_booth(values):
        planner.with_booth.add(values["key"])
    elif "booth" in draft.values and values["key"] not in planner.with_booth:
        values.pop("booth", None)
        planner.report.warning(draft.row, "booth", "booth_later")


def _complete_person(planner: Planner, values: Values, draft: Draft) -> None:
    for column in ALL_OF_ROLES - set(OF_ROLE.get(_text(values, "role"), ())):
        values.pop(column, None)


def _complete_product(planner: Planner, values: Values, draft: Draft) -> None:
    prices = [values[column] for column in ("price_low", "price_high") if column in values]
    if prices:
        values |= {"price_low": prices[0], "price_high": prices[-1]}


def _text(values: Values, column: str) -> str:
    cell = values.get(column)
    return cell if isinstance(cell, str) else ""


_RULES: dict[str, Callable[[Planner, Draft], None]] = {
    "companies": _adjust_company,
    "people": _adjust_person,
    "products": _adjust_product,
}
_COMPLETIONS: dict[str, Callable[[Planner, Values, Draft], None]] = {
    "companies": _complete_company,
    "people": _complete_person,
    "products": _complete_product,
}
