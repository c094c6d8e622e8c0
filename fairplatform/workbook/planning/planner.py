"""Compares the rows of a workbook with what is stored: each creates a row, updates one or changes nothing."""

from collections.abc import Iterator

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.models import Fair, Participation, RecruitingUnit

from ..reading import Workbook
from ..row import CLEAR, Row
from ..sheets import SHEETS
from ..stored import STORED_SHEETS, Change, Stored, StoredSheet
from . import adjusting, checks, inviting
from .basis import organisers_of
from .bounds import OfUnit, WholeFair
from .cities import Cities
from .directory import KEPT, REFERENCES
from .draft import Draft, Planning
from .matching import Matcher
from .of_company import OfCompany
from .report import Report

# What a row has where neither the file nor the database says anything.
DEFAULTS: dict[str, dict[str, object]] = {
    "fair": {"change_minutes": 5},
    "days": {"reserve_slots": 0},
    "holidays": {"works": False},
    "companies": {"sells": False, "buys": False, "new_to_market": False, "desks": 1, "state": "approved"},
    "people": {"decides": False, "lead": False, "on_call": False},
}


class Planner:
    """Goes through the sheets in the order in which they refer to each other."""

    def __init__(
        self,
        workbook: Workbook,
        fair: Fair | None,
        report: Report,
        organiser: Viewer | None = None,
        unit: RecruitingUnit | None = None,
        company: Participation | None = None,
    ) -> None:
        """`organiser`: who imports, of a command nobody: what is in their other fairs too is theirs to change."""
        self.bounds = bounds_of(unit, company, report)
        opened = self.bounds.opened(workbook)
        elsewhere = self.bounds.elsewhere(organiser, fair)
        cities = Cities(fair, opened.rows.get("companies", []))
        self.planning = Planning(opened, fair, elsewhere, report, cities, organisers_of(fair))
        # Most rows of a sheet change the same columns: a set for each of 100,000 would take 60 MiB.
        self._column_sets: dict[frozenset[str], frozenset[str]] = {}

    def plan(self) -> Planning:
        for sheet in STORED_SHEETS.values():
            self._plan_sheet(sheet)
        checks.check_whole(self.planning)
        return self.planning

    def _plan_sheet(self, sheet: StoredSheet) -> None:
        planning = self.planning
        fair, keys, elsewhere = planning.fair, planning.keys, planning.elsewhere
        stored = self.bounds.read(sheet, fair, keys, elsewhere) if fair else []
        planning.stored[sheet.name] = stored
        rows = planning.workbook.rows.get(sheet.name, [])
        own = self.bounds.own(sheet.name, stored)
        matcher = Matcher(sheet, own, rows, planning.report, stored)
        drafts = [draft for row in rows for draft in self._matched(sheet, matcher, row)]
        drafts = inviting.invite(planning, sheet.name, drafts)
        self.bounds.add(sheet.name, drafts)
        self._add_to_directory(sheet.name, self.bounds.seen(sheet.name, stored), drafts)
        if sheet.name == "companies":
            planning.with_booth |= {one.values["key"] for one in stored if "booth" in one.values}
        planning.changes[sheet.name] = [self._change(sheet.name, draft) for draft in drafts]

    def _matched(self, sheet: StoredSheet, matcher: Matcher, row: Row) -> Iterator[Draft]:
        for values in adjusting.expanded(row):
            self.bounds.fill(row, values)
            self._resolve(row, values, own=False)
            adjusting.normalise(row, values, self.planning)
            known = {column: value for column, value in values.items() if value is not CLEAR}
            if not self.bounds.admits(row, known):
                continue
            has_key = any(column.key == "key" for column in SHEETS[sheet.name].columns)
            is_clear, stored = matcher.match(row, known, has_key=has_key)
            if "key" in known:
                values["key"] = known["key"]
            if is_clear and not self._lacks_identity(row):
                yield Draft(row, values, stored)

    def _lacks_identity(self, row: Row) -> bool:
        """Whether a cell that tells whose row it is could not be read."""
        columns = {name for names in SHEETS[row.sheet].who for name in names} - {"name", "text"}
        return "key" not in row.values and any(self.planning.report.has_error(row, column) for column in columns)

    def _add_to_directory(self, sheet: str, stored: list[Stored], drafts: list[Draft]) -> None:
        if sheet not in {name for columns in REFERENCES.values() for names in columns.values() for name in names}:
            return
        for one in stored:
            self.planning.directory.add(sheet, one.values)
        for draft in drafts:
            if sheet == "halls" and "number" not in draft.values:
                continue
            self.planning.directory.add(sheet, draft.values, draft.number)
            if draft.stored and sheet != "halls":
                self.planning.keys.add(sheet, draft.values["key"], draft.stored.row.pk)

    def _resolve(self, row: Row, values: dict[str, object], *, own: bool, stored: Stored | None = None) -> None:
        """Replaces names by keys; `own`: in the columns that refer to rows of the same sheet, once those have keys.

        `stored`: the row that is stored. What it says in the same words stays as it is.
        """
        for column, sheets in REFERENCES.get(row.sheet, {}).items():
            cell = values.get(column)
            if cell is None or cell is CLEAR or (row.sheet in sheets) is not own:
                continue
            if stored and cell == stored.values.get(column):
                continue
            if isinstance(cell, list):
                values[column] = [key for text in cell if (key := self._key(row, column, text, sheets)) is not None]
                continue
            key = self._key(row, column, cell, sheets)
            if key is None:
                del values[column]
            else:
                values[column] = key

    def _key(self, row: Row, column: str, text: object, sheets: tuple[str, ...]) -> object | None:
        found = self.bounds.referred(column, self.planning.directory.find(text, sheets))
        if len(found) == 1 and not self._is_of_two_sheets(next(iter(found)), sheets):
            return next(iter(found))
        if not found and column in KEPT:
            return text
        code = "reference_ambiguous" if found else self.bounds.unknown(column)
        self.planning.report.error(row, column, code, text=str(text), sheet=", ".join(sheets))
        return None

    def _is_of_two_sheets(self, key: object, sheets: tuple[str, ...]) -> bool:
        """Whether storing would find a row in each of them, though this import may refer to one of the two only."""
        directory, keys = self.planning.directory, self.planning.keys
        return sum(directory.has(sheet, key) or keys.row(sheet, key) is not None for sheet in sheets) > 1

    def _change(self, sheet: str, draft: Draft) -> Change:
        self._resolve(draft.row, draft.values, own=True, stored=draft.stored)
        adjusting.adjust(self.planning, sheet, draft)
        self.bounds.bind(sheet, draft)
        before = draft.stored.values if draft.stored else {}
        values = dict(before) if draft.stored else dict(DEFAULTS.get(sheet, {}))
        for column, cell in draft.values.items():
            if cell is CLEAR:
                values.pop(column, None)
                if column in DEFAULTS.get(sheet, {}):
                    values[column] = DEFAULTS[sheet][column]
            else:
                values[column] = cell
        adjusting.complete(self.planning, sheet, values, draft)
        differing = frozenset(name for name in values.keys() | before.keys() if values.get(name) != before.get(name))
        changed = self._column_sets.setdefault(differing, differing)
        change = Change(draft.number, values, draft.stored, changed, draft.invites, draft.is_invited)
        checks.check_row(self.planning, sheet, draft.row, change)
        self.bounds.check(draft.row, change)
        return change


def bounds_of(unit: RecruitingUnit | None, company: Participation | None, report: Report) -> WholeFair:
    """What an import of the fair, of a unit's companies or of one company may touch."""
    if company:
        return OfCompany(company, report)
    return OfUnit(unit, report) if unit else WholeFair()
