"""Publishes changes of meetings to the control room, and a fair's figures to the control room and the public."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from fairplatform.fairs.models import Fair
from fairplatform.observability.duties import attempt
from fairplatform.realtime import topic_names
from fairplatform.realtime.models import TopicVersion
from fairplatform.realtime.publish import publish, publish_numbered, send_ephemeral
from meetings.connection_quality import ConnectionQuality
from meetings.models import Meeting, Outcome

from .counting import Figures, count_figures
from .protocol import (
    FiguresChanged,
    LineMeasured,
    LobbyChanged,
    OutcomeAgreed,
    SideName,
    Sum,
    TileChanged,
    TotalsChanged,
)
from .tiles import tiles


def publish_tile(meeting: Meeting, now: datetime) -> None:
    """Publishes a meeting's tile to the control room. Called inside the transaction that changes the meeting.

    The tile is published whenever the meeting takes place: the page decides by the time whether it shows it.
    """
    [changed] = tiles([meeting.pk])
    publish(topic_names.monitor(meeting.fair.slug), TileChanged(at=now, tile=changed))


def publish_tiles(fair: Fair, meetings: Collection[int], now: datetime) -> None:
    """The same of many meetings, by key."""
    for changed in tiles(meetings):
        publish(topic_names.monitor(fair.slug), TileChanged(at=now, tile=changed))


async def send_quality(fair: str, meeting: int, side: SideName, quality: ConnectionQuality) -> None:
    """Sends the control room how good one side's connection is now; `fair`: its slug."""
    await send_ephemeral(topic_names.monitor(fair), LineMeasured(meeting=meeting, side=side, quality=quality))


async def send_lobby(fair: str, meeting: int, sides: list[SideName]) -> None:
    """Sends the control room the sides that have the meeting's room open, entered or not; `fair`: its slug."""
    await send_ephemeral(topic_names.monitor(fair), LobbyChanged(meeting=meeting, sides=sides))


def publish_agreed(outcome: Outcome) -> None:
    """Publishes an outcome that both sides have just confirmed to the control room, without a hidden amount."""
    version = outcome.agreed
    assert version is not None
    event = OutcomeAgreed(
        meeting=outcome.meeting_id,
        number=outcome.number,
        kind=version.kind,
        currency="" if outcome.is_amount_hidden else version.currency,
        amount_minor=None if outcome.is_amount_hidden else version.amount_minor,
    )
    publish(topic_names.monitor(outcome.fair.slug), event)


def publish_figures(fair: Fair, now: datetime) -> None:
    """Counts the fair's figures and publishes them. Called inside a transaction.

    The numbers come first: they lock the topics, so that of two transactions the one published last has counted last.
    """
    numbers = TopicVersion.advance_all({topic_names.monitor(fair.slug): 1, topic_names.fair(fair.slug): 1})
    figures = count_figures(fair, now=now)
    for topic, event in (
        (topic_names.monitor(fair.slug), totals(figures)),
        (topic_names.fair(fair.slug), public_figures(figures)),
    ):
        publish_numbered({topic: numbers[topic]}, event)


_collected: ContextVar[set[Fair] | None] = ContextVar("_collected", default=None)


@contextmanager
def collect_changed_fairs(into: set[Fair]) -> Iterator[None]:
    """Makes `publish_figures_on_commit` only add the fair to `into`: many transactions, one count at the end."""
    token = _collected.set(into)
    try:
        yield
    finally:
        _collected.reset(token)


def publish_figures_on_commit(fair: Fair, now: datetime) -> None:
    """Counts and publishes the fair's figures once this transaction is committed: once, however often it is called."""
    collected = _collected.get()
    if collected is not None:
        collected.add(fair)
        return
    # What Django keeps of a transaction's hooks is not documented: tests/meetings/figures/test_publishing.py notices a
    # change of it.
    hooks = [registered[1] for registered in connection.run_on_commit]
    if not any(isinstance(hook, _PublishFigures) and hook.fair == fair for hook in hooks):
        transaction.on_commit(_PublishFigures(fair, now))


@dataclass(frozen=True)
class _PublishFigures:
    """Run after the commit. A failure is counted as one of a duty: the action it belongs to has been done."""

    fair: Fair
    now: datetime

    def __call__(self) -> None:
        with attempt("figures.publish", is_vital=False), transaction.atomic():
            publish_figures(self.fair, self.now)


def public_figures(figures: Figures) -> FiguresChanged:
    """The few figures that everybody may see."""
    return FiguresChanged(
        firms=figures.firms,
        planned=figures.planned,
        held=figures.held,
        running=figures.running,
        agreed=figures.outcomes["agreed"],
        chief_executives=figures.chief_executives,
        lead_purchasers=figures.lead_purchasers,
    )


def totals(figures: Figures) -> TotalsChanged:
    """The figures of the control room."""
    return TotalsChanged(
        planned=figures.planned,
        held=figures.held,
        missed=figures.not_held,
        running=figures.running,
        to_come=figures.to_come,
        outcomes=figures.outcomes,
        sums=[
            Sum(
                kind=one.kind,
                currency=one.currency,
                number=one.count,
                amount_minor=one.amount_minor,
                hidden=one.hidden,
            )
            for one in figures.agreed
        ],
    )
