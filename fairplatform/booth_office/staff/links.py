"""How the people of a company come in: managers hand out their links, or have them sent by email."""

from datetime import datetime

from django.db import transaction

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import PersonalLink
from fairplatform.errors import Refused
from fairplatform.office.links.actions import Issued
from fairplatform.office.links.forms import Medium
from fairplatform.office.links.letters import send_access

from .actions import MANAGE, count_act, locked_colleague, registration_in


@transaction.atomic
def issue_link(actor: Actor, *, fair: str, staff: int, medium: Medium, now: datetime) -> Issued:
    """A new link and code to hand out; the earlier ones end.

    Raises Refused: not_permitted, link_of_other, too_fast.
    """
    colleague, _is_manager = locked_colleague(actor, MANAGE, fair, staff)
    if not colleague.link_may_be_shown:
        raise Refused("link_of_other")
    count_act(actor)
    row = registration_in(colleague.booth.fair, colleague.user, now=now)
    link = PersonalLink.issue(colleague.user, now=now, until=row.fair.links_last_until())
    write_audit_entry(actor, MANAGE, row, after={"links": medium, "registrations": [row.pk]})
    return Issued([(row, link)], [], [], 0)


@transaction.atomic
def send_link(actor: Actor, *, fair: str, staff: int, now: datetime) -> None:
    """A letter with a new link and code, to the person's own address.

    Raises Refused: not_permitted, no_email, link_of_other, too_fast.
    """
    colleague, _is_manager = locked_colleague(actor, MANAGE, fair, staff)
    if not colleague.user.email:
        raise Refused("no_email")
    if not colleague.link_may_be_sent:
        raise Refused("link_of_other")
    count_act(actor)
    row = registration_in(colleague.booth.fair, colleague.user, now=now)
    send_access.enqueue(row.pk)
    write_audit_entry(actor, MANAGE, row, after={"letters": [row.pk]})
