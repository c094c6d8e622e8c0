"""What an import may touch: a whole fair, or only what a delegate of a recruiting unit may bring in for that unit."""

from collections.abc import Iterable

from fairplatform.accounts.models import Staff, Viewer
from fairplatform.fairs.models import CompanyRole, Fair, Participation, RecruitingUnit
from fairplatform.fairs.sharing import Elsewhere

from ..keys import KeyBook
from ..reading import Workbook
from ..row import CLEAR, Row
from ..stored import Change, Stored, StoredSheet
from ..stored.companies import NAMES, SCHEMES
from .draft import Draft
from .report import Report

Values = dict[str, object]

OPEN_SHEETS = ("companies", "people", "products", "demands", "absences", "preferences")
"""The sheets that a delegate fills in; of the fair's own row only the name in the address is looked at."""
_ORGANISERS = {"companies": ("hall", "booth"), "products": ("hall_shown",)}
# What a company was approved or verified as: a delegate may add to it, and change nothing of it.
_IDENTITY = (*NAMES, "legal_name", "country", *SCHEMES)
# What a reference that leads nowhere is told: the same, whether or not another unit has what it names.
_UNKNOWN = {"company": "not_of_unit", "who": "not_of_unit", "recruiting_unit": "unit_other"}


class WholeFair:
    """An organiser's import, which may touch everything."""

    def elsewhere(self, organiser: Viewer | None, fair: Fair | None) -> Elsewhere:
        """The fairs whose companies and people are not for this import to change. `organiser`: of a command nobody."""
        return Elsewhere.of(organiser.pk if organiser else None, *([fair] if fair else []))

    def read(self, sheet: StoredSheet, fair: Fair, keys: KeyBook, elsewhere: Elsewhere) -> list[Stored]:
        """What is stored of a sheet, as far as this import can have to do with it."""
        return sheet.read(fair, keys, elsewhere)

    def opened(self, workbook: Workbook) -> Workbook:
        """The workbook without the sheets that this import may not have."""
        return workbook

    def own(self, sheet: str, stored: list[Stored]) -> list[Stored]:
        """The stored rows that rows of the file may be."""
        return stored

    def seen(self, sheet: str, stored: list[Stored]) -> list[Stored]:
        """Those that rows of the file may refer to."""
        return stored

    def fill(self, row: Row, values: Values) -> None:
        """Adds what goes without saying."""

    def admits(self, row: Row, values: Values) -> bool:
        """Whether a row with this key may be in the file."""
        return True

    def add(self, sheet: str, drafts: Iterable[Draft]) -> None:
        """Notes the rows of the file once they have keys."""

    def referred(self, column: str, found: set[object]) -> set[object]:
        """Of the rows that a reference may mean, those that it may name."""
        return found

    def unknown(self, column: str) -> str:
        """The code of a reference that leads nowhere."""
        return "reference_unknown"

    def bind(self, sheet: str, draft: Draft) -> None:
        """Leaves out of a row what others decide."""

    def check(self, row: Row, change: Change) -> None:
        """What the row may not change."""


