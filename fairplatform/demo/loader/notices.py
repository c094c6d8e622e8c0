"""The notices of the personas at the opening."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.urls import reverse

from booths.models import Demand, Inquiry, Quote
from fairplatform.accounts.models import User
from fairplatform.demands.notifying import excerpt
from fairplatform.notices.models import Notice
from fairplatform.notices.sentences import parameters_of
from meetings.models import Meeting, MeetingRequest

from ..additions import additions
from ..content.text import LANGUAGES, Text
from ..plan.entities import DemoPerson, Moment
from ..plan.events import DemoInquiry, DemoMeeting, DemoOutcome, DemoRequest
from .outcomes import DRAFTED_AT
from .rows import LoaderRun

SOON = timedelta(minutes=10)
MOVED_BEFORE = timedelta(hours=2)
READ_AFTER = timedelta(minutes=20)
TAKEN = Moment(3, time(10, 15))  # when the chamber took demands down
OUTCOMES = {
    "agreed": "outcome_agreed",
    "differing": "outcome_differs",
    "one_side": "outcome_stated",
    "none": "outcome_drafted",
}


@dataclass(frozen=True)
class PlannedNotice:
    """A notice to the person of this key; `key` is that of what it is about, for example a meeting."""

    person: str
    key: str
    code: str
    company: Text
    path: str
    at: datetime
    starts: datetime | None = None
    visitor: Text | None = None
    demand: Text | None = None


def load_notices(run: LoaderRun) -> None:
    """Creates the notices, or brings those there are up to date."""
    planner = _NoticePlanner(run)
    notices = {
        f"{planned.person}/{planned.code}/{planned.key}": _notice(run, planned)
        for person in run.plan.people
        if person.persona
        for planned in (*planner.notices(person), *_of_demands(run, person))
    }
    ids = run.rows.ids(Notice)
    run.rows.add(Notice, {key: notice for key, notice in notices.items() if key not in ids})
    existing = Notice.objects.in_bulk(ids.values())
    for key, notice in notices.items():
        notice.pk = ids[key]
    Notice.objects.bulk_update(
        [notice for notice in notices.values() if notice.pk in existing],
        ["parameters", "path", "created_at", "read_at"],
    )


def _notice(run: LoaderRun, planned: PlannedNotice) -> Notice:
    values = {
        "company": planned.company,
        "at": planned.starts.isoformat() if planned.starts else "",
        "person": planned.visitor,
        "demand": planned.demand,
    }
    is_read = planned.code == "outcome_agreed" or planned.at < run.now - timedelta(days=1)
    return Notice(
        recipient_id=run.rows.ids(User)[planned.person],
        fair=run.fair,
        code=planned.code,
        parameters={name: values[name] for name in parameters_of(planned.code)},
        path=planned.path,
        created_at=planned.at,
        read_at=planned.at + READ_AFTER if is_read else None,
    )


def _of_demands(run: LoaderRun, person: DemoPerson) -> Iterator[PlannedNotice]:
    """Of the person's own demands: those taken down for them, and the newest version of each quote."""
    names, ids = {firm.key: firm.name for firm in run.plan.companies}, run.rows.ids(Demand)
    own = Demand.objects.filter(pk__in=ids.values(), participation__key=person.company).in_bulk()
    for key in additions().taken:
        if demand := own.get(ids[key]):
            path = reverse("demands:confirm", args=[run.fair.slug, demand.pk])
            text, at = excerpt(demand.text), run.anchor.instant(TAKEN)
            yield PlannedNotice(person.key, key, "demand_taken", names[str(person.company)], path, at, demand=text)
    for answer in additions().answers:
        if demand := own.get(ids[answer.demand]):
            answers = reverse("demands:answers", args=[run.fair.slug, demand.pk])
            path = f"{answers}#quote-{run.rows.ids(Quote)[answer.key]}"
            code = "quote_changed" if len(answer.versions) > 1 else "quote_received"
            newest, text = answer.versions[-1], excerpt(demand.text)
            at = run.anchor.instant(Moment(newest.day, newest.at))
            yield PlannedNotice(person.key, answer.key, code, names[answer.exhibitor], path, at, demand=text)


