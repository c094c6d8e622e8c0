"""Making and ending the private address of one's calendar."""

from datetime import datetime

from django.db import transaction

from fairplatform.accounts.actor import Actor
from fairplatform.fairs.models import Fair
from fairplatform.policy import load
from meetings.models import CalendarFeed

PERMISSION = "calendar.keep"


@transaction.atomic
def make_feed(actor: Actor, *, fair: int, now: datetime) -> CalendarFeed:
    """A new address for the person's calendar of a fair; the earlier one ends."""
    return CalendarFeed.make(actor.person, load(Fair, actor, PERMISSION, pk=fair), now=now)


@transaction.atomic
def end_feed(actor: Actor, *, fair: int) -> None:
    """Nothing can be read at the address any more."""
    CalendarFeed.objects.filter(fair=load(Fair, actor, PERMISSION, pk=fair), user=actor.person).delete()
