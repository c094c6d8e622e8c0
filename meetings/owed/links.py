"""One-time links to the outcomes that companies owe: for organisers to hand out, and in the letter that asks again."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.accounts.models import User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation
from fairplatform.notices.letters import LINKS, LetterLink
from fairplatform.notices.models import Notice
from fairplatform.policy import check
from meetings.models import Meeting, OutcomeVersion
from meetings.models.meeting import Side
from meetings.outcomes.links import ISSUING, IssuedOutcomeLink, make_links, may_confirm, version_to_confirm
from meetings.outcomes.queries import represented_side

from .queries import Item, Owing, by_company, owed, owing

PERMISSION = ISSUING
AT_ONCE = 300  # links


class Handed(NamedTuple):
    """A person's link to one outcome that their company owes."""

    owing: Owing
    item: Item
    person: User
    issued: IssuedOutcomeLink


@transaction.atomic
def issue_outcome_links(actor: Actor, *, fair: Fair, companies: Collection[int] | None, now: datetime) -> list[Handed]:
    """New links to the versions that these companies are asked to confirm, for those who speak for them there.

    Where nothing is written yet there is nothing to confirm, and no link. `companies`: keys of participations, None
    for all. Raises Refused: not_now in a draft, too_many_people.
    """
    check(actor, PERMISSION, fair)
    if fair.state == Fair.State.DRAFT:
        raise Refused("not_now")
    lines = by_company(owed(actor.person, fair, now))
    wanted = [key for key in lines if companies is None or key in companies]
    rows = Participation.objects.filter(pk__in=wanted).select_related("company", "unit").order_by("pk")
    asked = [
        (one, item, version, people)
        for one in owing(rows, lines)
        for item in one.items
        if (version := _version_of(item.meeting, item.line.side)) and (people := _entitled(one, item))
    ]
    if sum(len(people) for *_of, people in asked) > AT_ONCE:
        raise Refused("too_many_people", limit=AT_ONCE)
    handed = []
    for one, item, version, people in asked:
        links = make_links(people, version=version, side=item.line.side, issued_by=actor.user, now=now)
        handed += [Handed(one, item, person, link) for person, link in zip(people, links, strict=True)]
    if handed:
        links_of = [[one.issued.link.user_id, one.issued.link.version_id] for one in handed]
        write_audit_entry(actor, PERMISSION, fair, after={"outcome_links": links_of})
    return handed


def address_of(fair: Fair, secret: str) -> str:
    return f"{settings.PUBLIC_URL}{reverse('meetings:outcome_link', args=[fair.slug, secret])}"


def link_lines(fair: Fair, secret: str, code: str) -> list[str]:
    """For a message in the active language: the link and the code each on a line of its own."""
    return [address_of(fair, secret), gettext("Entry code: %(code)s") % {"code": code}]


def install() -> None:
    """Enters the link among those of letters."""
    LINKS["outcome_asked"] = _of_letter


def _of_letter(notice: Notice) -> LetterLink | None:
    """Made when the letter is sent: to what there is to confirm then, for whom it is written to."""
    try:
        key = resolve(notice.path).kwargs["pk"]
    except (Resolver404, KeyError):
        return None
    now, person = timezone.now(), notice.recipient
    meeting = Meeting.objects.visible_to(person).filter(pk=key, fair=notice.fair).first()
    if meeting is None:
        return None
    try:
        side = represented_side(person, meeting)
    except Refused:
        return None
    version = _version_of(meeting, side)
    if version is None or not may_confirm(person, meeting, side):
        return None
    with transaction.atomic():
        [issued] = make_links([person], version=version, side=side, issued_by=None, now=now)
    code = gettext("To confirm without signing in, open the link and enter the code %(code)s. It can be used once.")
    return LetterLink(address_of(notice.fair, issued.secret), code % {"code": issued.code})


def _version_of(meeting: Meeting, side: Side) -> OutcomeVersion | None:
    outcome = getattr(meeting, "outcome", None)
    return version_to_confirm(outcome, side) if outcome else None


def _entitled(one: Owing, item: Item) -> Sequence[User]:
    """Of those who are asked, whom the outcome of this meeting lets confirm it for their company."""
    return [person for person in one.speakers_at(item) if may_confirm(person, item.meeting, item.line.side)]
