"""Moves what belongs to one person to another account of theirs. Of two rows that cannot both stay, its own stays."""

from collections.abc import Mapping
from datetime import datetime

from allauth.account.models import EmailAddress
from django.db.models import Model, Q

from booths.models import Demand, Draft, Favourite, Inquiry, NotInterested, Shift, Visit
from chat.models import Member, Message
from fairplatform.accounts.models import Staff, User
from fairplatform.fairs.models import Absence, Preference, RoleAssignment
from fairplatform.files.models import File
from fairplatform.notices.actions import hand_over
from fairplatform.report.models import BriefDraft
from fairplatform.workbook.models import WorkbookImport
from meetings.models import (
    Attendance,
    Booking,
    CalendarFeed,
    Change,
    ChangedMeeting,
    Correction,
    MeetingRequest,
    OutcomeLink,
    OutcomeVersion,
    Pair,
    Participant,
    PlannedBooking,
    PlannedMeeting,
    Run,
    Satisfaction,
    ScheduleVersion,
    SlipAnswer,
    Statement,
    Tick,
    TickRound,
)
from meetings.models.booking import person

from ..merged_rows import move_apart
from .merge_registrations import unite_registrations

# What names a person and can be named twice: it names the one that stays.
NAMED: Mapping[type[Model], tuple[str, ...]] = {
    BriefDraft: ("written_by",),
    Change: ("user", "made_by", "on_behalf_of"),
    ChangedMeeting: ("interpreter",),
    Correction: ("made_by",),
    Demand: ("taken_by", "confirmed_by"),
    File: ("uploaded_by",),
    MeetingRequest: ("made_by", "on_behalf_of", "answered_by"),
    Message: ("on_behalf_of",),
    NotInterested: ("said_by",),
    OutcomeLink: ("issued_by",),
    OutcomeVersion: ("written_by", "on_behalf_of"),
    Pair: ("interpreter",),
    PlannedMeeting: ("interpreter",),
    Preference: ("said_by",),
    Run: ("user", "on_behalf_of"),
    Satisfaction: ("made_by",),
    SlipAnswer: ("made_by", "on_behalf_of"),
    Statement: ("made_by",),
    Tick: ("answered_by",),
    TickRound: ("opened_by",),
    WorkbookImport: ("user",),
}
# What each person has once: of two that are the same in these fields, the one of who stays is kept.
ONCE: Mapping[type[Model], tuple[str, tuple[str, ...]]] = {
    Absence: ("user", ("fair", "date", "from_time", "until_time", "zone")),
    Favourite: ("user", ("fair", "booth", "product")),
    Inquiry: ("visitor", ("booth",)),
    Visit: ("user", ("booth", "date")),
}


def move_all(goes: User, stays: User, now: datetime) -> None:
    _schedules(goes, stays)
    for model, names in NAMED.items():
        for name in names:
            model._base_manager.filter(**{name: goes}).update(**{name: stays})
    for model, (owner, unique) in ONCE.items():
        move_apart(model._base_manager.filter(**{owner: goes}), owner, stays, unique)
    for move in (_positions, _roles, _conversations, _meetings, _drafts):
        move(goes, stays)
    _attendances(goes, stays, now)
    unite_registrations(goes, stays)
    hand_over(goes, stays)
    CalendarFeed.objects.filter(user=goes).delete()
    OutcomeLink.objects.filter(user=goes).delete()
    EmailAddress.objects.filter(user=goes).delete()


def _positions(goes: User, stays: User) -> None:
    """Of two positions in one company the one of who stays, with the trust of either; and their shifts."""
    own = {row.company_id: row for row in Staff.objects.filter(user=stays)}
    for row in Staff.objects.filter(user=goes).order_by("pk"):
        same = own.get(row.company_id)
        if same is None:
            row.user = stays
            row.save(update_fields=["user"])
            _move_shifts(row, row, stays)
            continue
        for name in ("decides", "is_manager", "is_lead"):
            setattr(same, name, getattr(same, name) or getattr(row, name))
        same.position = same.position or row.position
        same.save()
        _move_shifts(row, same, stays)
        row.delete()