class _NoticePlanner:
    """Derives from the plan what a person has been notified of."""

    def __init__(self, run: LoaderRun) -> None:
        self._run = run
        self._names = {firm.key: firm.name for firm in run.plan.companies}
        self._people = {person.key: person for person in run.plan.people}
        self._slots = {slot.key: slot for slot in run.plan.slots}
        self._outcomes = {planned.meeting: planned for planned in run.plan.outcomes}

    def notices(self, person: DemoPerson) -> Iterator[PlannedNotice]:
        for meeting in self._run.plan.meetings:
            is_named = person.key in meeting.people or person.key == meeting.interpreter
            if is_named and meeting.key in self._run.rows.ids(Meeting):
                yield from self._meeting(person, meeting)
        for request in self._run.plan.requests:
            if request.state == "pending":
                yield from self._request(person, request)
        for inquiry in self._run.plan.inquiries:
            if inquiry.exhibitor == person.company:
                yield self._inquiry(person, inquiry)

    def _request(self, person: DemoPerson, request: DemoRequest) -> Iterator[PlannedNotice]:
        firms = (request.buyer, request.exhibitor)
        sender, receiver = firms if request.asked_by == "buyer" else reversed(firms)
        if receiver == person.company:
            starts = self._run.anchor.start(self._slots[request.slot])
            path = f"{self._path('requests')}#request-{self._run.rows.ids(MeetingRequest)[request.key]}"
            asked = self._run.anchor.instant(request.asked)
            yield PlannedNotice(person.key, request.key, "request_received", self._names[sender], path, asked, starts)

    def _inquiry(self, person: DemoPerson, inquiry: DemoInquiry) -> PlannedNotice:
        row = self._run.rows.ids(Inquiry)[inquiry.key]
        path = f"{reverse('booths:my_booth', args=[self._run.fair.slug])}?inquiry={row}"
        visitor = self._people[inquiry.messages[0].author].name
        opened = self._run.anchor.instant(inquiry.opened)
        company = self._names[inquiry.buyer]
        return PlannedNotice(person.key, inquiry.key, "inquiry_opened", company, path, opened, visitor=visitor)

    def _meeting(self, person: DemoPerson, meeting: DemoMeeting) -> Iterator[PlannedNotice]:
        starts = self._run.anchor.start(self._slots[meeting.slot])
        partner, path = self._partner(person, meeting), self._path("meeting", meeting)
        if meeting.scene:
            yield PlannedNotice(person.key, meeting.key, "meeting_soon", partner, path, starts - SOON, starts)
        if meeting.moved_from and person.company:
            moved = self._run.now - MOVED_BEFORE
            yield PlannedNotice(person.key, meeting.key, "meeting_moved", partner, path, moved, starts)
        outcome = self._outcomes.get(meeting.key)
        if outcome and person.company and (at := self._last_statement_at(person, outcome, starts)):
            yield PlannedNotice(
                person.key, meeting.key, OUTCOMES[outcome.state], partner, self._path("outcome", meeting), at
            )

    def _last_statement_at(self, person: DemoPerson, outcome: DemoOutcome, starts: datetime) -> datetime | None:
        """When the other side's last statement was made; None when there is none but the person's own."""
        if outcome.draft:
            return starts + DRAFTED_AT
        stated = [at for at in (outcome.exhibitor_at, outcome.buyer_at) if at is not None]
        if not stated or (len(stated) == 1 and person.key in (outcome.exhibitor_by, outcome.buyer_by)):
            return None
        return starts + timedelta(seconds=max(stated))

    def _partner(self, person: DemoPerson, meeting: DemoMeeting) -> Text:
        exhibitor, buyer = self._names[meeting.exhibitor], self._names[meeting.buyer]
        if person.company == meeting.exhibitor:
            return buyer
        if person.company == meeting.buyer:
            return exhibitor
        return {language: f"{exhibitor[language]} · {buyer[language]}" for language in LANGUAGES}

    def _path(self, page: str, meeting: DemoMeeting | None = None) -> str:
        arguments = [self._run.rows.ids(Meeting)[meeting.key]] if meeting else []
        return reverse(f"meetings:{page}", args=[self._run.fair.slug, *arguments])
