"""Compares the rows of a workbook with what is stored: each creates a row, updates one or changes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.models import Fair

from ..keys import KeyBook
from ..row import CLEAR, Row
from ..rows import Workbook
from ..sheets import SHEETS
from ..stored import STORED_SHEETS, Change, Stored, StoredSheet
from . import adjusting, checks, inviting
from .directory import KEPT, REFERENCES, Directory
from .matching import Matcher
from .report import Report

# What a row has where neither the file nor the database says anything.
DEFAULTS: dict[str, dict[str, object]] = {
    "fair": {"change_minutes": 5},
    "days": {"reserve_slots": 0},
    "holidays": {"works": False},
    "companies": {"sells": False, "buys": False, "new_to_market": False, "desks": 1, "state": "approved"},
    "people": {"decides": False, "lead": False, "on_call": False},
}


@dataclass(slots=True)
class Draft:
    """A row of the file on its way to a change."""

    row: Row
    values: dict[str, object]
    stored: Stored | None = None
    invites: int | None = None
    is_invited: bool = False

    @property
    def number(self) -> int:
        return self.row.number


class Planner:
    """Goes through the sheets in the order in which they refer to each other."""

    def __init__(self, workbook: Workbook, fair: Fair | None, report: Report, organiser: Viewer | None = None) -> None:
        self.workbook = workbook
        self.fair = fair
        self.organiser = organiser
        """Who imports: what is in their other fairs alone, besides this one, is theirs to change. None: a command."""
        self.report = report
        self.keys = KeyBook()
        self.directory = Directory()
        self.stored: dict[str, list[Stored]] = {}
        self.changes: dict[str, list[Change]] = {}
        self.foreign: set[str] = set()
        """The keys of companies that belong to another fair, too or only."""
        self.invited: set[str] = set()
        """The keys of those that have not accepted to take part in this one."""
        self.with_booth: set[object] = set()
        """The keys of companies that have a booth or get one."""

    def plan(self) -> None:
        for sheet in STORED_SHEETS.values():
            self._plan_sheet(sheet)
        checks.check_whole(self)

    def effective(self, sheet: str) -> Iterator[dict[str, object]]:
        """The rows of a sheet as they will be once the workbook is stored."""
        changed = {id(change.stored) for change in self.changes[sheet] if change.stored}
        yield from (one.values for one in self.stored[sheet] if id(one) not in changed)
        yield from (change.values for change in self.changes[sheet])

    def _plan_sheet(self, sheet: StoredSheet) -> None:
        stored = self.stored[sheet.name] = sheet.read(self.fair, self.keys) if self.fair else []
        rows = self.workbook.rows.get(sheet.name, [])
        matcher = Matcher(sheet, stored, rows, self.report)
        drafts = [draft for row in rows for draft in self._matched(sheet, matcher, row)]
        drafts = inviting.invite(self, sheet.name, drafts)
        self._add_to_directory(sheet.name, stored, drafts)
        if sheet.name == "companies":
            self.with_booth |= {one.values["key"] for one in stored if "booth" in one.values}
        self.changes[sheet.name] = [self._change(sheet.name, draft) for draft in drafts]

    def _matched(self, sheet: StoredSheet, matcher: Matcher, row: Row) -> Iterator[Draft]:
        for values in adjusting.expanded(row):
            self._resolve(row, values, own=False)
            adjusting.normalise(row, values, self.report)
            known = {column: value for column, value in values.items() if value is not CLEAR}
            has_key = any(column.key == "key" for column in SHEETS[sheet.name].columns)
            is_clear, stored = matcher.match(row, known, has_key=has_key)
            if "key" in known:
                values["key"] = known["key"]
            if is_clear and not self._lacks_identity(row):
                yield Draft(row, values, stored)

    def _lacks_identity(self, row: Row) -> bool:
        """Whether a cell that tells whose row it is could not be read."""
        columns = {name for names in SHEETS[row.sheet].who for name in names} - {"name", "text"}
        return "key" not in row.values and any(self.report.has_error(row, column) for column in columns)

    def _add_to_directory(self, sheet: str, stored: list[Stored], drafts: list[Draft]) -> None:
        if sheet not in {name for columns in REFERENCES.values() for names in columns.values() for name in names}:
            return
        for one in stored:
            self.directory.add(sheet, one.values)
        for draft in drafts:
            if sheet == "halls" and "number" not in draft.values:
                continue
            self.directory.add(sheet, draft.values)
            if draft.stored and sheet != "halls":
                self.keys.add(sheet, draft.values["key"], primary_key(draft.stored))

    def _resolve(self, row: Row, values: dict[str, object], *, own: bool) -> None:
        """Replaces names by keys; `own`: in the columns that refer to rows of the same sheet, once those have keys."""
        for column, sheets in REFERENCES.get(row.sheet, {}).items():
            cell = values.get(column)
            if cell is None or cell is CLEAR or (row.sheet in sheets) is not own:
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
        found = self.directory.find(text, sheets)
        if len(found) == 1:
            return next(iter(found))
        if not found and column in KEPT:
            return text
        code = "reference_ambiguous" if found else "reference_unknown"
        self.report.error(row, column, code, text=str(text), sheet=sheets[0])
        return None

    def _change(self, sheet: str, draft: Draft) -> Change:
        self._resolve(draft.row, draft.values, own=True)
        adjusting.adjust(self, sheet, draft)
        before = draft.stored.values if draft.stored else {}
        values = dict(before) if draft.stored else dict(DEFAULTS.get(sheet, {}))
        for column, cell in draft.values.items():
            if cell is CLEAR:
                values.pop(column, None)
                if column in DEFAULTS.get(sheet, {}):
                    values[column] = DEFAULTS[sheet][column]
            else:
                values[column] = cell
        adjusting.complete(self, sheet, values, draft)
        changed = frozenset(name for name in values.keys() | before.keys() if values.get(name) != before.get(name))
        change = Change(draft.number, values, draft.stored, changed, draft.invites, draft.is_invited)
        checks.check_row(self, sheet, draft.row, change)
        return change


def primary_key(stored: Stored) -> int:
    """Of the row that a key stands for: a person's is that of their account."""
    row = stored.row
    key: int = row.user.pk if hasattr(row, "registration") else row.pk
    return key
