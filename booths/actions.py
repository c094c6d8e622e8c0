"""Coming to a booth, and asking there."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from chat.actions import add_members, open_conversation
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import User
from fairplatform.fairs.people import persons
from fairplatform.language.refusals import Refused
from fairplatform.language.times import ZONES
from fairplatform.notices.actions import notify
from fairplatform.policy import Role, load
from fairplatform.realtime.publish import publish_each

from .models import Booth, Inquiry, Visit
from .protocol import VisitStarted

SAME_VISIT = timedelta(minutes=10)


def staff_of(booth: Booth) -> Any:
    """The people of the booth's company who can sign in."""
    company = booth.participation.company_id
    return User.objects.filter(positions__company=company, is_active=True).order_by("pk")


def record_visit(actor: Actor, *, booth: int, now: datetime) -> Visit | None:
    """Somebody signed in has come; the staff hear of it unless he was here a moment ago. None for the staff itself."""
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
    publish_each([f"me:{staff}" for staff in staff_of(booth).values_list("pk", flat=True)], event)


def open_inquiry(actor: Actor, *, booth: int, now: datetime) -> Inquiry:
    """The visitor's conversation with this booth's staff: opened once, found again ever after."""
    with transaction.atomic():
        place: Booth = load(Booth, actor, "booth.write", lock=True, pk=booth)
        visitor = actor.person
        if Role.STAFF in place.roles_of(visitor):
            raise Refused("own_booth")
        staff = list(staff_of(place))
        if inquiry := Inquiry.objects.filter(booth=place, visitor=visitor).select_related("conversation").first():
            # Whoever joined the company since then can answer too.
            add_members(inquiry.conversation, staff)
            return inquiry
        conversation = open_conversation(fair=place.fair, people=[visitor, *staff])
        inquiry = Inquiry.objects.create(
            fair=place.fair, booth=place, visitor=visitor, conversation=conversation, opened_at=now
        )
        _tell_staff(inquiry, staff, now)
    return inquiry


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
