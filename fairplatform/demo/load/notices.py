"""What the people one enters as have been told so far."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from booths.models import Inquiry
from fairplatform.accounts.models import User
from fairplatform.notices.models import Notice
from fairplatform.notices.sentences import parameters_of
from meetings.models import Meeting, MeetingRequest

from ..content.text import LANGUAGES, Text
from ..encounters import DemoInquiry, DemoMeeting, DemoOutcome, DemoRequest
from ..shapes import DemoPerson
from .outcomes import DRAFTED_AT
from .rows import Load

SOON = timedelta(minutes=10)
MOVED_BEFORE = timedelta(hours=2)
READ_AFTER = timedelta(minutes=20)
OUTCOMES = {
    "agreed": "outcome_agreed",
    "differing": "outcome_differs",
    "one_side": "outcome_stated",
    "none": "outcome_drafted",
}


@dataclass(frozen=True)
class Told:
    """One notice: `key` is what it is about."""

    person: str
    key: str
    code: str
    company: Text
    path: str
    at: datetime
    starts: datetime | None = None
    visitor: Text | None = None


def load_notices(load: Load) -> None:
    """Writes them, or brings those that stand up to the hour."""
    teller = _Teller(load)
    told = {
        f"{one.person}/{one.code}/{one.key}": _notice(load, one)
        for person in load.plan.people
        if person.door
        for one in teller.told(person)
    }
    standing = load.rows.of(Notice)
    load.rows.add(Notice, {key: notice for key, notice in told.items() if key not in standing})
    known = Notice.objects.in_bulk(standing.values())
    for key, notice in told.items():
        notice.pk = standing[key]
    Notice.objects.bulk_update(
        [notice for notice in told.values() if notice.pk in known], ["parameters", "path", "created_at", "read_at"]
    )


def _notice(load: Load, one: Told) -> Notice:
    words = {
        "company": one.company,
        "at": one.starts.isoformat() if one.starts else "",
        "person": one.visitor,
    }
    is_read = one.code == "outcome_agreed" or one.at < load.now - timedelta(days=1)
    return Notice(
        recipient_id=load.rows.of(User)[one.person],
        fair=load.fair,
        code=one.code,
        parameters={name: words[name] for name in parameters_of(one.code)},
        path=one.path,
        created_at=one.at,
        read_at=one.at + READ_AFTER if is_read else None,
    )


class _Teller:
    """Finds what has happened to a person."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._names = {firm.key: firm.name for firm in load.plan.companies}
        self._people = {person.key: person for person in load.plan.people}
        self._slots = {slot.key: slot for slot in load.plan.slots}
        self._outcomes = {one.meeting: one for one in load.plan.outcomes}

    def told(self, person: DemoPerson) -> Iterator[Told]:
        for meeting in self._load.plan.meetings:
            is_named = person.key in meeting.people or person.key == meeting.interpreter
            if is_named and meeting.key in self._load.rows.of(Meeting):
                yield from self._meeting(person, meeting)
        for request in self._load.plan.requests:
            if request.state == "pending":
                yield from self._request(person, request)
        for inquiry in self._load.plan.inquiries:
            if inquiry.exhibitor == person.company:
                yield self._inquiry(person, inquiry)

    def _request(self, person: DemoPerson, request: DemoRequest) -> Iterator[Told]:
        firms = (request.buyer, request.exhibitor)
        sender, receiver = firms if request.asked_by == "buyer" else reversed(firms)
        if receiver == person.company:
            starts = self._load.anchor.start(self._slots[request.slot])
            path = f"{self._path('requests')}#request-{self._load.rows.of(MeetingRequest)[request.key]}"
            asked = self._load.anchor.instant(request.asked)
            yield Told(person.key, request.key, "request_received", self._names[sender], path, asked, starts)

    def _inquiry(self, person: DemoPerson, inquiry: DemoInquiry) -> Told:
        row = self._load.rows.of(Inquiry)[inquiry.key]
        path = f"{reverse('booths:office', args=[self._load.fair.slug])}?inquiry={row}"
        visitor = self._people[inquiry.messages[0].author].name
        opened = self._load.anchor.instant(inquiry.opened)
        company = self._names[inquiry.buyer]
        return Told(person.key, inquiry.key, "inquiry_opened", company, path, opened, visitor=visitor)

    def _meeting(self, person: DemoPerson, meeting: DemoMeeting) -> Iterator[Told]:
        starts = self._load.anchor.start(self._slots[meeting.slot])
        partner, path = self._partner(person, meeting), self._path("meeting", meeting)
        if meeting.scene:
            yield Told(person.key, meeting.key, "meeting_soon", partner, path, starts - SOON, starts)
        if meeting.moved_from and person.company:
            moved = self._load.now - MOVED_BEFORE
            yield Told(person.key, meeting.key, "meeting_moved", partner, path, moved, starts)
        outcome = self._outcomes.get(meeting.key)
        if outcome and person.company and (at := self._last_said(person, outcome, starts)):
            yield Told(person.key, meeting.key, OUTCOMES[outcome.state], partner, self._path("outcome", meeting), at)

    def _last_said(self, person: DemoPerson, outcome: DemoOutcome, starts: datetime) -> datetime | None:
        """When the person was told what was said; None when nobody but themselves has said anything."""
        if outcome.draft:
            return starts + DRAFTED_AT
        said = [at for at in (outcome.exhibitor_at, outcome.buyer_at) if at is not None]
        if not said or (len(said) == 1 and person.key in (outcome.exhibitor_by, outcome.buyer_by)):
            return None
        return starts + timedelta(seconds=max(said))

    def _partner(self, person: DemoPerson, meeting: DemoMeeting) -> Text:
        exhibitor, buyer = self._names[meeting.exhibitor], self._names[meeting.buyer]
        if person.company == meeting.exhibitor:
            return buyer
        if person.company == meeting.buyer:
            return exhibitor
        return {language: f"{exhibitor[language]} · {buyer[language]}" for language in LANGUAGES}

    def _path(self, page: str, meeting: DemoMeeting | None = None) -> str:
        place = [self._load.rows.of(Meeting)[meeting.key]] if meeting else []
        return reverse(f"meetings:{page}", args=[self._load.fair.slug, *place])
