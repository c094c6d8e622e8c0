"""Visits to booths, and inquiries at them."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from chat.actions import add_members, open_conversation
from chat.models import Conversation
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Staff, User
from fairplatform.errors import Refused
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Participation
from fairplatform.fairs.people import people_by_key
from fairplatform.notices.actions import notify
from fairplatform.policy import Role, load
from fairplatform.realtime import topic_names
from fairplatform.realtime.publish import publish_each

from .models import Booth, Inquiry, Visit
from .protocol import VisitStarted

SAME_VISIT = timedelta(minutes=10)


def staff_users(booth: Booth) -> "QuerySet[User]":
    """The active people of the booth's company."""
    company = booth.participation.company_id
    return User.objects.filter(positions__company=company, is_active=True).order_by("pk")


def record_visit(actor: Actor, *, booth: int, now: datetime) -> Visit | None:
    """Records that a signed-in visitor has come, and tells the staff unless it was within SAME_VISIT of the last time.

    None for visitors without an account and for the booth's own staff.
    """
    with transaction.atomic():
        visited: Booth = load(Booth, actor, "booth.watch", pk=booth)
        if not actor.person.is_authenticated or Role.STAFF in visited.roles_of(actor.person):
            return None
        _host, station = visited.fair.places
        times = {"first_at": now, "last_at": now}
        visit, is_first = Visit.objects.get_or_create(
            booth=visited, user=actor.person, date=station.date(now), defaults=times
        )
        is_new = is_first or now - visit.last_at > SAME_VISIT
        visit.last_at = now
        visit.save(update_fields=["last_at"])
        if is_new:
            _publish_visit(visited, actor.person)
    return visit


def _publish_visit(booth: Booth, visitor: User) -> None:
    event = VisitStarted(
        booth=booth.pk,
        visitor=people_by_key([visitor.pk], booth.fair_id)[visitor.pk],
        path=reverse("booths:my_booth", args=[booth.fair.slug]),
    )
    publish_each([topic_names.me(staff) for staff in staff_users(booth).values_list("pk", flat=True)], event)


def open_inquiry(actor: Actor, *, booth: int, now: datetime) -> Inquiry:
    """The visitor's inquiry at this booth; opened and notified to the staff the first time, later the same one.

    Raises Refused("own_booth") for the booth's own staff.
    """
    with transaction.atomic():
        asked: Booth = load(Booth, actor, "booth.write", lock=True, pk=booth)
        visitor = actor.person
        if Role.STAFF in asked.roles_of(visitor):
            raise Refused("own_booth")
        staff = list(staff_users(asked))
        inquiry = Inquiry.objects.filter(booth=asked, visitor=visitor).select_related("conversation").first()
        if inquiry and inquiry.conversation.roles_of(visitor):
            return inquiry
        conversation = _new_conversation(asked, visitor, staff)
        if inquiry:
            # The visitor wrote for a company they have left: that conversation stays with the company and the booth.
            inquiry.conversation, inquiry.opened_at = conversation, now
            inquiry.save(update_fields=["conversation", "opened_at"])
        else:
            inquiry = Inquiry.objects.create(
                fair=asked.fair, booth=asked, visitor=visitor, conversation=conversation, opened_at=now
            )
        _notify_staff(inquiry, staff, now)
    return inquiry


def _new_conversation(booth: Booth, visitor: User, staff: list[User]) -> Conversation:
    """A conversation of the booth's people with the visitor, who is in it for a company, else as an organiser.

    A visitor of several companies is in it for the one that buys.
    """
    own = Participation.objects.filter(pk__in=memberships(visitor, booth.fair_id).staff_of)
    company = own.order_by("-buys", "pk").values_list("pk", flat=True).first()
    conversation = open_conversation(fair=booth.fair)
    add_members(conversation, [visitor], participation=company, role="" if company else Role.ORGANISER)
    add_members(conversation, staff, participation=booth.participation_id)
    return conversation


def add_to_inquiries(instance: Staff, created: bool, **_: object) -> None:
    """After a person has joined a company: adds them to the conversations of all inquiries at its booths."""
    if created:
        inquiries = Inquiry.objects.filter(booth__participation__company=instance.company_id)
        for inquiry in inquiries.select_related("conversation", "booth"):
            add_members(inquiry.conversation, [instance.user], participation=inquiry.booth.participation_id)


def _notify_staff(inquiry: Inquiry, staff: list[User], now: datetime) -> None:
    visitor = people_by_key([inquiry.visitor_id], inquiry.fair_id)[inquiry.visitor_id]
    notify(
        staff,
        fair=inquiry.fair,
        code="inquiry_opened",
        parameters={"person": visitor.name, "company": visitor.company},
        path=reverse("booths:my_booth", args=[inquiry.fair.slug], query={"inquiry": inquiry.pk}),
        now=now,
    )
