"""What changes at a booth while one looks: its people, its visitors, and what was asked there."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from chat.models import Conversation, Member, Message
from chat.queries import newest_number
from fairplatform.accounts.models import Staff
from fairplatform.policy import Role, may
from fairplatform.realtime.hub import HUB

from .models import Booth, Inquiry
from .protocol import StaffMember

SPOKEN = {"zh": _("Chinese"), "zh-hans": _("Chinese"), "en": _("English"), "ur": _("Urdu")}


@dataclass(frozen=True)
class Attendant:
    """One of the exhibitor's people, and the languages they can be spoken to in."""

    place: Staff
    is_here: bool

    @property
    def spoken(self) -> list[str]:
        return [str(SPOKEN[code]) for code in self.place.languages if code in SPOKEN]


@dataclass(frozen=True)
class Live:
    """What the live part of a booth's page shows at first; the socket keeps it true."""

    staff: list[Attendant]
    visitors: int
    inquiry: Inquiry | None
    may_write: bool
    is_own: bool


def live(booth: Booth, actor: Any) -> Live:
    person = actor.person
    staff, here = staff_rows(booth), HUB.here(booth.topic)
    ours = {row.user_id for row in staff}
    inquiry = None
    if person.is_authenticated:
        own = Conversation.objects.visible_to(person).values("pk")
        asked = Inquiry.objects.filter(booth=booth, visitor=person, conversation__in=own)
        inquiry = asked.select_related("conversation").first()
    return Live(
        staff=sorted((Attendant(row, row.user_id in here) for row in staff), key=lambda one: not one.is_here),
        visitors=len(here - ours),
        inquiry=inquiry,
        may_write=may(actor, "booth.write", booth),
        is_own=Role.STAFF in booth.roles_of(person),
    )


def staff_rows(booth: Booth) -> list[Staff]:
    rows = Staff.objects.filter(company=booth.participation.company_id, user__is_active=True)
    return list(rows.select_related("user").order_by("-is_manager", "pk"))


def staff_member(row: Staff) -> StaffMember:
    return StaffMember(id=row.user_id, name=row.user.name, position=row.position, languages=row.languages)


def inquiries(booth: Booth, person: Any) -> "QuerySet[Inquiry]":
    """What visitors asked, the longest waiting first, with `unread` of this person and `waiting_since`.

    Someone waits from their first message after the booth's last; a conversation without a message waits for nobody.
    """
    of_this = Message.objects.filter(conversation=OuterRef("conversation"))
    # A company's colleague of the visitor does not sit in this conversation: who is not the visitor is the booth.
    answered = of_this.exclude(author=OuterRef("visitor")).order_by("-seq").values("seq")[:1]
    mine = Member.objects.filter(conversation=OuterRef("conversation"), user=person).values("read_up_to")[:1]
    rows = booth.inquiries.select_related("conversation").annotate(
        answered_up_to=Coalesce(Subquery(answered), 0),
        unread=newest_number(OuterRef("conversation")) - Coalesce(Subquery(mine), 0),
    )
    later = Q(seq__gt=OuterRef("answered_up_to"), author=OuterRef("visitor"))
    waiting = of_this.filter(later).order_by().values("conversation").annotate(at=Min("sent_at")).values("at")
    return rows.annotate(waiting_since=Subquery(waiting)).order_by(
        F("waiting_since").asc(nulls_last=True), F("conversation__last_message_at").desc(nulls_last=True), "-pk"
    )