def _move_shifts(leaving: Staff, staying: Staff, stays: User) -> None:
    """Nobody has two shifts at one time."""
    for shift in Shift.objects.filter(staff=leaving):
        others = Shift.objects.filter(staff__user=stays).exclude(pk=shift.pk)
        if others.filter(starts_at__lt=shift.ends_at, ends_at__gt=shift.starts_at).exists():
            shift.delete()
        elif leaving != staying:
            shift.staff = staying
            shift.save(update_fields=["staff"])


def _roles(goes: User, stays: User) -> None:
    """An interpreter entered twice has the languages of both, and the lower limit."""
    for row in RoleAssignment.objects.filter(user=goes).order_by("pk"):
        same = RoleAssignment.objects.filter(user=stays, fair=row.fair_id, role=row.role, unit=row.unit_id).first()
        if same is None:
            row.user = stays
            row.save(update_fields=["user"])
            continue
        same.language_pairs = list(dict.fromkeys([*same.language_pairs, *row.language_pairs]))
        limits = [limit for limit in (same.max_minutes_a_day, row.max_minutes_a_day) if limit is not None]
        same.max_minutes_a_day = min(limits, default=None)
        same.on_call = same.on_call and row.on_call
        same.save()
        row.delete()


def _conversations(goes: User, stays: User) -> None:
    """Who was in a conversation twice has read in it what either has; their messages are all theirs."""
    own = {row.conversation_id: row for row in Member.objects.filter(user=stays)}
    for row in Member.objects.filter(user=goes):
        if same := own.get(row.conversation_id):
            same.read_up_to = max(same.read_up_to, row.read_up_to)
            same.save(update_fields=["read_up_to"])
            row.delete()
        else:
            row.user = stays
            row.save(update_fields=["user"])
    again = Message.objects.filter(author=stays).values("client_id")
    Message.objects.filter(author=goes).exclude(client_id__in=again).update(author=stays)


def _meetings(goes: User, stays: User) -> None:
    """A colleague who is also named as a representative is one."""
    own = {row.meeting_id: row for row in Participant._base_manager.filter(user=stays)}
    for row in Participant._base_manager.filter(user=goes):
        if same := own.get(row.meeting_id):
            if row.role == Participant.Part.PARTY:
                same.role = row.role
                same.save(update_fields=["role"])
            row.delete()
        else:
            row.user = stays
            row.save(update_fields=["user"])
    rows = Booking.objects.filter(resource=person(goes.pk))
    taken = Booking.objects.filter(resource=person(stays.pk)).values("slot")
    rows.filter(slot__in=taken).delete()
    rows.update(resource=person(stays.pk))


def _attendances(goes: User, stays: User, now: datetime) -> None:
    """A connection of the account that goes ends with its access."""
    rows = Attendance.objects.filter(user=goes)
    rows.filter(left_at=None).update(left_at=now)
    rows.update(user=stays)


def _schedules(goes: User, stays: User) -> None:
    """A draft in which both interpret is made again; in any other the one that stays takes the place."""
    drafts = ScheduleVersion.objects.filter(state=ScheduleVersion.State.DRAFT)
    with_goes, with_stays = (PlannedMeeting.objects.filter(interpreter=one).values("version") for one in (goes, stays))
    drafts.filter(Q(pk__in=with_goes) & Q(pk__in=with_stays)).delete()
    own = PlannedBooking.objects.filter(resource=person(stays.pk)).values_list("version", "starts_at")
    taken = set(own)
    for booking in PlannedBooking.objects.filter(resource=person(goes.pk)):
        if (booking.version_id, booking.starts_at) not in taken:
            booking.resource = person(stays.pk)
            booking.save(update_fields=["resource"])


def _drafts(goes: User, stays: User) -> None:
    """What is typed for a new product; who stays goes on with their own where both have begun one."""
    taken = Draft.objects.filter(new_by=stays).values("company")
    Draft.objects.filter(new_by=goes).exclude(company__in=taken).update(new_by=stays)
