"""What both sides say of one meeting, side by side: who stands by what, and where they differ."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting, Outcome, OutcomeVersion
from meetings.models.meeting import Side

from .terms import Terms

# The six lines of an outcome, and the fields each one shows.
LINES: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "kind": (_("Kind"), ("kind",)),
    "goods": (_("Goods and HS code"), ("goods", "hs_code", "quantity")),
    "amount": (_("Amount"), ("amount_minor", "currency", "months")),
    "terms": (_("Terms"), ("terms", "note")),
    "next_step": (_("Next step"), ("next_step", "next_step_on")),
    "who": (_("Who does it"), ("next_step_by",)),
}


@dataclass(frozen=True)
class Card:
    """One side's column. `version` is what it stands by, or a draft that nobody has stated yet."""

    side: Side
    company: Any
    version: OutcomeVersion | None = None
    stated_by: Any = None
    stated_at: datetime | None = None

    @property
    def is_draft(self) -> bool:
        return self.version is not None and self.stated_by is None


@dataclass(frozen=True)
class Line:
    """One line of both columns: equal, differing, or missing on the other side or on one's own."""

    name: str
    label: Promise
    agreement: str


@dataclass(frozen=True)
class Record:
    """The page's state: empty, drafted, waiting (for them), offered (to you), differing, agreed.

    `offered`: the version this side may confirm; `proposal`: a draft newer than what both sides stated.
    """

    state: str
    mine: Card
    theirs: Card
    lines: list[Line]
    offered: OutcomeVersion | None = None
    proposal: OutcomeVersion | None = None
    seen: int | None = None

    @property
    def shown(self) -> OutcomeVersion | None:
        """The version whose kind the page explains."""
        return self.mine.version or self.theirs.version


def record(meeting: Meeting, own: Side | None) -> Record:
    """As somebody of `own` side sees it; for those who stand on no side, the exhibitor comes first."""
    first = own or Side.EXHIBITOR
    outcome = Outcome.objects.filter(meeting=meeting).select_related("agreed").first()
    cards = {side: Card(side, meeting.company_of(side)) for side in Side}
    if outcome is None:
        return _record("empty", cards, first)
    for stated in outcome.statements.select_related("version__written_by", "made_by"):
        cards[Side(stated.side)] = replace(
            cards[Side(stated.side)], version=stated.version, stated_by=stated.made_by, stated_at=stated.made_at
        )
    newest = outcome.versions.select_related("written_by").last()
    mine, theirs = cards[first], cards[first.other]
    if not mine.version and not theirs.version:
        cards[first] = replace(mine, version=newest)
        return _record("drafted", cards, first, offered=newest, seen=newest)
    if outcome.state == Outcome.State.AGREED:
        return _record("agreed", cards, first, seen=newest)
    state = "offered" if not mine.version else "waiting" if not theirs.version else "differing"
    fresh = newest if newest not in (mine.version, theirs.version) else None
    return _record(state, cards, first, offered=theirs.version, proposal=fresh, seen=newest)


def _record(state: str, cards: dict[Side, Card], first: Side, **versions: OutcomeVersion | None) -> Record:
    seen = versions.pop("seen", None)
    mine, theirs = cards[first], cards[first.other]
    lines = list(compare(mine.version, theirs.version)) if state != "empty" else []
    return Record(state, mine, theirs, lines, **versions, seen=seen.pk if seen else None)


def compare(mine: OutcomeVersion | None, theirs: OutcomeVersion | None) -> Iterator[Line]:
    for name, (label, fields) in LINES.items():
        if mine is None or theirs is None:
            yield Line(name, label, "missing" if theirs is None else "unstated")
        else:
            same = all(getattr(mine, field) == getattr(theirs, field) for field in fields)
            yield Line(name, label, "equal" if same else "differing")


def taken(mine: Terms, theirs: Terms, line: str) -> Terms:
    """One's own terms with one line of theirs."""
    fields = LINES[line][1] if line in LINES else ()
    return replace(mine, **{field: getattr(theirs, field) for field in fields})
