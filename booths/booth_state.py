"""The part of a booth that changes while somebody looks at it: who is there, and the reader's own inquiry."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from chat.models import Conversation
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Staff
from fairplatform.i18n.languages import language_names
from fairplatform.policy import Role, may
from fairplatform.realtime.hub import HUB

from .models import Booth, Inquiry, Shift
from .protocol import StaffMember
from .queries import next_shifts


@dataclass(frozen=True)
class StaffPresence:
    """One of the exhibitor's people, and whether they are at the booth now."""

    staff: Staff
    is_here: bool

    @property
    def languages(self) -> list[str]:
        """The names of the languages they can be spoken to in."""
        return language_names(self.staff.user.speaks)


@dataclass(frozen=True)
class NextShift:
    """Somebody who comes to the booth next."""

    shift: Shift

    @property
    def languages(self) -> list[str]:
        return language_names(self.shift.staff.user.speaks)


@dataclass(frozen=True)
class BoothState:
    """What a booth's page shows at first; the socket keeps it up to date. `inquiry` is the reader's own, if any."""

    staff: list[StaffPresence]
    visitors: int
    inquiry: Inquiry | None
    may_write: bool
    is_own: bool
    next_shifts: Iterable[NextShift]
    """Of those who come next, whether or not somebody is here."""

    @property
    def is_staffed(self) -> bool:
        """Whether any of its people are at the booth now."""
        return any(presence.is_here for presence in self.staff)


def booth_state(booth: Booth, actor: Actor) -> BoothState:
    """The state for this reader; people who are at the booth come first."""
    person = actor.person
    staff, here = staff_of(booth), HUB.here(booth.topic)
    inquiry = None
    if person.is_authenticated:
        visible = Conversation.objects.visible_to(person).values("pk")
        own = Inquiry.objects.filter(booth=booth, visitor=person, conversation__in=visible)
        inquiry = own.select_related("conversation").first()
    presences = [StaffPresence(row, row.user_id in here) for row in staff]
    return BoothState(
        staff=sorted(presences, key=lambda presence: not presence.is_here),
        visitors=len(here - {row.user_id for row in staff}),
        inquiry=inquiry,
        may_write=may(actor, "booth.write", booth),
        is_own=Role.STAFF in booth.roles_of(person),
        next_shifts=[NextShift(shift) for shift in next_shifts(booth, timezone.now())],
    )


def staff_of(booth: Booth) -> list[Staff]:
    """The active people of the booth's company, managers first."""
    rows = Staff.objects.filter(company=booth.participation.company_id, user__is_active=True)
    return list(rows.select_related("user").order_by("-is_manager", "pk"))


def staff_member(row: Staff) -> StaffMember:
    """The same as the socket sends it."""
    return StaffMember(id=row.user_id, name=row.user.name, position=row.position, languages=row.user.speaks)
