"""Who is offered a meeting at a booth."""

from booths.models import Booth
from fairplatform.accounts.actor import Actor
from fairplatform.fairs.memberships import memberships
from fairplatform.policy import Role, may


def may_request_meeting(actor: Actor, booth: Booth) -> bool:
    """Buyers of another company than the booth's; also visitors without an account, who can still sign in as one."""
    if not actor.person.is_authenticated:
        return True
    participation = booth.participation
    own = memberships(actor.person, participation.fair_id)
    is_own = participation.pk in own.staff_of
    return may(actor, "request.make", participation) and Role.BUYER in own.roles and not is_own


def may_say_wish(actor: Actor, fair: int, *, but: int | None = None) -> bool:
    """Whether the person manages a company of the fair (by its key), other than one: whose wishes they may say."""
    return bool(memberships(actor.person, fair).manager_of - {but})
