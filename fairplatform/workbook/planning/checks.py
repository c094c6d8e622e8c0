"""What may not be stored although every cell can be read."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal

from fairplatform.errors import Refused
from fairplatform.i18n.numbers import minor_units
from fairplatform.i18n.zones import can_follow, minutes_between, overlaps
from fairplatform.ledger.models import Entry
from fairplatform.policy import Role

from .. import plausible
from ..checks import check
from ..fields import Values
from ..findings import Severity
from ..notes import Notes
from ..row import Row
from ..sheets import SHEETS
from ..stored import STORED_SHEETS, Change
from . import pairs
from .draft import Planning
from .situation import Situation, listed


@dataclass(frozen=True)
class Problem:
    """Why a row may not be stored. `parameters` fill the sentence, and tell no two problems apart."""

    column: str | None
    code: str
    parameters: dict[str, str] = field(default_factory=dict, compare=False, hash=False)
    severity: Severity = "error"


def check_row(planning: Planning, sheet: str, row: Row, change: Change) -> None:
    """What one row says that cannot be; `change.values` are those it would be stored with.

    What is wrong with the row as it is stored already, whoever made it so, forbids nothing: else the export of a fair
    could not be imported again after its days, wishes or countries were changed.
    """
    problems = [one for one in problems_of(sheet, change.values, planning.after) if not _is_known(planning, row, one)]
    known = set(problems_of(sheet, change.stored.values, planning.before)) if problems and change.stored else set()
    for problem in problems:
        if problem.severity == "error" and problem not in known:
            planning.report.error(row, problem.column, problem.code, **problem.parameters)
        elif problem.severity == "error" or problem.column in row.values:
            planning.report.warning(row, problem.column, problem.code, **problem.parameters)


def _is_known(planning: Planning, row: Row, problem: Problem) -> bool:
    """Whether one of the columns that it is about could not be read, which is said there."""
    columns = problem.parameters.get("columns", "").split(", ")
    return any(planning.report.has_error(row, column) for column in columns)


def problems_of(sheet: str, values: Values, situation: Situation) -> Iterator[Problem]:
    """Of one row by itself and beside the fair's others, whether it comes from a file or from a form."""
    yield from problems_of_row(Row(sheet, 0, dict(values)))
    if own := _CHECKS.get(sheet):
        yield from own(values, situation)


def problems_of_row(row: Row) -> Iterator[Problem]:
    """What a row lacks by itself, and what contradicts itself."""
    notes = Notes(row.sheet)
    check(SHEETS[row.sheet], row, notes)
    for one in notes.all():
        yield Problem(one.column, one.code, dict(one.parameters), one.severity)


def _check_calendar(values: Values, situation: Situation) -> Iterator[Problem]:
    if "zone" not in values and situation.countries and values.get("country") not in situation.countries:
        yield Problem("zone", "zone_needed")


def _check_company(values: Values, situation: Situation) -> Iterator[Problem]:
    yield from _check_amount(values, "plan_12_months", "plan_currency")


def _check_amount(values: Values, amount: str, currency: str) -> Iterator[Problem]:
    """An amount that is too large to be stored, or finer than its currency."""
    figure, code = values.get(amount), values.get(currency)
    if isinstance(figure, Decimal) and code:
        try:
            minor_units(figure, str(code))
        except Refused as refused:
            parameters = {name: str(value) for name, value in refused.parameters.items()}
            yield Problem(amount, refused.code, parameters)


def _check_entry(values: Values, situation: Situation) -> Iterator[Problem]:
    yield from _check_amount(values, "amount", "currency")
    yield from _check_amount(values, "realised", "currency")
    if (prevailing := values.get("prevailing")) and prevailing not in listed(values.get("languages")):
        yield Problem("prevailing", "ledger_prevailing")
    parties = listed(values.get("parties"))
    if values.get("provenance") == Entry.Provenance.DOCUMENT and not parties:
        yield Problem("parties", "party_needed")
    if len(parties) > len(set(parties)):
        yield Problem("parties", "ledger_party_twice")
    yield from _doubted(plausible.of_paper(values, situation.days))


def _check_reported(values: Values, situation: Situation) -> Iterator[Problem]:
    yield from _check_amount(values, "amount", "currency")


def _check_product(values: Values, situation: Situation) -> Iterator[Problem]:
    yield from _doubted(plausible.of_product(values))


def _check_demand(values: Values, situation: Situation) -> Iterator[Problem]:
    yield from _doubted(plausible.of_demand(values))


def _doubted(doubts: Iterable[plausible.Doubt]) -> Iterator[Problem]:
    for doubt in doubts:
        yield Problem(doubt.column, doubt.code, doubt.parameters, "warning")


def _check_preference(values: Values, situation: Situation) -> Iterator[Problem]:
    if values.get("company") == values.get("wants"):
        yield Problem("wants", "same_company_twice")


def _check_pair(values: Values, situation: Situation) -> Iterator[Problem]:
    """Pairs against a no, in either direction, or of a company with its sole agent; interpreters who are none."""
    pair = frozenset((values.get("exhibitor"), values.get("buyer")))
    if len(pair) == 1:
        yield Problem("buyer", "same_company_twice")
    if pair in situation.refusals:
        yield Problem(None, "pair_refused")
    if pair in situation.agencies:
        yield Problem(None, "pair_sole_agent")
    if "date" in values and not situation.is_on_a_day(values):
        yield Problem("date", "date_outside_days")
    interpreter = values.get("interpreter_key")
    if interpreter is not None and interpreter not in situation.interpreters:
        yield Problem("interpreter_key", "not_an_interpreter", {"key": str(interpreter)})


