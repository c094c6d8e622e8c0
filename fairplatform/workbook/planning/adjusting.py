"""Brings what a row says into the form that is compared and stored, and leaves out what may not be changed."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from phonenumber_field.phonenumber import PhoneNumber

from booths.models import Demand
from booths.placing import is_due
from fairplatform.accounts.locations import city_key
from fairplatform.i18n.text import same_name_key

from ..fields import dialled, text_of, translated
from ..places import city_cells, listed_city
from ..row import CLEAR, Row
from ..stored import Stored
from ..stored.companies import COMPANY_COLUMNS, NAMES, SHOWN_OF_INVITED
from ..stored.people import USER_COLUMNS
from ..stored.positions import ALL_OF_ROLES, OF_ROLE
from .draft import Draft, Planning

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


def normalise(row: Row, values: Values, planning: Planning) -> None:
    """What does not depend on what is stored."""
    for column in ("speaks", "languages"):
        codes = values.get(column)
        if isinstance(codes, list):
            values[column] = list(dict.fromkeys(_language(code) for code in codes))
    if row.sheet in ("calendars", "holidays") and isinstance(values.get("city"), str):
        values["city"] = planning.cities.key_of(values.get("country"), str(values["city"]))
    if row.sheet == "companies":
        _normalise_company(values)


def _language(code: str) -> str:
    return "zh" if code.lower() == "zh-hans" else code


def _normalise_company(values: Values) -> None:
    given = city_cells({name: cell for name, cell in values.items() if cell is not CLEAR})
    values |= listed_city(city_key(translated("city", given)))


def adjust(planning: Planning, sheet: str, draft: Draft) -> None:
    """What depends on the row that is stored, or on what belongs to another fair."""
    rule = _RULES.get(sheet)
    if rule:
        rule(planning, draft)


def _adjust_company(planning: Planning, draft: Draft) -> None:
    if draft.is_invited:
        for column in COMPANY_COLUMNS - set(() if draft.stored else SHOWN_OF_INVITED):
            draft.values.pop(column, None)
        if draft.values.pop("state", None) not in (None, "approved"):
            planning.report.warning(draft.row, "state", "company_not_accepted")
        return
    if draft.stored is None:
        draft.values |= planning.cities.other_names(draft.values)
        return
    if draft.stored.is_shared:
        _keep(planning, draft, draft.stored, COMPANY_COLUMNS, "company_shared")
        return
    given = {name: cell for name, cell in city_cells(draft.values).items() if cell is not CLEAR}
    before = city_cells(draft.stored.values)
    if given and not any(before.get(name) == cell for name, cell in given.items()):
        draft.values |= {name: CLEAR for name in before if name not in given}


def _adjust_person(planning: Planning, draft: Draft) -> None:
    if draft.stored:
        if "key" not in draft.row.values and _are_others(draft.values, draft.stored.values):
            planning.report.error(draft.row, "email", "email_of_other", key=str(draft.stored.values["key"]))
        _adjust_known_person(planning, draft, draft.stored)
    role = text_of(draft.values, "role") or (text_of(draft.stored.values, "role") if draft.stored else "")
    for column in sorted(ALL_OF_ROLES - set(OF_ROLE.get(role, ())) & draft.values.keys()) if role else ():
        if draft.values.pop(column) not in (False, CLEAR):
            planning.report.warning(draft.row, column, "not_of_role", role=role)


def _adjust_known_person(planning: Planning, draft: Draft, stored: Stored) -> None:
    if text_of(draft.values, "email").lower() == text_of(stored.values, "email").lower():
        draft.values.pop("email", None)
    mobile, known = draft.values.get("mobile"), stored.values.get("mobile")
    if known and mobile and mobile != known and mobile in _dialled(str(known)):
        del draft.values["mobile"]
    if stored.is_shared:
        _keep(planning, draft, stored, USER_COLUMNS, "account_shared")
    company, own = draft.values.get("company"), stored.values.get("company")
    if stored.is_invited:
        return
    if own in planning.foreign:
        _keep(planning, draft, stored, POSITION_COLUMNS, "company_shared")
    elif company in planning.foreign:
        for column in POSITION_COLUMNS:
            draft.values.pop(column, None)
        planning.report.warning(draft.row, "company", "company_not_accepted")


def _are_others(values: Values, stored: Values) -> bool:
    """Whether two rows name a person in the same languages, and differently in each of them."""
    both = [name for name in NAMES if values.get(name) not in (None, CLEAR) and stored.get(name)]
    return bool(both) and all(same_name_key(values[name]) != same_name_key(stored[name]) for name in both)


def _keep(planning: Planning, draft: Draft, stored: Stored, columns: Iterable[str], code: str) -> None:
    """Leaves out what the row says in these columns, with a warning where it would have changed something."""
    for column in sorted(draft.values.keys() & set(columns)):
        cell, before = draft.values.pop(column), stored.values.get(column)
        if cell != before and not (cell is CLEAR and before is None):
            planning.report.warning(draft.row, column, code)


def _dialled(mobile: str) -> tuple[str, str]:
    """A stored number as reading gives it: one that no country has is stored as it was typed."""
    return dialled(mobile, None), PhoneNumber.from_string(mobile).as_e164


def _adjust_product(planning: Planning, draft: Draft) -> None:
    stored = draft.stored
    if stored and stored.is_shared:
        _keep(planning, draft, stored, draft.values.keys() - FAIR_COLUMNS_OF_PRODUCT, "company_shared")
    low = draft.values.get("price_low")
    had_one_price = stored is not None and stored.values.get("price_high") == stored.values.get("price_low")
    if had_one_price and isinstance(low, Decimal):
        draft.values.setdefault("price_high", low)
    if "hall_shown" in draft.values and draft.values.get("company") not in planning.with_booth:
        del draft.values["hall_shown"]
        planning.report.warning(draft.row, "hall_shown", "hall_without_booth")


def _adjust_demand(planning: Planning, draft: Draft) -> None:
    """What the chamber took down for a company, that company alone confirms: a new one waits, unless it says more."""
    if draft.stored is None:
        if text_of(draft.values, "entered_by") and draft.values.get("state") in (None, CLEAR):
            draft.values["state"] = Demand.State.WAITING.value
    elif draft.stored.values["state"] in Demand.UNCONFIRMED:
        _keep(planning, draft, draft.stored, {"state"}, "demand_unconfirmed")


def complete(planning: Planning, sheet: str, values: Values, draft: Draft) -> None:
    """Fills in what follows from other cells, and leaves out what they have no place for."""
    rule = _COMPLETIONS.get(sheet)
    if rule:
        rule(planning, values, draft)


def _complete_company(planning: Planning, values: Values, draft: Draft) -> None:
    if draft.is_invited:
        values.pop("state", None)
        values.pop("new_to_market", None)
    if is_due(*(values.get(column) for column in ("state", "sells", "hall"))):
        planning.with_booth.add(values["key"])
    elif "booth" in draft.values and values["key"] not in planning.with_booth:
        values.pop("booth", None)
        planning.report.warning(draft.row, "booth", "booth_later")


def _complete_person(planning: Planning, values: Values, draft: Draft) -> None:
    for column in ALL_OF_ROLES - set(OF_ROLE.get(text_of(values, "role"), ())):
        values.pop(column, None)


def _complete_product(planning: Planning, values: Values, draft: Draft) -> None:
    prices = [values[column] for column in ("price_low", "price_high") if column in values]
    if prices:
        values |= {"price_low": prices[0], "price_high": prices[-1]}


_RULES: dict[str, Callable[[Planning, Draft], None]] = {
    "companies": _adjust_company,
    "people": _adjust_person,
    "products": _adjust_product,
    "demands": _adjust_demand,
}
_COMPLETIONS: dict[str, Callable[[Planning, Values, Draft], None]] = {
    "companies": _complete_company,
    "people": _complete_person,
    "products": _complete_product,
}
