"""How long the report of a large fair takes, in CPU seconds of one core: 3,500 companies with 21,000 people, 8,800
meetings with two connections and two ratings each, half of them with an outcome, and 2,000 requests; and its daily
brief.
"""

import json
import sys
from datetime import UTC, date, datetime, timedelta
from time import process_time
from typing import TYPE_CHECKING

from bench.processes import our_servers
from bench.table import Row, at_most, show
from tests.servers.serve import Servers

if TYPE_CHECKING:
    from fairplatform.fairs.models import Fair

COMPANIES, PEOPLE, MEETINGS, REQUESTS, SLOTS, MOST = 3_500, 21_000, 8_800, 2_000, 80, 2.0
FIRST, NOW = datetime(2026, 5, 4, 1, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC)


def report_here() -> None:
    """Fills a fair in the database of this process and makes its report; prints what each step took, in CPU seconds."""
    from fairplatform.report.briefs.figures import brief_figures
    from fairplatform.report.data import figures_data, rows_data
    from fairplatform.report.figures import compute
    from fairplatform.report.files import WRITERS
    from fairplatform.report.rows import read_rows
    from fairplatform.report.tables import Report, chosen_languages

    fair = _large_fair()
    began = process_time()
    rows = read_rows(fair, now=NOW)
    report = Report(rows, compute(rows), chosen_languages(["zh", "en"]))
    counted = process_time()
    by_key = {figure.key: figure.value for figure in report.figures}
    assert (by_key["companies"], by_key["meetings_held"]) == (COMPANIES, MEETINGS)
    json.dumps({"figures": figures_data(report), "rows": rows_data(rows)})
    exported = process_time()
    brief_figures(rows, date(2026, 5, 4))
    briefed = process_time()
    took = {"counted": counted - began, "exported": exported - counted, "briefed": briefed - exported}
    for form, write in WRITERS.items():
        start = process_time()
        write(report)
        took[form] = process_time() - start
    sys.stdout.write(json.dumps(took))


def _large_fair() -> "Fair":
    from django.db.models import F, OuterRef, Subquery

    from chat.models import Conversation
    from fairplatform.accounts.models import Company, Staff, User
    from fairplatform.fairs.models import FairDay, Participation, Slot
    from meetings.models import Attendance, Meeting, MeetingRequest, Outcome, OutcomeVersion, Satisfaction
    from meetings.models.outcome import Statement
    from tests.factories import make_fair, three

    fair = make_fair(min_meetings=2)
    hall = fair.halls.get()
    companies = Company.objects.bulk_create(
        Company(
            name=three(f"Company {number}"), slug=f"bench-{number}", kind="trader" if number % 3 else "manufacturer",
            country="PK" if number % 2 else "CN", city="lahore" if number % 2 else "yongkang",
            prefecture=f"Prefecture {number % 11}", county=f"County {number % 90}",
        )
        for number in range(COMPANIES)
    )  # fmt: skip
    own = Participation.objects.bulk_create(
        Participation(
            fair=fair, company=company, key=f"c-{number}", sells=number % 2 == 0, buys=number % 2 == 1,
            hall=None if number % 2 else hall, state="approved",
        )
        for number, company in enumerate(companies)
    )  # fmt: skip
    people = User.objects.bulk_create(
        User(email=f"bench{number}@example.com", name=three(f"Person {number}")) for number in range(PEOPLE)
    )
    Staff.objects.bulk_create(
        Staff(company=companies[number % COMPANIES], user=user, position="proprietor", is_lead=number < COMPANIES)
        for number, user in enumerate(people)
    )
    day = FairDay.objects.create(fair=fair, number=1, date=date(2026, 5, 4))
    slots = Slot.objects.bulk_create(
        Slot(
            fair=fair, day=day, number=number + 1, starts_at=FIRST + timedelta(minutes=30 * number),
            ends_at=FIRST + timedelta(minutes=30 * number + 25),
        )
        for number in range(SLOTS)
    )  # fmt: skip
    conversations = Conversation.objects.bulk_create(Conversation(fair=fair) for _ in range(MEETINGS))
    meetings = Meeting.objects.bulk_create(
        Meeting(
            fair=fair, exhibitor=own[2 * number % COMPANIES], buyer=own[(2 * (number // 9) + 1) % COMPANIES],
            slot=slots[number % SLOTS], conversation=conversations[number], state="held",
        )
        for number in range(MEETINGS)
    )  # fmt: skip
    Attendance.objects.bulk_create(
        Attendance(
            meeting=meeting, user=people[place], side=side, role="party", connection_id=f"{side}-{meeting.pk}",
            entered_at=meeting.slot.starts_at, connected_at=meeting.slot.starts_at,
            left_at=meeting.slot.starts_at + timedelta(minutes=5 + meeting.pk % 20),
        )
        for meeting in meetings
        for place, side in enumerate(("exhibitor", "buyer"))
    )  # fmt: skip
    Satisfaction.objects.bulk_create(
        Satisfaction(
            fair=fair, meeting=meeting, participation=(meeting.exhibitor, meeting.buyer)[place], made_by=people[place],
            rating=1 + (meeting.pk + place) % 5, right_partner=meeting.pk % 3 > 0,
        )
        for meeting in meetings
        for place in range(2)
    )  # fmt: skip
    outcomes = Outcome.objects.bulk_create(Outcome(meeting=one, fair=fair, state="drafted") for one in meetings[::2])
    versions = OutcomeVersion.objects.bulk_create(
        OutcomeVersion(
            outcome=outcome, number=1, kind=("intended_deal", "order", "mou")[number % 3], amount_minor=100 * number,
            currency="USD", months=None if number % 3 else 6, written_by=people[0], written_as="buyer",
        )
        for number, outcome in enumerate(outcomes)
    )  # fmt: skip
    Statement.objects.bulk_create(
        Statement(outcome=version.outcome, side=side, version=version, made_by=people[place])
        for number, version in enumerate(versions)
        for place, side in enumerate(("exhibitor", "buyer")[: 1 + number % 2])
    )
    Outcome.objects.filter(fair=fair).update(state="one_side")
    written = OutcomeVersion.objects.filter(outcome=OuterRef("pk")).values("pk")
    Outcome.objects.filter(pk__in=[one.pk for one in outcomes[1::2]]).update(
        state="agreed", agreed=Subquery(written), agreed_at=NOW, number=F("pk")
    )
    MeetingRequest.objects.bulk_create(
        MeetingRequest(
            fair=fair, sender=own[1], receiver=own[0], slot=slots[0], state="accepted", made_by=people[0],
            made_at=FIRST, expires_at=NOW, answered_at=FIRST + timedelta(minutes=number),
        )
        for number in range(REQUESTS)
    )  # fmt: skip
    return fair


def measure(servers: Servers) -> list[Row]:
    server = servers("--no-clock", "--no-tasks")
    try:
        printed = server.manage("shell", "--no-imports", "-c", "from bench.report import report_here; report_here()")
    finally:
        servers.stop()
    took = json.loads(printed)
    what = f"report over {MEETINGS:,} meetings and {PEOPLE:,} people"
    return [
        at_most(f"{what}: rows read and figures computed, CPU", took["counted"], "s", MOST),
        at_most(f"{what}: exported as JSON, CPU", took["exported"], "s"),
        at_most(f"{what}: figures of a daily brief, CPU", took["briefed"], "s"),
        *(at_most(f"{what}: written as {form}, CPU", took[form], "s") for form in ("xlsx", "csv", "json", "pdf")),
    ]


if __name__ == "__main__":
    with our_servers() as started:
        show(measure(started))
