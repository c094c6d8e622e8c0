"""What a company does not want to be recommended again."""

from datetime import datetime

from django.db import transaction

from fairplatform.accounts.actor import Actor
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Participation
from fairplatform.policy import load

from .models import NotInterested


def set_interest(actor: Actor, *, other: int, interested: bool, now: datetime) -> None:
    """For all companies of the person that it may be recommended to; said twice it is said once.

    Raises Refused("own_booth") for a company of their own, "not_found" for one that only does what they do: whoever
    buys reads nowhere who else does.
    """
    with transaction.atomic():
        shown: Participation = load(Participation, actor, "recommendation.hide", pk=other)
        own = memberships(actor.person, shown.fair_id).staff_of
        if shown.pk in own:
            raise Refused("own_booth")
        told = [one.pk for one in Participation.objects.filter(pk__in=own).order_by("pk") if _suit(one, shown)]
        if not told:
            raise Refused("not_found")
        if interested:
            NotInterested.objects.filter(participation__in=told, other=shown).delete()
            return
        said = {"fair_id": shown.fair_id, "other": shown, "said_by": actor.user, "said_at": now}
        rows = [NotInterested(participation_id=pk, **said) for pk in told]
        NotInterested.objects.bulk_create(rows, ignore_conflicts=True)


def _suit(own: Participation, other: Participation) -> bool:
    """Whether one of them sells and the other buys."""
    return (own.sells and other.buys) or (own.buys and other.sells)
