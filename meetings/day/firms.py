"""The whole list of a company's meetings: on paper, and as a message to copy, in any language and both times."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from fairplatform.fairs.models import Fair, Participation
from fairplatform.fairs.places import places_of_company
from fairplatform.i18n import times
from fairplatform.i18n.text import HTML_LANG, current_language, direction, isolated, joined
from fairplatform.policy import Role
from meetings.message import clocks_of, zone_names
from meetings.models import Meeting
from meetings.models.meeting import Side
from meetings.status import partners


@dataclass(frozen=True)
class Line:
    """A meeting, by its key, as the company reads it: its time at each place, the partner, who comes and interprets."""

    meeting: int
    clocks: str
    partner: str
    people: str
    interpreters: str


@dataclass(frozen=True)
class Sheet:
    """The list in one language. `days`: the date at the company's own place, the zones in words, and the lines."""

    language: str
    html_lang: str
    dir: str
    title: str
    days: list[tuple[str, str, list[Line]]]
    message: str


class FirmList:
    """The meetings of one company, in the order of time, without the cancelled ones."""

    def __init__(self, participation: Participation, meetings: Sequence[Meeting]) -> None:
        self.participation, self.meetings = participation, meetings
        self.places = places_of_company(participation)

    def sheet(self, language: str) -> Sheet:
        with translation.override(language):
            by_date: dict[date, list[Meeting]] = defaultdict(list)
            for meeting in self.meetings:
                by_date[self.places[0].date(meeting.starts_at)].append(meeting)
            days = [(times.format_day(on, language), zone_names(own[0].starts_at, self.places),
                     [self._line(meeting) for meeting in own]) for on, own in by_date.items()]  # fmt: skip
            title = isolated(self.participation.company.name)
            return Sheet(language, HTML_LANG[language], direction(language), title, days, self._message(title, days))

    def _line(self, meeting: Meeting) -> Line:
        side = Side.EXHIBITOR if meeting.exhibitor_id == self.participation.pk else Side.BUYER
        named = meeting.participants.all()
        return Line(
            meeting.pk,
            clocks_of(meeting.starts_at, self.places),
            joined(partners(meeting, side)),
            joined(one.user.name for one in named if one.side == side),
            joined(one.user.name for one in named if one.role == Role.INTERPRETER)
            or ("" if meeting.interpreting == meeting.Interpreting.NOT_NEEDED else meeting.get_interpreting_display()),
        )

    def _message(self, title: str, days: Iterable[tuple[str, str, list[Line]]]) -> str:
        fair = self.participation.fair
        lines = [f"{isolated(fair.name)} · {title}"]
        for on, zones, rows in days:
            lines += ["", f"{on} · {zones}", *(f"{row.clocks} {row.partner}" for row in rows)]
        if not self.meetings:
            lines.append(_("No meetings yet."))
        return "\n".join([*lines, "", f"{settings.PUBLIC_URL}{reverse('meetings:day', args=[fair.slug])}"])


def firm_lists(fair: Fair, participations: Iterable[Participation]) -> list[FirmList]:
    """In their order; in three queries however many they are."""
    firms = list(participations)
    own: dict[int, list[Meeting]] = {one.pk: [] for one in firms}
    rows = Meeting.objects.filter(fair=fair).exclude(state=Meeting.State.CANCELLED)
    keys = (rows.filter(exhibitor__in=own) | rows.filter(buyer__in=own)).values("pk")
    meetings = Meeting.objects.with_names().filter(pk__in=keys).prefetch_related("participants__user")
    for meeting in meetings.order_by("slot__starts_at", "pk"):
        for key in {meeting.exhibitor_id, meeting.buyer_id} & own.keys():
            own[key].append(meeting)
    return [FirmList(one, own[one.pk]) for one in firms]


def wanted_languages(asked: str) -> list[str]:
    """`all`, one of the three, or what the reader reads."""
    known = [code for code, _name in settings.LANGUAGES]
    return known if asked == "all" else [asked if asked in known else current_language()]