class OfUnit(WholeFair):
    """A delegate's import: companies of one unit and what belongs to them. It tells nothing about any others."""

    def __init__(self, unit: RecruitingUnit, report: Report) -> None:
        self.unit = unit
        self.report = report
        self._key: object = None
        self._companies: set[object] = set()
        self._people: set[object] = set()
        self._users: set[int] = set()
        self._outsiders: set[int] = set()
        self._participations: set[int] = set()
        self._others: dict[str, set[object]] = {}

    def opened(self, workbook: Workbook) -> Workbook:
        rows = {}
        for sheet, of_sheet in workbook.rows.items():
            if sheet == "fair" or sheet in OPEN_SHEETS:
                rows[sheet] = of_sheet
            elif of_sheet:
                self.report.error(of_sheet[0], None, "sheet_of_organisers")
        return Workbook(rows, workbook.findings)

    def own(self, sheet: str, stored: list[Stored]) -> list[Stored]:
        if sheet == "units":
            self._key = next(one.values["key"] for one in stored if one.row.pk == self.unit.pk)
        if sheet not in OPEN_SHEETS:
            return stored
        if sheet == "people":
            self._outsiders = _people_of_others(self.unit.fair, self._participations)
        own = [one for one in stored if self._is_own(sheet, one)]
        if sheet == "companies":
            self._participations = {one.row.pk for one in own}
            self._companies = {one.values["key"] for one in own}
        elif sheet == "people":
            self._users = {one.row.user.pk for one in own}
            self._people = {one.values["key"] for one in own}
        kept = {id(one) for one in own}
        self._others[sheet] = {one.values["key"] for one in stored if id(one) not in kept and "key" in one.values}
        return own

    def _is_own(self, sheet: str, one: Stored) -> bool:
        if sheet == "companies":
            return bool(one.row.unit_id == self.unit.pk)
        if sheet == "absences":
            return one.row.participation_id in self._participations or one.row.user_id in self._users
        is_of_company = one.values.get("company") in self._companies
        return is_of_company and not (sheet == "people" and one.row.user.pk in self._outsiders)

    def seen(self, sheet: str, stored: list[Stored]) -> list[Stored]:
        if sheet == "units":
            return [one for one in stored if one.row.pk == self.unit.pk]
        if sheet == "people":
            return [one for one in stored if one.values["key"] in self._people]
        if sheet == "companies":
            return [one for one in stored if one.row.pk in self._participations or self._is_public(one.row)]
        return stored

    def _is_public(self, row: Participation) -> bool:
        return self.unit.fair.state != Fair.State.DRAFT and row.sells and row.state == Participation.State.APPROVED

    def admits(self, row: Row, values: Values) -> bool:
        if values.get("key") not in self._others.get(row.sheet, ()):
            return True
        self.report.error(row, "key", "not_of_unit" if row.sheet == "companies" else "key_not_of_unit")
        return False

    def add(self, sheet: str, drafts: Iterable[Draft]) -> None:
        keys = {"companies": self._companies, "people": self._people}.get(sheet)
        if keys is not None:
            keys |= {draft.values["key"] for draft in drafts}

    def referred(self, column: str, found: set[object]) -> set[object]:
        if column not in ("company", "who"):
            return found
        own = self._companies if column == "company" else self._companies | self._people
        return {key for key in found if isinstance(key, tuple) or key in own}

    def unknown(self, column: str) -> str:
        return _UNKNOWN.get(column, "reference_unknown")

    def bind(self, sheet: str, draft: Draft) -> None:
        for column in _ORGANISERS.get(sheet, ()):
            cell, before = draft.values.pop(column, CLEAR), draft.stored.values.get(column) if draft.stored else None
            if column in draft.row.values and (None if cell is CLEAR else cell) != before:
                self.report.error(draft.row, column, "cell_of_organisers")
        if sheet == "companies":
            self._bind_company(draft)
        elif sheet == "people":
            self._bind_person(draft)

    def _bind_company(self, draft: Draft) -> None:
        if draft.values.pop("recruiting_unit", self._key) != self._key:
            self.report.error(draft.row, "recruiting_unit", "unit_other")
        before = draft.stored.values.get("state") if draft.stored else "submitted"
        if draft.values.pop("state", before) != before:
            self.report.warning(draft.row, "state", "state_of_organisers")
        if draft.stored is None:
            draft.values |= {"recruiting_unit": self._key, "state": "submitted"}
        elif before == Participation.State.APPROVED or draft.stored.row.company.verified_at:
            for column in sorted(draft.values.keys() & set(_IDENTITY)):
                if draft.stored.values.get(column) not in (None, draft.values[column]):
                    self.report.error(draft.row, column, "cell_of_organisers")

    def _bind_person(self, draft: Draft) -> None:
        role = draft.values.get("role", draft.stored.values.get("role") if draft.stored else None)
        if role is not None and role not in CompanyRole.values:
            self.report.error(draft.row, "role", "role_of_organisers")
        if draft.stored and not draft.stored.is_invited and draft.stored.row.user.has_come_in:
            self._keep_access(draft, draft.stored)

    def _keep_access(self, draft: Draft, stored: Stored) -> None:
        """What lets a person in stays as it is. By a letter to another address whoever has it would be them."""
        # Only an address that would change is still there.
        for column in ("email", "company"):
            if column in draft.values and draft.values[column] != stored.values.get(column):
                self.report.error(draft.row, column, "cell_of_organisers")
        # A list says it by the order of a firm's contacts alone.
        if draft.values.pop("role", stored.values["role"]) != stored.values["role"]:
            self.report.warning(draft.row, "role", "cell_of_organisers")

    def check(self, row: Row, change: Change) -> None:
        if row.sheet == "fair":
            for column in sorted(change.changed):
                self.report.error(row, column, "cell_of_organisers")


def _people_of_others(fair: Fair, participations: set[int]) -> set[int]:
    """Whoever has a role of the fair, or works for a company that another unit, or none, has brought into it."""
    others = Participation.objects.filter(fair=fair).exclude(pk__in=participations)
    staff = Staff.objects.filter(company__in=others.values("company"))
    return {*fair.roles.values_list("user", flat=True), *staff.values_list("user", flat=True)}
