"""What the control room shows at one moment: running meetings, the next slot, the figures, what was just agreed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from fairplatform.fairs.models import Fair
from fairplatform.realtime import topic_names
from fairplatform.realtime.hub import HUB
from meetings.call.lobby import sides_here
from meetings.figures.figures import Figures, figures
from meetings.figures.tiles import tiles, totals
from meetings.models import Meeting, Outcome, OutcomeVersion

from .protocol import ControlRoomSnapshot, LatestOutcome, NextSlot

LATEST = 6
LONGEST_EXTENSION = timedelta(hours=1)
Kind = OutcomeVersion.Kind


@dataclass(frozen=True)
class KindFigure:
    """Agreed outcomes of one kind: how many, and what they name in one currency."""

    label: str
    number: int
    currency: str = ""
    amount_minor: int | None = None


def snapshot(fair: Fair, now: datetime) -> ControlRoomSnapshot:
    """What a page needs to go on by itself."""
    following = fair.slots.filter(starts_at__gt=now).order_by("starts_at").first()
    shown = tiles(_meetings(fair, following, now))
    coming = {tile.meeting: HUB.here(topic_names.meeting(tile.meeting)) for tile in shown if tile.starts_at > now}
    return ControlRoomSnapshot(
        now=now,
        tiles=shown,
        lobby=sides_here(coming),
        next=NextSlot(starts_at=following.starts_at, ends_at=following.ends_at) if following else None,
        totals=totals(figures(fair, now=now)),
        agreed=[_agreed(outcome) for outcome in latest(fair)],
    )


def _meetings(fair: Fair, following: Any, now: datetime) -> Any:
    begun = Q(slot__starts_at__lte=now, slot__ends_at__gt=now - LONGEST_EXTENSION)
    wanted = begun | Q(slot=following) if following else begun
    running = Meeting.objects.filter(wanted, fair=fair, state__in=(Meeting.State.CONFIRMED, Meeting.State.HELD))
    keys = [m.pk for m in running.select_related("slot") if m.ends_at > now]
    return Meeting.objects.filter(pk__in=keys)


def latest(fair: Fair) -> list[Outcome]:
    """The newest outcomes both sides confirmed."""
    rows = Outcome.objects.filter(fair=fair, state=Outcome.State.AGREED).order_by("-number")
    return list(rows.select_related("agreed", "meeting__exhibitor__company", "meeting__buyer__company")[:LATEST])


def _agreed(outcome: Outcome) -> LatestOutcome:
    version = outcome.agreed
    assert version is not None
    assert outcome.number is not None
    return LatestOutcome(
        meeting=outcome.meeting_id,
        number=outcome.number,
        kind=version.kind,
        currency=version.currency,
        amount_minor=version.amount_minor,
        exhibitor=outcome.meeting.exhibitor.company.name,
        buyer=outcome.meeting.buyer.company.name,
    )


def kinds(counted: Figures) -> list[KindFigure]:
    """One figure for each kind and currency in which money was named; they are never added together."""
    return [
        KindFigure(str(kind.label), line.number, line.currency, line.amount_minor)
        for kind in Kind
        for line in counted.money
        if line.kind == kind
    ]


def kinds_without_money(counted: Figures) -> list[KindFigure]:
    """How many of each kind named no money."""
    return [
        KindFigure(str(kind.label), line.number)
        for kind in Kind
        for line in counted.agreed
        if line.kind == kind and line.amount_minor is None
    ]
