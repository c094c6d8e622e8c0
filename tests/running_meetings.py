"""Meetings that are running now, with the sessions and tokens by which their people enter."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from fairplatform.accounts.models import Token
from meetings.models.meeting import Side
from meetings.schedule.actions.planning import schedule_meeting
from tests.factories import make_buyer, make_exhibitor, make_fair, make_person, make_role, make_slots, make_staff
from tests.realtime.client import session_of
from tests.servers.serve import Server
from tests.servers.server_database import in_database_of


@dataclass(frozen=True)
class RunningMeeting:
    """`fair`: its slug; `sessions` and `tokens` of exhibitor, buyer, interpreter, organiser, stranger."""

    fair: str
    meeting: int
    sessions: dict[str, str]
    tokens: dict[str, str]

    @property
    def path(self) -> str:
        return f"/fairs/{self.fair}/meetings/{self.meeting}/room/"


def make_running_meetings(server: Server, *began: float) -> list[RunningMeeting]:
    """Meetings of 25 minutes in the server's database, each in a fair of its own, that began so many minutes ago.

    A negative number: begins in so many minutes.
    """
    return in_database_of(server, partial(make_running_meetings_here, *began))


def make_running_meetings_here(*began: float) -> list[RunningMeeting]:
    """The same in the database of this process."""
    now = timezone.now()
    return [_make(now, minutes) for minutes in began]


def _make(now: datetime, began: float) -> RunningMeeting:
    fair = make_fair()
    [slot] = make_slots(fair, first=now - timedelta(minutes=began), number=1)
    sells, buys = make_exhibitor(fair), make_buyer(fair)
    people = {
        "exhibitor": make_staff(sells, language="zh-hans"),
        "buyer": make_staff(buys, language="ur"),
        "interpreter": make_role(fair, "interpreter"),
        "organiser": make_role(fair, "organiser"),
        "stranger": make_person(),
    }
    parties = [(people["exhibitor"], Side.EXHIBITOR), (people["buyer"], Side.BUYER)]
    meeting = schedule_meeting(
        fair=fair, exhibitor=sells, buyer=buys, slot=slot, parties=parties, interpreter=people["interpreter"],
        interpreting="required", reason={"hs": ["8203"]},
    )  # fmt: skip
    end, rows = now + timedelta(hours=1), ["meeting.watch", "meeting.enter"]
    tokens = {
        name: Token.issue(person, fair=fair, permissions=rows, expires_at=end)[1] for name, person in people.items()
    }
    sessions = {name: session_of(person) for name, person in people.items()}
    return RunningMeeting(fair.slug, meeting.pk, sessions, tokens)
