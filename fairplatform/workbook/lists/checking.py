"""Which rows of a list can be stored. One that cannot is left out with all it says, and keeps no other one back."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from openpyxl.utils import get_column_letter

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.models import Fair, RecruitingUnit

from ..findings import Finding
from ..importing import Plan, plan_import
from ..reading import Workbook
from .composing import Composed, origin
from .firm_writer import PLACES_OF_A_ROW
from .meanings import Meaning, base_of

# A list is made by somebody who can be asked, so what a workbook only warns of is asked back.
_ASKED = frozenset({"digits_lost"})
_OTHER_ROWS = ("row", "other")  # parameters of findings that name rows
_OF_A_FIRM = frozenset({"manager", "staff", None})

# What is asked of a workbook, whose rows can have keys.
_OF_LISTS = {"two_fit": "list_two_fit", "email_of_other": "list_email_of_other"}

Firms: TypeAlias = Mapping[int, Sequence[int]]
"""The rows of the firm of each row, by its number in the list."""


@dataclass(frozen=True, slots=True)
class Checked:
    """`workbook` and `plan`: of the rows that can be stored. `bad`: the numbers of the others, as in the list.

    `findings`: of all rows, with the list's own rows and columns.
    """

    workbook: Workbook
    plan: Plan
    bad: list[int]
    findings: list[Finding]


def check_list(
    composed: Composed,
    fair: Fair,
    organiser: Viewer,
    left_out: Iterable[int] = (),
    unit: RecruitingUnit | None = None,
) -> Checked:
    """Plans until all that is left can be stored: one row may stand or fall with another."""
    bad: set[int] = set(left_out)
    findings: list[Finding] = []
    workbook = _without(composed.workbook, bad)
    while True:
        plan = plan_import(workbook, fair, organiser, unit)
        found = [*plan.findings, *_changed_roles(plan)]
        wrong = {origin(one.row) for one in found if one.row is not None and _is_bad(one)}
        if not wrong:
            break
        # The rows of a firm stand or fall together.
        failed = {number for one in wrong for number in composed.firms[one]}
        findings += [one for one in found if one.row is not None and origin(one.row) in failed]
        findings += [_for_another(number, wrong, composed.firms) for number in sorted(failed - wrong)]
        bad |= failed
        workbook = _without(workbook, failed)
    findings = _without_consequences([*findings, *plan.findings], composed.firms)
    own = [_of_list(composed, one) for one in findings]
    return Checked(workbook, plan, sorted(bad), sorted(own, key=lambda one: one.row or 0))


def _for_another(number: int, wrong: Collection[int], firms: Firms) -> Finding:
    """Why a row is bad whose firm has another one that is."""
    other = next(one for one in firms[number] if one in wrong)
    return Finding(
        "companies", number * PLACES_OF_A_ROW, None, "list_other_row", "error", {"row": str(other * PLACES_OF_A_ROW)}
    )


def _is_bad(finding: Finding) -> bool:
    return finding.severity == "error" or finding.code in _ASKED


def _without(workbook: Workbook, bad: Collection[int]) -> Workbook:
    rows = {
        sheet: [row for row in of_sheet if origin(row.number) not in bad] for sheet, of_sheet in workbook.rows.items()
    }
    return Workbook(rows, [one for one in workbook.findings if one.row is None or origin(one.row) not in bad])


def _changed_roles(plan: Plan) -> Iterator[Finding]:
    """A list of firms does not make contacts of the fair's own people."""
    for change in plan.changes["people"]:
        before = change.stored.values.get("role") if change.stored else None
        if before not in _OF_A_FIRM:
            yield Finding("people", change.number, "name_en", "list_role", "error")


def _without_consequences(findings: list[Finding], firms: Firms) -> list[Finding]:
    """Without what is said of a contact only because what is said of their firm is wrong."""
    wrong = {origin(one.row) for one in findings if one.row and one.sheet == "companies" and _is_bad(one)}
    wrong |= {number for one in wrong for number in firms[one]}
    return [
        one
        for one in findings
        if not (one.code.startswith("reference_") and one.sheet == "people" and origin(one.row or 0) in wrong)
    ]


def _of_list(composed: Composed, one: Finding) -> Finding:
    """The finding with the row and the column that its author knows."""
    if one.row is None:
        return one
    column = base_of(one.column or "")
    code, parameters = _OF_LISTS.get(one.code, one.code), dict(one.parameters)
    if code == "needed_one_of" and column != one.column:
        code, parameters = "needed", {}
    for name in _OTHER_ROWS:
        if parameters.get(name, "").isdecimal():
            parameters[name] = str(origin(int(parameters[name])))
    severity = "error" if _is_bad(one) else one.severity
    place = _column(composed, Meaning(one.sheet, column, one.row % PLACES_OF_A_ROW))
    return Finding(one.sheet, origin(one.row), place or one.column, code, severity, parameters)


def _column(composed: Composed, meaning: Meaning) -> str | None:
    """The column of the list by its letter and title; None if no column of it is this."""
    column = composed.choice.column_of(meaning)
    if column is None:
        return None
    return f"{get_column_letter(column)} {composed.titles.get(column, '')}".strip()
