"""The result of an import, for programs and for people."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .findings import Finding
from .importing import KINDS, Plan
from .sentences import column_title
from .sheets import SHEETS


def as_data(plan: Plan, *, is_stored: bool) -> dict[str, object]:
    """For a program: a fixed form."""
    counts = {kind: plan.counts(kind) for kind in KINDS}
    return {"stored": is_stored, **counts, "findings": [_finding(finding) for finding in plan.findings]}


def failure_as_data(code: str, text: str) -> dict[str, object]:
    """In the same form, where no row could be read or compared."""
    finding = {"sheet": None, "row": None, "column": None, "code": code, "severity": "error", "text": text}
    return {"stored": False, **{kind: {} for kind in KINDS}, "findings": [finding]}


def as_lines(plan: Plan, *, is_stored: bool, is_check: bool) -> Iterator[str]:
    """For people: the counts sheet by sheet, the findings, and what became of it."""
    counts = {kind: plan.counts(kind) for kind in KINDS}
    for sheet in plan.changes:
        numbers = {kind: counts[kind].get(sheet, 0) for kind in KINDS}
        if any(numbers.values()):
            yield _("%(sheet)s: %(created)s new, %(updated)s changed, %(unchanged)s unchanged") % {
                "sheet": SHEETS[sheet].titles,
                **numbers,
            }
    for severity in ("error", "warning"):
        yield from (_line(finding) for finding in plan.findings if finding.severity == severity)
    yield _ending(plan, is_stored=is_stored, is_check=is_check)


def _ending(plan: Plan, *, is_stored: bool, is_check: bool) -> str:
    errors = sum(finding.severity == "error" for finding in plan.findings)
    if errors:
        return ngettext(
            "Nothing was imported, because of %(count)s error.",
            "Nothing was imported, because of %(count)s errors.",
            errors,
        ) % {"count": errors}
    if is_check:
        return _("No errors. This was a check only, so nothing was imported.")
    return _("Everything was imported.") if is_stored else _("Nothing was imported.")


def _finding(finding: Finding) -> dict[str, object]:
    return {
        "sheet": finding.sheet,
        "row": finding.row,
        "column": finding.column,
        "code": finding.code,
        "severity": finding.severity,
        "text": finding.text,
    }


def _line(finding: Finding) -> str:
    """Such as `Error: Companies, row 7, Tax number: …`."""
    kind = _("Error") if finding.severity == "error" else _("Warning")
    place = [str(SHEETS[finding.sheet].titles)] if finding.sheet in SHEETS else [finding.sheet]
    if finding.row is not None:
        place.append(_("row %(number)s") % {"number": finding.row})
    if finding.column is not None:
        place.append(column_title(finding.sheet, finding.column))
    return _("%(kind)s: %(place)s: %(text)s") % {"kind": kind, "place": ", ".join(place), "text": finding.text}
