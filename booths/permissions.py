"""Who is offered a meeting: nobody before the fair is open, nor after it is closed."""

from booths.models import Booth
from fairplatform.accounts.actor import Actor
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import Role, may


def may_request_meeting(actor: Actor, booth: Booth) -> bool:
    """Buyers of another company than the booth's; also visitors without an account, who can still sign in as one."""
    participation = booth.participation
    if not actor.person.is_authenticated:
        return participation.fair.state == Fair.State.OPEN
    own = memberships(actor.person, participation.fair_id)
    is_own = participation.pk in own.staff_of
    return may_meet(actor, participation, participation.fair) and Role.BUYER in own.roles and not is_own


def may_meet(actor: Actor, other: Participation, fair: Fair) -> bool:
    """Whether the actor may request a meeting with another company of this fair."""
    return fair.state == Fair.State.OPEN and may(actor, "request.make", other)


def may_say_wish(actor: Actor, fair: int, *, but: int | None = None) -> bool:
    """Whether the person manages a company of the fair (by its key), other than one: whose wishes they may say."""
    return bool(memberships(actor.person, fair).manager_of - {but})
