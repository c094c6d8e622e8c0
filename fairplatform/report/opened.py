"""The rows that a figure is of, as a page lists them: with names, in words."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext

from fairplatform.i18n.numbers import format_money
from fairplatform.i18n.text import Translated, joined
from fairplatform.ledger.kinds import Kind
from fairplatform.ledger.models import EntryName
from meetings.models import Meeting, MeetingRequest, Satisfaction
from meetings.models.meeting import Side

from .definition import Of, Status, Unit
from .figure import Figure
from .results import counted_of_both, said
from .row import MeetingRow, PaperRow, Rows, Said
from .tables import time_in_words


@dataclass(frozen=True)
class Opened:
    """A row: its key, what it is, what is known of it, and its page, if it has one.

    `counted_minor`: of money, what of the figure's amount is this row's, in minor units; None where a party hides it.
    `counted`: the same in words.
    """

    key: str
    name: str
    facts: str
    url: str = ""
    counted_minor: int | None = None
    counted: str = ""


def opened(rows: Rows, figure: Figure, keys: list[str]) -> list[Opened]:
    """Those of the figure's rows that have these keys."""
    if figure.definition.of == Of.LEDGER:
        parties = _parties(rows, keys)
        return [_paper(rows, figure, key, parties.get(key, [])) for key in keys]
    of: dict[Of, Callable[[Rows, Figure, str], Opened]] = {
        Of.COMPANIES: _company,
        Of.MEETINGS: _meeting,
        Of.REQUESTS: _request,
        Of.INQUIRIES: _inquiry,
        Of.SATISFACTION: _satisfaction,
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
    url = reverse("meetings:meeting", args=[rows.fair.slug, key])
    status = figure.definition.status
    if figure.definition.key == "intended_differing_amount":
        facts += [_submitted(rows, one, side) for side in Side if side in one.submitted]
        return Opened(key, name, joined(facts), url, *_counted(figure, counted_of_both(one)))
    what = said(one, status) if status else one.agreed
    if what:
        facts.append(str(Kind(what.kind).label))
        facts += [] if figure.definition.unit == Unit.MONEY else _amount(what)
        facts += [one.reference] if what is one.agreed and status != Status.ONE_SIDE else []
    return Opened(key, name, joined(facts), url, *_counted(figure, what))


def _submitted(rows: Rows, meeting: MeetingRow, side: Side) -> str:
    """What one of the two sides has submitted, such as `Sky47: USD 18,000`."""
    company = rows.company[meeting.exhibitor if side == Side.EXHIBITOR else meeting.buyer]
    return f"{company.name}: {joined(_amount(meeting.submitted[side]))}"


def _counted(figure: Figure, what: Said | None) -> tuple[int | None, str]:
    if figure.definition.unit != Unit.MONEY or what is None:
        return None, ""
    return what.shown_minor, "".join(_amount(what))


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


def _parties(rows: Rows, keys: list[str]) -> dict[str, list[Translated]]:
    """Whom these entries name as parties, by the number of the entry."""
    found: dict[str, list[Translated]] = defaultdict(list)
    named = EntryName.objects.filter(entry__fair=rows.fair, entry__number__in=keys, part=EntryName.Part.PARTY)
    for number, name in named.values_list("entry__number", "name"):
        found[str(number)].append(name)
    return found


def _paper(rows: Rows, figure: Figure, key: str, parties: list[Translated]) -> Opened:
    """With what was realised of it, so that a share can be told from the rows that it is of."""
    one = rows.paper[key]
    paper = f"{Kind(one.kind).label} #{key}"
    facts = [paper, *_amount(one)]
    if one.realised_minor is not None and not one.is_hidden:
        realised = format_money(one.realised_minor, one.currency)
        facts.append(f"{gettext('Realised so far')}: {realised}")
    url = reverse("office:ledger_entry", args=[rows.fair.slug, key])
    counted: tuple[int | None, str] = (None, "")
    if figure.definition.unit == Unit.MONEY:
        minor = one.realised_minor if figure.definition.key == "realised_amount" else one.amount_minor
        counted = (minor, "" if minor is None else format_money(minor, one.currency))
    return Opened(key, joined(parties) or paper, joined(facts), url, *counted)


def _amount(row: Said | PaperRow) -> list[str]:
    if row.is_hidden:
        return [gettext("amount hidden by the parties")]
    return [] if row.amount_minor is None else [format_money(row.amount_minor, row.currency)]
