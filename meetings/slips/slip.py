"""A company's answer slip: its meetings to come, and what it has said to each of them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q

from fairplatform.accounts.models import Staff, Viewer
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation
from fairplatform.i18n.text import Translated
from fairplatform.policy import Role
from meetings.models import Meeting, SlipAnswer
from meetings.models.meeting import Side

Says = SlipAnswer.Says
ItemState = Literal["open", "confirmed", "cannot", "moved", "cancelled"]
SlipState = Literal["silent", "changed", "cannot", "confirmed"]
ASKING = ("open", "moved", "cancelled")


@dataclass(frozen=True)
class Item:
    """A meeting as one of its companies sees it. `answer`: the last that it has said, maybe of another time."""

    meeting: Meeting
    side: Side
    answer: SlipAnswer | None

    @property
    def state(self) -> ItemState:
        """What the company has said to the meeting as it is now; open, moved, cancelled: nothing yet."""
        if self.meeting.state == Meeting.State.CANCELLED:
            return "cancelled"
        if self.answer is None:
            return "open"
        if self.answer.starts_at != self.meeting.starts_at:
            return "moved"
        return "cannot" if self.answer.says == Says.CANNOT else "confirmed"

    @property
    def asks(self) -> bool:
        return self.state in ASKING

    @property
    def token(self) -> str:
        """What its reader has seen of it: another token, and they have not seen what is there now."""
        said = f"{self.answer.pk}.{self.answer.made_at.isoformat()}" if self.answer else ""
        return f"{self.meeting.pk}/{self.meeting.starts_at.isoformat()}/{self.meeting.state}/{said}"

    @property
    def partner(self) -> Translated:
        name: Translated = self.meeting.company_of(self.side.other).name
        return name


@dataclass(frozen=True)
class Slip:
    """The slip of one company, by time. Loaded for a person: policy.LoadsForPerson."""

    participation: Participation
    items: Sequence[Item]

    @classmethod
    def load_for(cls, person: Viewer, **lookup: Any) -> "Slip | None":
        """`fair`: its slug, `participation`: its key. Without its items: `slip_of` reads them."""
        rows = Participation.objects.visible_to(person).filter(state=Participation.State.APPROVED)
        row = rows.filter(fair__slug=lookup["fair"], pk=lookup["participation"]).select_related("fair", "company")
        found = row.first()
        slip = cls(found, ()) if found else None
        return slip if slip and slip.roles_of(person) else None

    @property
    def fair_id(self) -> int:
        return self.participation.fair_id

    def roles_of(self, person: Viewer) -> frozenset[Role]:
        """A lead speaks for the company as its managers do; delegates are those of its unit.

        In a draft there are organisers alone.
        """
        own = memberships(person, self.fair_id)
        roles = own.roles & {Role.ORGANISER}
        if self.participation.fair.state == Fair.State.DRAFT:
            return roles
        if self.participation.pk in own.staff_of:
            roles |= {Role.STAFF}
            if self.participation.pk in own.manager_of or self._is_lead(person):
                roles |= {Role.MANAGER}
        return roles | ({Role.DELEGATED} if self.participation.unit_id in own.units else frozenset())

    def _is_lead(self, person: Viewer) -> bool:
        return Staff.objects.filter(company=self.participation.company_id, user=person.pk, is_lead=True).exists()

    @property
    def asked(self) -> list[Item]:
        return [item for item in self.items if item.asks]

    @property
    def refused(self) -> list[Item]:
        """The meetings that the company cannot attend."""
        return [item for item in self.items if item.state == "cannot"]

    @property
    def state(self) -> SlipState:
        """silent: it has said nothing yet. changed: something is moved, new or cancelled since it has."""
        if not any(item.answer for item in self.items):
            return "silent"
        if self.asked:
            return "changed"
        return "cannot" if self.refused else "confirmed"


def slips(participations: Iterable[Participation], now: datetime) -> list[Slip]:
    """Of those of these companies of one fair that have meetings to come, or something to see; two queries.

    A cancelled meeting is on the slip of a company that had confirmed it, until that has seen it.
    """
    companies = list(participations)
    keys = [one.pk for one in companies]
    answers = {
        (row.meeting_id, row.participation_id): row
        for row in SlipAnswer.objects.filter(participation__in=keys, meeting__slot__starts_at__gt=now)
    }
    found: dict[int, list[Item]] = defaultdict(list)
    for meeting in _meetings(keys, now):
        for side, key in ((Side.EXHIBITOR, meeting.exhibitor_id), (Side.BUYER, meeting.buyer_id)):
            answer = answers.get((meeting.pk, key))
            if meeting.state != Meeting.State.CANCELLED or (answer and answer.says == Says.CONFIRMED):
                found[key].append(Item(meeting, side, answer))
    return [Slip(one, found[one.pk]) for one in companies if found[one.pk]]


def slip_of(participation: Participation, now: datetime) -> Slip:
    return next(iter(slips([participation], now)), Slip(participation, ()))


def _meetings(participations: Sequence[int], now: datetime) -> Iterable[Meeting]:
    own = Q(exhibitor__in=participations) | Q(buyer__in=participations)
    states = (Meeting.State.CONFIRMED, Meeting.State.CANCELLED)
    rows = Meeting.objects.filter(own, state__in=states, slot__starts_at__gt=now)
    return rows.with_names().order_by("slot__starts_at", "pk")


Seen = Mapping[int, str]
"""By meeting, the token of the item that was seen."""
