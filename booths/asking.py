"""To whom a meeting at a booth is offered."""

from typing import Any

from booths.models import Booth
from fairplatform.fairs.memberships import memberships
from fairplatform.policy import Role, may


def may_ask(actor: Any, booth: Booth) -> bool:
    """Those who buy, for another company than the booth's; a visitor may still sign in as one of them."""
    if not actor.person.is_authenticated:
        return True
    place = booth.participation
    own = memberships(actor.person, place.fair_id)
    return may(actor, "request.make", place) and Role.BUYER in own.roles and place.pk not in own.staff_of
