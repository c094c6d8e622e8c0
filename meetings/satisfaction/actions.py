"""Rating a meeting for one's own company, and saying whether it met the right partner."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from fairplatform.accounts.actor import Actor
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import load
from meetings.models import Meeting, Satisfaction

from .queries import is_over, participation_of

PERMISSION = "satisfaction.say"


@dataclass(frozen=True)
class Partner:
    """Whether the company met the right partner; `because`: one of Satisfaction.Because, of a wrong one alone."""

    is_right: bool
    because: str = ""
    note: str = ""


@transaction.atomic
def rate(actor: Actor, *, meeting: int, rating: int, now: datetime) -> Satisfaction:
    """From 1 to 5, for the actor's own company; whatever else it has said of the meeting stays.

    Raises Refused: rating_range, rating_early, rating_closed, and what loading raises. Never by proxy.
    """
    if rating not in Satisfaction.Rating.values:
        raise Refused("rating_range")
    loaded, own = _loaded(actor, meeting, now)
    said = {"rating": rating, "made_by": actor.user, "made_at": now}
    row, _made = Satisfaction.objects.update_or_create(
        meeting=loaded, participation_id=own, defaults={"fair_id": loaded.fair_id, **said}
    )
    return row


@transaction.atomic
def say_partner(actor: Actor, *, meeting: int, partner: Partner, now: datetime) -> Satisfaction:
    """For a meeting that the actor's company has rated: otherwise, and as above, raises Refused."""
    loaded, own = _loaded(actor, meeting, now)
    row = Satisfaction.objects.filter(meeting=loaded, participation=own).first()
    if row is None:
        raise Refused("rating_range")
    row.right_partner, row.note = partner.is_right, partner.note
    row.because = "" if partner.is_right else partner.because
    row.made_by, row.made_at = actor.user, now
    row.save(update_fields=["right_partner", "note", "because", "made_by", "made_at"])
    return row


def _loaded(actor: Actor, meeting: int, now: datetime) -> tuple[Meeting, int]:
    """The meeting, locked, and the participation that the actor speaks for."""
    loaded: Meeting = load(Meeting, actor, PERMISSION, lock=True, pk=meeting)
    if not is_over(loaded, now):
        raise Refused("rating_early")
    if loaded.fair.state == Fair.State.CLOSED:
        raise Refused("rating_closed")
    return loaded, participation_of(actor.person, loaded)
