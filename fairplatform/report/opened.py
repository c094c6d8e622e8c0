"""The rows that a figure is of, as a page lists them: with names, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext

from fairplatform.i18n.numbers import format_money
from fairplatform.i18n.text import joined
from fairplatform.ledger.kinds import Kind
from meetings.models import Meeting, MeetingRequest, Satisfaction

from .definition import Of, Status
from .figure import Figure
from .results import said
from .row import PaperRow, Rows, Said
from .tables import time_in_words


@dataclass(frozen=True)
class Opened:
    """A row: its key, what it is, what is known of it, and its page, if it has one."""

    key: str
    name: str
    facts: str
    url: str = ""


def opened(rows: Rows, figure: Figure, keys: list[str]) -> list[Opened]:
    """Those of the figure's rows that have these keys."""
    of: dict[Of, Callable[[Rows, Figure, str], Opened]] = {
        Of.COMPANIES: _company,
        Of.MEETINGS: _meeting,
        Of.REQUESTS: _request,
        Of.INQUIRIES: _inquiry,
        Of.SATISFACTION: _satisfaction,
        Of.LEDGER: _paper,
    }
    return [of[figure.definition.of](rows, figure, key) for key in keys]


def _company(rows: Rows, figure: Figure, key: str) -> Opened:
    one = rows.company[key]
    place = filter(None, (one.prefecture, one.county))
    return Opened(key, joined([one.name]), joined(place))


def _meeting(rows: Rows, figure: Figure, key: str) -> Opened:
    one = rows.meeting[key]
    name = joined([rows.company[one.exhibitor].name, rows.company[one.buyer].name])
    facts = [str(Meeting.State(one.state).label)]
    status = figure.definition.status
    what = said(one, status) if status else one.agreed
    if what:
        facts.append(str(Kind(what.kind).label))
        facts += _amount(what)
        facts += [one.reference] if what is one.agreed and status != Status.ONE_SIDE else []
    return Opened(key, name, joined(facts), reverse("meetings:meeting", args=[rows.fair.slug, key]))


def _request(rows: Rows, figure: Figure, key: str) -> Opened:
    one = rows.request[key]
    name = joined([rows.company[one.sender].name, rows.company[one.receiver].name])
    return Opened(key, name, str(MeetingRequest.State(one.state).label))


def _inquiry(rows: Rows, figure: Figure, key: str) -> Opened:
    one = rows.inquiry[key]
    asking = [rows.company[one.asking].name] if one.asking else []
    name = joined([*asking, rows.company[one.exhibitor].name])
    if one.answered_at is None:
        return Opened(key, name, gettext("No answer yet"))
    time = time_in_words((one.answered_at - one.opened_at) // timedelta(seconds=1))
    return Opened(key, name, gettext("First answer after %(time)s") % {"time": time})


def _satisfaction(rows: Rows, figure: Figure, key: str) -> Opened:
    one = rows.said[key]
    meeting = rows.meeting[one.meeting]
    name = joined([rows.company[meeting.exhibitor].name, rows.company[meeting.buyer].name])
    facts: list[object] = [rows.company[one.company].name, f"{one.rating} · {Satisfaction.Rating(one.rating).label}"]
    facts += [Satisfaction.Because(one.because).label] if one.because else []
    return Opened(key, name, joined(facts), reverse("meetings:meeting", args=[rows.fair.slug, meeting.key]))


def _paper(rows: Rows, figure: Figure, key: str) -> Opened:
    one = rows.paper[key]
    return Opened(key, f"{Kind(one.kind).label} #{key}", joined(_amount(one)))


def _amount(row: Said | PaperRow) -> list[str]:
    if row.is_hidden:
        return [gettext("amount hidden by the parties")]
    return [] if row.amount_minor is None else [format_money(row.amount_minor, row.currency)]
