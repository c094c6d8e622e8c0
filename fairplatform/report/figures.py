"""The figures of a fair, computed from its rows. Pure: no database, no clock.

A figure is absent where nothing was collected that it could count; it is zero only where something was, and none fits.
A meeting in which people only test their devices does not exist in the program, so none is counted.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby, islice
from statistics import median_low
from typing import NamedTuple

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from fairplatform.accounts.locations import city_label, country_name
from fairplatform.accounts.models import Company, Staff
from fairplatform.i18n.text import current_language, joined
from fairplatform.i18n.times import format_day
from fairplatform.ledger.hidden import Summed, added, summed
from fairplatform.ledger.kinds import Kind
from fairplatform.ledger.models import Entry
from meetings.models import Meeting, MeetingRequest, Outcome, Satisfaction
from meetings.models.meeting import Side
from meetings.satisfaction.counting import average_hundredths

from .definitions import DEFINITIONS, LARGEST, Definition, Group, Status
from .rows import APPROVED, CompanyRow, MeetingRow, Rows, Said, SatisfactionRow

TEN_MINUTES = 600  # seconds
CONCLUDED = frozenset({Kind.TRIAL_ORDER, Kind.ORDER, Kind.CONTRACT})
INTENDED = frozenset({Kind.INTENDED_DEAL})
MEMORANDA = frozenset({Kind.MOU, Kind.LOI})
NOT_GIVEN = "-"
WITHOUT_OUTCOME = "none"
KnownRows = list[tuple[str, Said]]
"""Keys of meetings with what is known of their outcome."""


def _day_label(on: date) -> str:
    return format_day(on, current_language())


def _rating_label(rating: int) -> str:
    return f"{rating} · {Satisfaction.Rating(rating).label}"


def _deal_label(exhibitor: object, buyer: object, kind: str) -> str:
    return joined([exhibitor, buyer, Kind(kind).label])


_city = lazy(city_label, str)
_country = lazy(country_name, str)
_day = lazy(_day_label, str)
_rating = lazy(_rating_label, str)
_deal = lazy(_deal_label, str)


class Part(NamedTuple):
    """What a figure of a breakdown is of: its key, and its name in whatever language is active."""

    key: str
    name: object


WHOLE = Part("", "")


@dataclass(frozen=True)
class Figure:
    """`value`: in the definition's unit; of money, minor units of `currency`.

    `rows`: the keys of the rows that it is of, each once. `hidden`: of how many of them it does not have the amount,
    because a party hides it (ledger/hidden.py).
    """

    definition: Definition
    value: int
    rows: tuple[str, ...]
    part: Part = WHOLE
    currency: str = ""
    hidden: int = 0

    @property
    def key(self) -> str:
        return ":".join(filter(None, (self.definition.key, self.part.key, self.currency)))

    def name(self, language: str) -> str:
        """`Exhibitors by county: Yongkang`, in a language."""
        with override(language):
            title = str(self.definition.title)
            title = f"{title} ({self.definition.status.label})" if self.definition.status else title
            return f"{title}: {self.part.name}" if self.part.key else title

    def sentence(self, language: str) -> str:
        """Its definition in a language."""
        with override(language):
            return str(self.definition.sentence)


def compute(rows: Rows) -> list[Figure]:
    """All figures, in the order in which a report shows them."""
    made = [
        *_companies(rows), *_buyers(rows), *_meetings(rows), *_results(rows), *_papers(rows), *_satisfaction(rows),
        *_requests(rows), *_each_company(rows),
    ]  # fmt: skip
    groups = {group: place for place, group in enumerate(Group)}
    return sorted(made, key=lambda figure: groups[figure.definition.group])


def _number(key: str, rows: Iterable[str], part: Part = WHOLE) -> Figure:
    found = tuple(dict.fromkeys(rows))
    return Figure(DEFINITIONS[key], len(found), found, part)


def _divided(key: str, rows: Iterable[tuple[Part, str]], *, whole: bool = False) -> Iterator[Figure]:
    """A figure for each part, the largest first; nothing if no row has a part. `whole`: parts in the order given."""
    keys: dict[str, list[str]] = defaultdict(list)
    parts: dict[str, Part] = {}
    for part, row in rows:
        parts.setdefault(part.key, part)
        keys[part.key].append(row)
    if set(parts) <= {NOT_GIVEN}:
        return
    figures = [_number(key, keys[name], part) for name, part in parts.items()]
    if not whole:
        figures.sort(key=lambda figure: (figure.part.key == NOT_GIVEN, -figure.value, figure.part.key))
    yield from figures


def _part(key: str, name: object) -> Part:
    return Part(key, name) if key else Part(NOT_GIVEN, _("not given"))


def _by(key: str, companies: list[CompanyRow], part: Callable[[CompanyRow], Part]) -> Iterator[Figure]:
    return _divided(key, ((part(one), one.key) for one in companies))


def _choice(labels: dict[str, Promise], value: str) -> Part:
    """A choice by its label; what was written in its place as it is."""
    return _part(value, labels.get(value, value))


_KINDS: dict[str, Promise] = {kind.value: kind.label for kind in Company.Kind}
_TITLES: dict[str, Promise] = {title.value: title.label for title in Staff.Position}
_OUTCOMES: dict[str, Promise] = {kind.value: kind.label for kind in Kind}
_BECAUSE: dict[str, Promise] = {reason.value: reason.label for reason in Satisfaction.Because}
_STATES: dict[str, Promise] = {
    Outcome.State.AGREED.value: Outcome.State.AGREED.label,  # first, the others as an outcome goes through them
    **{state.value: state.label for state in Outcome.State},
    WITHOUT_OUTCOME: _("No outcome"),
}
_SIDES = {Side.EXHIBITOR: _("Exhibitors"), Side.BUYER: _("Buyers")}


def _approved(rows: Rows) -> list[CompanyRow]:
    return [one for one in rows.companies if one.state == APPROVED]


def _companies(rows: Rows) -> Iterator[Figure]:
    approved = _approved(rows)
    sellers = [one for one in approved if one.sells]
    yield _number("companies", (one.key for one in approved))
    yield _number("exhibitors", (one.key for one in sellers))
    yield from _by("exhibitors_by_prefecture", sellers, lambda one: _part(one.prefecture, one.prefecture))
    yield from _by("exhibitors_by_county", sellers, lambda one: _part(one.county, one.county))
    yield from _by("exhibitors_by_unit", sellers, lambda one: _part(one.unit, rows.units.get(one.unit)))
    yield from _by("exhibitors_by_type", sellers, lambda one: _choice(_KINDS, one.kind))
    if any(one.is_new for one in sellers):
        yield _number("exhibitors_new", (one.key for one in sellers if one.is_new))


def _buyers(rows: Rows) -> Iterator[Figure]:
    buyers = [one for one in _approved(rows) if one.buys]
    yield _number("buyers", (one.key for one in buyers))
    yield from _by("buyers_by_country", buyers, lambda one: _part(one.country, _country(one.country)))
    yield from _by("buyers_by_city", buyers, lambda one: _part(one.city, _city(one.city, one.city_name)))
    yield from _by("buyers_by_type", buyers, lambda one: _choice(_KINDS, one.kind))
    yield from _by("buyers_by_unit", buyers, lambda one: _part(one.unit, rows.units.get(one.unit)))
    named = [one for one in buyers if one.purchasers]
    if not named:
        return
    yield _number("buyers_with_purchaser", (one.key for one in named))
    deciding = [one.key for one in named if any(purchaser.decides for purchaser in one.purchasers)]
    if deciding:
        yield _number("buyers_deciding", deciding)
    chiefs = (one.key for one in named if any(p.title in Staff.CHIEF_EXECUTIVES for p in one.purchasers))
    if any(purchaser.title for one in named for purchaser in one.purchasers):
        yield _number("buyers_chief_executive", chiefs)
    titles = ((_choice(_TITLES, purchaser.title), one.key) for one in named for purchaser in one.purchasers)
    yield from _divided("buyers_by_title", titles)


def _meetings(rows: Rows) -> Iterator[Figure]:
    planned = [one for one in rows.meetings if not one.is_cancelled]
    over = [one for one in planned if one.is_over(rows.at)]
    held = [one for one in over if one.was_held(rows.at)]
    is_interpreted = any(one.has_interpreter for one in planned)
    yield _number("meetings_planned", (one.key for one in planned))
    if is_interpreted:
        yield _number("meetings_with_interpreter", (one.key for one in planned if one.has_interpreter))
    yield from _by_hall("planned_by_hall", rows, planned)
    if over:
        yield _number("meetings_over", (one.key for one in over))
        yield _number("meetings_held", (one.key for one in held))
        yield from _held(rows, held, over)
        if is_interpreted:
            yield _number("held_with_interpreter", (one.key for one in held if one.has_interpreter))
    yield from _below_floor(rows, planned)


def _held(rows: Rows, held: list[MeetingRow], over: list[MeetingRow]) -> Iterator[Figure]:
    if any(one.connected_seconds for one in over):
        yield _number("meetings_ten_minutes", (one.key for one in held if one.connected_seconds >= TEN_MINUTES))
    reasons: dict[str, Promise] = {reason.value: reason.label for reason in Meeting.Missed}
    missed = ((_choice(reasons, one.missed_because), one.key) for one in over if one.state == Meeting.State.MISSED)
    yield from _divided("meetings_missed", missed)
    yield from _by_hall("held_by_hall", rows, held)
    days = sorted(held, key=lambda one: one.day)
    yield from _divided(
        "held_by_day", ((Part(one.day.isoformat(), _day(one.day)), one.key) for one in days), whole=True
    )
    states = [(one.outcome or WITHOUT_OUTCOME, one.key) for one in held]
    parts = ((Part(state, label), key) for state, label in _STATES.items() for of, key in states if of == state)
    yield from _divided("held_by_outcome", parts, whole=True)
    met = {key for one in held for key in (one.exhibitor, one.buyer)}
    yield _number("companies_met", (one.key for one in _approved(rows) if one.key in met))


def _by_hall(key: str, rows: Rows, meetings: list[MeetingRow]) -> Iterator[Figure]:
    ordered = sorted(meetings, key=lambda one: (one.hall is None, one.hall))
    parts = ((_part(str(one.hall or ""), rows.halls.get(one.hall or 0)), one.key) for one in ordered)
    return _divided(key, parts, whole=True)


def _below_floor(rows: Rows, planned: list[MeetingRow]) -> Iterator[Figure]:
    """Once there is a schedule: each role of a company has the same floor."""
    floors = [one for one in _approved(rows) if one.floor]
    if not floors or not planned:
        return
    selling: dict[str, int] = defaultdict(int)
    buying: dict[str, int] = defaultdict(int)
    for one in planned:
        selling[one.exhibitor] += 1
        buying[one.buyer] += 1
    yield _number(
        "companies_below_floor",
        (
            one.key
            for one in floors
            if (one.sells and selling[one.key] < one.floor) or (one.buys and buying[one.key] < one.floor)
        ),
    )


def said(meeting: MeetingRow, status: Status) -> Said | None:
    """What both sides confirmed of a meeting; or what one side has submitted, while the other has said nothing."""
    if status == Status.CONFIRMED:
        return meeting.agreed
    if meeting.outcome == Outcome.State.ONE_SIDE:
        return next(iter(meeting.submitted.values()), None)
    return None


def _results(rows: Rows) -> Iterator[Figure]:
    for status in (Status.CONFIRMED, Status.ONE_SIDE):
        known = [(one.key, what) for one in rows.meetings if (what := said(one, status))]
        if not known:
            continue
        kinds = sorted(known, key=lambda row: Kind.values.index(row[1].kind))
        parts = ((_choice(_OUTCOMES, what.kind), key) for key, what in kinds)
        yield from _divided(f"outcomes_{status}", parts, whole=True)
        counted = _once_for_each_demand(known)
        for name, of in (("concluded", CONCLUDED), ("intended", INTENDED), ("memoranda", MEMORANDA)):
            own = [(key, what) for key, what in counted if what.kind in of]
            yield _number(f"{name}_{status}", (key for key, _what in own))
            yield from _money(f"{name}_amount_{status}", own)
        purchases = [row for row in counted if row[1].kind in CONCLUDED | INTENDED]
        apart = [[row for row in purchases if row[1].kind in of] for of in (CONCLUDED, INTENDED)]
        yield from _money(f"purchases_amount_{status}", *apart)
        if status == Status.CONFIRMED:
            yield from _largest(rows, purchases)
    yield from _money("intended_differing_amount", _once_for_each_demand(list(_differing(rows))))


def _once_for_each_demand(known: KnownRows) -> KnownRows:
    """Without the smaller ones of intended deals that answer one demand in one currency."""
    largest: dict[tuple[str, str], tuple[str, Said]] = {}
    for row in known:
        what = row[1]
        if what.kind in INTENDED and what.demand:
            before = largest.setdefault((what.demand, what.currency), row)
            if (what.amount_minor or 0) > (before[1].amount_minor or 0):
                largest[what.demand, what.currency] = row
    counted = {key for key, _what in largest.values()}
    return [(key, what) for key, what in known if not (what.kind in INTENDED and what.demand) or key in counted]


def _largest(rows: Rows, purchases: KnownRows) -> Iterator[Figure]:
    """By currency, each deal a figure of its own."""
    named = [(key, what) for key, what in purchases if what.shown_minor is not None]
    named.sort(key=lambda row: (row[1].currency, -(row[1].amount_minor or 0)))
    for currency, own in groupby(named, key=lambda row: row[1].currency):
        for key, what in islice(own, LARGEST):
            meeting = rows.meeting[key]
            part = Part(key, _deal(rows.company[meeting.exhibitor].name, rows.company[meeting.buyer].name, what.kind))
            yield Figure(DEFINITIONS["largest_deals"], what.amount_minor or 0, (key,), part, currency)


def _differing(rows: Rows) -> Iterator[tuple[str, Said]]:
    for one in rows.meetings:
        both = list(one.submitted.values())
        if one.outcome != Outcome.State.DIFFERING or {what.kind for what in both} != INTENDED:
            continue
        if len({what.currency for what in both}) == 1 < len({what.amount_minor for what in both}):
            smaller = min(both, key=lambda what: what.amount_minor or 0)
            is_one_demand = len({what.demand for what in both}) == 1
            yield one.key, smaller if is_one_demand else replace(smaller, demand="")


def _money(key: str, *parts: KnownRows) -> Iterator[Figure]:
    """A sum for each currency. Of several parts it adds up their sums, so that it tells no more than they do."""
    rows: dict[str, list[str]] = defaultdict(list)
    sums: dict[str, list[Summed]] = defaultdict(list)
    for known in parts:
        own = sorted((row for row in known if row[1].amount_minor is not None), key=lambda row: row[1].currency)
        for currency, of in groupby(own, key=lambda row: row[1].currency):
            keys, said_of = zip(*of, strict=True)
            rows[currency] += keys
            sums[currency].append(_summed(said_of))
    for currency, found in sorted(sums.items()):
        total = added(found)
        yield Figure(
            DEFINITIONS[key], total.amount_minor, tuple(rows[currency]), currency=currency, hidden=total.hidden
        )


def _summed(amounts: Iterable[Said]) -> Summed:
    """Hidden amounts that both sides have not agreed are in no sum: they may change, and have no order of their own."""
    known = sorted(amounts, key=lambda what: what.number)
    hidden = [what for what in known if what.is_hidden]
    agreed = [what.amount_minor or 0 for what in hidden if what.number]
    amount, left_out = summed(sum(what.shown_minor or 0 for what in known), agreed)
    return Summed(amount, left_out + len(hidden) - len(agreed))


def _papers(rows: Rows) -> Iterator[Figure]:
    for provenance in (Entry.Provenance.DOCUMENT, Entry.Provenance.REPORT):
        own = [one for one in rows.papers if one.provenance == provenance]
        yield from _divided(f"papers_{provenance.value}", ((_choice(_OUTCOMES, one.kind), one.key) for one in own))


def _satisfaction(rows: Rows) -> Iterator[Figure]:
    """Of the meetings that took place and are over."""
    known = [one for one in rows.satisfaction if rows.meeting[one.meeting].took_place(rows.at)]
    if not known:
        return
    yield _number("satisfaction_answers", (one.key for one in known))
    yield _average("satisfaction_average", known)
    for side in Side:
        own = [one for one in known if one.side == side]
        if own:
            yield _average("satisfaction_average_by_side", own, Part(side.value, _SIDES[side]))
    by_rating = sorted(known, key=lambda one: -one.rating)
    parts = ((Part(str(one.rating), _rating(one.rating)), one.key) for one in by_rating)
    yield from _divided("satisfaction_by_rating", parts, whole=True)
    if any(one.right_partner is not None for one in known):
        yield _number("satisfaction_right", (one.key for one in known if one.right_partner))
        wrong = [one for one in known if one.right_partner is False]
        yield _number("satisfaction_wrong", (one.key for one in wrong))
        because = ((_choice(_BECAUSE, one.because), one.key) for one in wrong)
        yield from _divided("satisfaction_wrong_by_reason", because)


def _average(key: str, known: list[SatisfactionRow], part: Part = WHOLE) -> Figure:
    value = average_hundredths(sum(one.rating for one in known), len(known))
    return Figure(DEFINITIONS[key], value, tuple(one.key for one in known), part)


def _requests(rows: Rows) -> Iterator[Figure]:
    """Withdrawn and expired ones have no answer."""
    by_people = (MeetingRequest.State.ACCEPTED, MeetingRequest.State.DECLINED)
    took = {
        one.key: (one.answered_at - one.made_at) // timedelta(minutes=1)
        for one in rows.requests
        if one.state in by_people and one.answered_at is not None
    }
    if took:
        yield _number("requests_answered", took)
        yield Figure(DEFINITIONS["requests_answer_time"], median_low(took.values()), tuple(took))


def _each_company(rows: Rows) -> Iterator[Figure]:
    planned = [one for one in rows.meetings if not one.is_cancelled]
    is_begun = any(one.is_over(rows.at) for one in planned)
    own: dict[str, list[str]] = defaultdict(list)
    held: dict[str, list[str]] = defaultdict(list)
    for one in planned:
        for key in (one.exhibitor, one.buyer):
            own[key].append(one.key)
            if one.was_held(rows.at):
                held[key].append(one.key)
    for company in rows.companies:
        part = Part(company.key, company.name)
        if company.key in own or (planned and company.state == APPROVED):
            yield _number("planned_by_company", own[company.key], part)
            if is_begun:
                yield _number("held_by_company", held[company.key], part)
