"""Coming to a booth, and asking there."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from chat.actions import add_members, open_conversation
from chat.models import Conversation
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Staff, User
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Participation
from fairplatform.fairs.people import persons
from fairplatform.i18n.times import ZONES
from fairplatform.notices.actions import notify
from fairplatform.policy import Role, load
from fairplatform.realtime import topic_names
from fairplatform.realtime.publish import publish_each

from .models import Booth, Inquiry, Visit
from .protocol import VisitStarted

SAME_VISIT = timedelta(minutes=10)


def staff_of(booth: Booth) -> Any:
    """The people of the booth's company who can sign in."""
    company = booth.participation.company_id
    return User.objects.filter(positions__company=company, is_active=True).order_by("pk")


def record_visit(actor: Actor, *, booth: int, now: datetime) -> Visit | None:
    """Somebody signed in has come; the staff hear of it unless they were here just now. None for the staff itself."""
    with transaction.atomic():
        place: Booth = load(Booth, actor, "booth.watch", pk=booth)
        if not actor.person.is_authenticated or Role.STAFF in place.roles_of(actor.person):
            return None
        day = now.astimezone(ZONES[place.fair.station_country]).date()
        start = {"first_at": now, "last_at": now}
        visit, is_first = Visit.objects.get_or_create(booth=place, user=actor.person, date=day, defaults=start)
        is_new = is_first or now - visit.last_at > SAME_VISIT
        visit.last_at = now
        visit.save(update_fields=["last_at"])
        if is_new:
            _announce(place, actor.person)
    return visit


def _announce(booth: Booth, visitor: Any) -> None:
    event = VisitStarted(
        booth=booth.pk,
        visitor=persons([visitor.pk], booth.fair_id)[visitor.pk],
        path=f"/fairs/{booth.fair.slug}/office/",
    )
    publish_each([topic_names.me(staff) for staff in staff_of(booth).values_list("pk", flat=True)], event)


def open_inquiry(actor: Actor, *, booth: int, now: datetime) -> Inquiry:
    """The visitor's conversation with this booth's staff: opened once, found again ever after."""
    with transaction.atomic():
        place: Booth = load(Booth, actor, "booth.write", lock=True, pk=booth)
        visitor = actor.person
        if Role.STAFF in place.roles_of(visitor):
            raise Refused("own_booth")
        staff = list(staff_of(place))
        inquiry = Inquiry.objects.filter(booth=place, visitor=visitor).select_related("conversation").first()
        if inquiry and inquiry.conversation.roles_of(visitor):
            return inquiry
        conversation = _circle(place, visitor, staff)
        if inquiry:
            # The visitor came for a company that they have left: what was written for it stays with the booth.
            inquiry.conversation, inquiry.opened_at = conversation, now
            inquiry.save(update_fields=["conversation", "opened_at"])
        else:
            inquiry = Inquiry.objects.create(
                fair=place.fair, booth=place, visitor=visitor, conversation=conversation, opened_at=now
            )
        _tell_staff(inquiry, staff, now)
    return inquiry


def _circle(booth: Booth, visitor: Any, staff: list[Any]) -> Conversation:
    """A conversation of the visitor, who comes for a company or in a role, with the people of the booth.

    Of several companies they come for the one that buys.
    """
    own = Participation.objects.filter(pk__in=memberships(visitor, booth.fair_id).staff_of)
    company = own.order_by("-buys", "pk").values_list("pk", flat=True).first()
    conversation = open_conversation(fair=booth.fair)
    add_members(conversation, [visitor], participation=company, role="" if company else Role.ORGANISER)
    add_members(conversation, staff, participation=booth.participation_id)
    return conversation


def let_in(instance: Staff, created: bool, **_: Any) -> None:
    """Whoever joins a company finds what was asked at its booths, and can answer it."""
    if created:
        asked = Inquiry.objects.filter(booth__participation__company=instance.company_id)
        for inquiry in asked.select_related("conversation", "booth"):
            add_members(inquiry.conversation, [instance.user], participation=inquiry.booth.participation_id)


def _tell_staff(inquiry: Inquiry, staff: list[Any], now: datetime) -> None:
    visitor = persons([inquiry.visitor_id], inquiry.fair_id)[inquiry.visitor_id]
    notify(
        staff,
        fair=inquiry.fair,
        code="inquiry_opened",
        parameters={"person": visitor.name, "company": visitor.company},
        path=f"/fairs/{inquiry.fair.slug}/office/?inquiry={inquiry.pk}",
        now=now,
    )
