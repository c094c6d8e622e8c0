"""The schedule, the outcomes and the figures of a fair as JSON for other programs. Instants are UTC and end in Z."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime

from django.utils import timezone

from fairplatform.fairs.models import Fair
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.policy import Role
from meetings.figures.counting import count_figures
from meetings.models import Meeting, Outcome, Pair, Participant
from meetings.models.meeting import Side

from .keys import KeyBook
from .stored import STORED_SHEETS

Record = dict[str, object]
KEYED = ("units", "halls", "companies", "people")  # sheets whose keys the JSON, or sheets after them, name


def schedule(fair: Fair) -> list[Record]:
    """Every meeting, in the order of time."""
    keys = _keys(fair)
    pinned = set(Pair.objects.filter(fair=fair).values_list("exhibitor", "buyer", "starts_at"))
    interpreters = dict(
        Participant.objects.filter(meeting__fair=fair, role=Role.INTERPRETER).values_list("meeting", "user")
    )
    return [
        {
            **_parties(meeting, keys),
            "interpreter": keys.key("people", interpreters.get(meeting.pk)),
            "starts_at": _instant(meeting.starts_at),
            "ends_at": _instant(meeting.ends_at),
            "state": meeting.state,
            "pinned": (meeting.exhibitor_id, meeting.buyer_id, meeting.starts_at) in pinned,
        }
        for meeting in _meetings(fair)
    ]


def outcomes(fair: Fair) -> list[Record]:
    """Every meeting with what both sides agreed, if they did; what one side alone says of it stays with that side."""
    keys = _keys(fair)
    found = {
        outcome.meeting_id: outcome
        for outcome in Outcome.objects.filter(fair=fair).select_related("agreed").prefetch_related("statements")
    }
    return [
        {
            **_parties(meeting, keys),
            "held": meeting.state == Meeting.State.HELD,
            **_agreement(found.get(meeting.pk)),
        }
        for meeting in _meetings(fair)
    ]


def figures(fair: Fair) -> Record:
    """The figures of the closing report."""
    counted = count_figures(fair, now=timezone.now())
    return asdict(counted) | {"not_held": counted.not_held}


def _agreement(outcome: Outcome | None) -> Record:
    agreed = outcome.agreed if outcome else None
    confirmed = {statement.side for statement in outcome.statements.all()} if outcome else set()
    return {
        "kind": agreed.kind if agreed else None,
        "amount_minor": agreed.amount_minor if agreed else None,
        "currency": agreed.currency or None if agreed else None,
        "agreed_at": _instant(outcome.agreed_at) if outcome and outcome.agreed_at else None,
        "states": {side: "confirmed" if side in confirmed else "open" for side in Side.values},
    }


def _meetings(fair: Fair) -> list[Meeting]:
    return list(Meeting.objects.filter(fair=fair).select_related("slot").order_by("slot__starts_at", "pk"))


def _parties(meeting: Meeting, keys: KeyBook) -> Record:
    return {
        "exhibitor": keys.key("companies", meeting.exhibitor_id),
        "buyer": keys.key("companies", meeting.buyer_id),
    }


def _keys(fair: Fair) -> KeyBook:
    keys = KeyBook()
    for sheet in KEYED:
        STORED_SHEETS[sheet].read(fair, keys, Elsewhere.of(None, fair))
    return keys


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


EXPORTS: dict[str, Callable[[Fair], object]] = {"schedule": schedule, "outcomes": outcomes, "figures": figures}
