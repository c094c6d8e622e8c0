"""Both sides of an outcome: which version each has confirmed, and in which rows they differ."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import Company, User
from meetings.figures.counting import intended_amounts, smaller_intention
from meetings.models import Correction, Meeting, Outcome, OutcomeVersion
from meetings.models.meeting import Side

from .content import Content
from .queries import open_correction

# The six rows of the comparison, and the fields each one shows.
ROWS: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "kind": (_("Type"), ("kind",)),
    "goods": (_("Goods and HS code"), ("goods", "hs_code", "quantity", "demand_id")),
    "amount": (_("Amount"), ("amount_minor", "highest_minor", "currency", "months")),
    "terms": (_("Terms"), ("terms", "note")),
    "next_step": (_("Next step"), ("next_step", "next_step_on")),
    "who": (_("Responsible company"), ("next_step_by",)),
}

WITHOUT_OUTCOME = {Meeting.State.MISSED.value: "not_held", Meeting.State.CANCELLED.value: "cancelled"}


@dataclass(frozen=True)
class Column:
    """One side's column. `version`: what it has confirmed, or a draft that no side has confirmed yet."""

    side: Side
    company: Company
    version: OutcomeVersion | None = None
    confirmed_by: User | None = None
    confirmed_at: datetime | None = None
    hides_amount: bool = False

    @property
    def is_draft(self) -> bool:
        return self.version is not None and self.confirmed_by is None

    @property
    def is_own(self) -> bool:
        """Whether the side submitted the version itself; else it confirmed one that somebody else wrote."""
        return self.version is not None and self.version.written_as == self.side


@dataclass(frozen=True)
class ComparisonRow:
    """One row of both columns. `agreement`: equal, differing, missing (on the other side) or unstated (on the own)."""

    name: str
    label: Promise
    agreement: str


@dataclass(frozen=True)
class Comparison:
    """Both columns as one side sees them.

    `state`: empty, not_held, cancelled, drafted, withdrawn, waiting (for the other side), offered (by the other side),
    differing or agreed;
    `confirmable`: the version this side may confirm; `newer_draft`: a draft newer than what either side has confirmed;
    `newest`: the key of the newest version; `is_amount_hidden`: from everyone but the two sides; `correction`: what one
    side proposes instead of what was agreed, which `changes` in these rows.
    """

    state: str
    own: Column
    other: Column
    rows: list[ComparisonRow]
    confirmable: OutcomeVersion | None = None
    newer_draft: OutcomeVersion | None = None
    newest: int | None = None
    is_amount_hidden: bool = False
    correction: Correction | None = None
    changes: frozenset[str] = frozenset()

    @property
    def counted(self) -> int | None:
        """What figures count of an intended deal of two different amounts: the smaller, in the currency of both."""
        if self.state != "differing" or not self.own.version or not self.other.version:
            return None
        return smaller_intention(self.own.version, self.other.version)

    @property
    def counts_alike(self) -> bool:
        """Whether both sides' intended deals have one amount, so that they differ in something else alone."""
        if self.state != "differing" or not self.own.version or not self.other.version:
            return False
        return self.counted is None and intended_amounts(self.own.version, self.other.version) is not None

    @property
    def hides_amount_of_correction(self) -> bool:
        """What is hidden stays so until both sides have agreed on a version that shows it."""
        return self.correction is not None and (self.correction.hides_amount or self.is_amount_hidden)

    @property
    def shown(self) -> OutcomeVersion | None:
        """The version whose kind the page explains."""
        return self.own.version or self.other.version


def compare(meeting: Meeting, own_side: Side | None) -> Comparison:
    """The comparison as `own_side` sees it; for people on neither side, as the exhibitor does."""
    first = own_side or Side.EXHIBITOR
    outcome = Outcome.objects.filter(meeting=meeting).select_related("agreed").first()
    if outcome is None:
        own, other = (Column(side, meeting.company_of(side)) for side in (first, first.other))
        return Comparison(WITHOUT_OUTCOME.get(meeting.state, "empty"), own, other, rows=[])
    columns = _columns(meeting, outcome)
    own, other = columns[first], columns[first.other]
    newest, is_hidden = outcome.versions.select_related("written_by").last(), outcome.is_amount_hidden
    key = newest.pk if newest else None
    if not own.version and not other.version:
        own = replace(own, version=newest)
        state = "withdrawn" if outcome.state == Outcome.State.WITHDRAWN else "drafted"
        rows = _rows(own.version, None)
        return Comparison(state, own, other, rows, confirmable=newest, newest=key, is_amount_hidden=is_hidden)
    rows = _rows(own.version, other.version)
    found = Comparison("agreed", own, other, rows, newest=key, is_amount_hidden=is_hidden)
    if outcome.state == Outcome.State.AGREED:
        return _with_correction(found, outcome)
    state = "offered" if not own.version else "waiting" if not other.version else "differing"
    newer_draft = newest if newest not in (own.version, other.version) else None
    return replace(found, state=state, confirmable=other.version, newer_draft=newer_draft)


def _with_correction(found: Comparison, outcome: Outcome) -> Comparison:
    correction = open_correction(outcome)
    if correction is None:
        return found
    rows = _rows(outcome.agreed, correction.version)
    changes = frozenset(row.name for row in rows if row.agreement == "differing")
    return replace(found, correction=correction, changes=changes)


def _columns(meeting: Meeting, outcome: Outcome) -> dict[Side, Column]:
    """Each side with the version it has confirmed."""
    columns = {side: Column(side, meeting.company_of(side)) for side in Side}
    for row in outcome.statements.select_related("version__written_by", "made_by"):
        side = Side(row.side)
        columns[side] = replace(
            columns[side],
            version=row.version,
            confirmed_by=row.made_by,
            confirmed_at=row.made_at,
            hides_amount=row.hides_amount,
        )
    return columns


def _rows(own: OutcomeVersion | None, other: OutcomeVersion | None) -> list[ComparisonRow]:
    return [ComparisonRow(name, label, _agreement(own, other, fields)) for name, (label, fields) in ROWS.items()]


def _agreement(own: OutcomeVersion | None, other: OutcomeVersion | None, fields: Iterable[str]) -> str:
    if own is None or other is None:
        return "missing" if other is None else "unstated"
    return "equal" if all(getattr(own, field) == getattr(other, field) for field in fields) else "differing"


def adopt_row(own: Content, other: Content, row: str) -> Content:
    """The own content with one row of the other side's; an unknown row changes nothing."""
    fields = ROWS[row][1] if row in ROWS else ()
    return replace(own, **{field: getattr(other, field) for field in fields})