def check_whole(planning: Planning) -> None:
    """What several rows say together that cannot be."""
    _warn_of_days(planning)
    _check_days_apart(planning)
    _warn_of_hours(planning)
    _check_booths(planning)
    _check_organisers(planning)
    _warn_of_sides(planning)
    pairs.warn_of_pairs(planning)


def _warn_of_days(planning: Planning) -> None:
    """Days in which no meeting fits."""
    minutes = next((fair.get("slot_minutes") for fair in planning.effective("fair")), None)
    for row, change in planning.rows("days"):
        if isinstance(minutes, int) and 0 < _length(change.values) < minutes:
            planning.report.warning(row, "ends", "day_without_meeting", minutes=str(minutes))


def _check_days_apart(planning: Planning) -> None:
    """No day starts before the one before it has ended: it may last over midnight, or be in another zone."""
    spans = planning.after.spans
    for row, change in planning.rows("days"):
        own = spans.get(on := change.values.get("date"))
        others = (span for other, span in spans.items() if other != on)
        if own and change.kind != "unchanged" and overlaps(own, others):
            planning.report.error(row, "starts", "days_overlap")


def _length(day: Values) -> int:
    """The minutes from the start of a day of the fair to its end by its own clock; 0 where one is missing."""
    starts, ends = day.get("starts"), day.get("ends")
    if not (isinstance(starts, time) and isinstance(ends, time) and can_follow(starts, ends)):
        return 0
    return minutes_between(starts, ends)


def _warn_of_hours(planning: Planning) -> None:
    """Weekdays of one place and time for which two rows state hours."""
    stated = Counter((place, day) for one in planning.effective("calendars") for place, day in _working_days(one))
    for row, change in planning.rows("calendars"):
        doubled = [str(day) for place, day in _working_days(change.values) if stated[place, day] > 1]
        if doubled:
            planning.report.warning(row, "weekdays", "hours_twice", days=", ".join(doubled))


def _working_days(calendar: Values) -> list[tuple[tuple[object, ...], object]]:
    place = tuple(calendar.get(column) for column in ("country", "city", "from", "to"))
    return [(place, day) for day in listed(calendar.get("weekdays"))]


def _check_booths(planning: Planning) -> None:
    """No two companies have the same number in a hall."""
    changed = {id(change.stored) for change in planning.changes["companies"] if change.stored}
    taken = {
        (one.values.get("hall"), one.values["booth"]): one.values
        for one in planning.stored["companies"]
        if "booth" in one.values and id(one) not in changed
    }
    for row, change in planning.rows("companies"):
        place = (change.values.get("hall"), change.values.get("booth"))
        if place[1] is None:
            continue
        holder = taken.setdefault(place, change.values)
        if holder is not change.values and "booth" in row.values:
            # Under another key it is asked whether it is the same company, which then gets the next free number.
            is_alike = _are_alike(holder, change)
            if is_alike and change.stored:
                _keep_booth(change, change.stored.values)
            note = planning.report.warning if is_alike else planning.report.error
            note(row, "booth", "booth_taken", number=str(place[1]))


def _are_alike(holder: Values, change: Change) -> bool:
    """Whether a row is known by what another company is known by."""
    tiers = [STORED_SHEETS["companies"].tiers(values) for values in (holder, change.values)]
    known, own = ({identity for tier in one for identity in tier} for one in tiers)
    return not known.isdisjoint(own)


def _keep_booth(change: Change, stored: Values) -> None:
    """Leaves a company at the booth that it got when its row was new."""
    change.values.pop("booth")
    change.values |= {column: cell for column, cell in stored.items() if column == "booth"}
    change.changed -= {"booth"}


def _check_organisers(planning: Planning) -> None:
    """A fair that has an organiser keeps one, by the file or besides it."""
    organisers = set(planning.organisers)
    ending, is_replaced = [], False
    for row, change in planning.rows("people"):
        role = change.stored.row.role if change.stored else None
        if change.values.get("role") == Role.ORGANISER:
            is_active = change.stored is None or change.stored.row.user.is_active
            is_replaced = is_replaced or (is_active and not change.is_invited)
        elif role and role.pk in organisers:
            organisers.remove(role.pk)
            ending.append(row)
    if not organisers and not is_replaced:
        for row in ending:
            planning.report.error(row, "role", "last_organiser")


def _warn_of_sides(planning: Planning) -> None:
    """Exhibitors of pairs who do not sell, and buyers who do not buy."""
    for column, part, code in (("exhibitor", "sells", "not_selling"), ("buyer", "buys", "not_buying")):
        keys = {one["key"] for one in planning.effective("companies") if one.get(part)}
        for row, change in planning.rows("pairs"):
            key = change.values.get(column)
            if key is not None and key not in keys:
                planning.report.warning(row, column, code, key=str(key))


_CHECKS: dict[str, Callable[[Values, Situation], Iterator[Problem]]] = {
    "calendars": _check_calendar,
    "companies": _check_company,
    "products": _check_product,
    "demands": _check_demand,
    "preferences": _check_preference,
    "pairs": _check_pair,
    "ledger": _check_entry,
    "reported": _check_reported,
}
