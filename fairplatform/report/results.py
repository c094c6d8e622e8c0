"""Figures of outcomes, and of the entries of the ledger. Pure: no database, no clock."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import groupby, islice

from django.utils.functional import lazy

from fairplatform.i18n.text import joined
from fairplatform.ledger.hidden import Summed, added, summed
from fairplatform.ledger.kinds import BINDING, WITHOUT_OBLIGATION, Kind
from fairplatform.ledger.models import Entry
from meetings.figures.shares import share_tenths
from meetings.models import Outcome

from .counts import day_part, hall_part
from .definition import LARGEST, Status
from .definitions import DEFINITIONS
from .figure import NOT_GIVEN, OUTCOMES, WHOLE, Figure, Part, choice, divided, number, share
from .row import MeetingRow, PaperRow, Rows, Said

CONCLUDED = frozenset(BINDING)
INTENDED = frozenset({Kind.INTENDED_DEAL})
MEMORANDA = frozenset(WITHOUT_OBLIGATION)
KnownRows = list[tuple[str, Said]]
"""Keys of meetings with what is known of their outcome."""


def _deal_label(exhibitor: object, buyer: object, kind: str) -> str:
    return joined([exhibitor, buyer, Kind(kind).label])


_deal = lazy(_deal_label, str)


def said(meeting: MeetingRow, status: Status) -> Said | None:
    """What both sides confirmed of a meeting; or what one side has submitted, while the other has said nothing."""
    if status == Status.CONFIRMED:
        return meeting.agreed
    if meeting.outcome == Outcome.State.ONE_SIDE:
        return next(iter(meeting.submitted.values()), None)
    return None


def of_outcomes(rows: Rows) -> Iterator[Figure]:
    for status in (Status.CONFIRMED, Status.ONE_SIDE):
        known = [(one.key, what) for one in rows.meetings if (what := said(one, status))]
        if not known:
            continue
        kinds = sorted(known, key=lambda row: Kind.values.index(row[1].kind))
        parts = ((choice(OUTCOMES, what.kind), key) for key, what in kinds)
        yield from divided(f"outcomes_{status}", parts, whole=True)
        counted = _once_for_each_demand(known)
        by_kind = {kind: [row for row in counted if row[1].kind == kind] for kind in Kind}
        for kind, own in by_kind.items():
            yield from _money(f"outcomes_amount_{status}", own, part=Part(kind.value, kind.label))
        for name, of in (("concluded", CONCLUDED), ("intended", INTENDED), ("memoranda", MEMORANDA)):
            apart = [own for kind, own in by_kind.items() if kind in of]
            yield number(f"{name}_{status}", (key for own in apart for key, _what in own))
            yield from _money(f"{name}_amount_{status}", *apart)
        yield from _purchases(rows, status, by_kind)
    yield from _money("intended_differing_amount", _once_for_each_demand(list(_differing(rows))))


def _purchases(rows: Rows, status: Status, by_kind: dict[Kind, KnownRows]) -> Iterator[Figure]:
    apart = [own for kind, own in by_kind.items() if kind in CONCLUDED | INTENDED]
    purchases = [row for own in apart for row in own]
    yield from _money(f"purchases_amount_{status}", *apart)
    if not purchases:
        return
    yield from _shown_money(f"purchases_by_sector_amount_{status}", purchases, lambda key: _sector(rows, key))
    yield from _shown_money(f"purchases_by_day_amount_{status}", purchases, lambda key: day_part(rows.meeting[key].day))
    new = [key for key, _what in purchases if rows.company[rows.meeting[key].exhibitor].is_new]
    if any(one.is_new for one in rows.companies):
        yield share(f"purchases_new_share_{status}", new, (key for key, _what in purchases))
    if status == Status.CONFIRMED:
        yield from _largest(rows, purchases)


def _sector(rows: Rows, key: str) -> Part:
    return hall_part(rows, rows.meeting[key].hall)


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
    """By currency, each deal a figure of its own; those alone whose parties let everybody read it with its amount."""
    released = {one.outcome for one in rows.papers if one.is_released}
    named = [
        (key, what)
        for key, what in purchases
        if what.shown_minor is not None and rows.meeting[key].reference in released
    ]
    named.sort(key=lambda row: (row[1].currency, -(row[1].amount_minor or 0)))
    for currency, own in groupby(named, key=lambda row: row[1].currency):
        for key, what in islice(own, LARGEST):
            meeting = rows.meeting[key]
            part = Part(key, _deal(rows.company[meeting.exhibitor].name, rows.company[meeting.buyer].name, what.kind))
            yield Figure(DEFINITIONS["largest_deals"], what.amount_minor or 0, (key,), part, currency)


def _differing(rows: Rows) -> Iterator[tuple[str, Said]]:
    return ((one.key, what) for one in rows.meetings if (what := counted_of_both(one)))


def counted_of_both(meeting: MeetingRow) -> Said | None:
    """What is counted of two sides' intended deals with different amounts in one currency: the smaller of the two."""
    both = list(meeting.submitted.values())
    if meeting.outcome != Outcome.State.DIFFERING or {what.kind for what in both} != INTENDED:
        return None
    if len({what.currency for what in both}) > 1 or len({what.amount_minor for what in both}) == 1:
        return None
    smaller = min(both, key=lambda what: what.amount_minor or 0)
    is_one_demand = len({what.demand for what in both}) == 1
    return smaller if is_one_demand else replace(smaller, demand="")


def _money(key: str, *parts: KnownRows, part: Part = WHOLE) -> Iterator[Figure]:
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
        yield Figure(DEFINITIONS[key], total.amount_minor, tuple(rows[currency]), part, currency, total.hidden)


def _shown_money(key: str, known: KnownRows, part: Callable[[str], Part]) -> Iterator[Figure]:
    """A sum for each part and currency, without any hidden amount.

    Other sums divide the same amounts in another way: what is in both could be told from their difference.
    """
    parts: dict[str, Part] = {}
    found: dict[tuple[str, str], KnownRows] = defaultdict(list)
    for row in known:
        own = part(row[0])
        parts.setdefault(own.key, own)
        found[own.key, row[1].currency].append(row)
    for (name, currency), rows in sorted(found.items(), key=lambda item: _in_order(item[0])):
        amount, hidden = sum(what.shown_minor or 0 for _key, what in rows), sum(what.is_hidden for _key, what in rows)
        yield Figure(DEFINITIONS[key], amount, tuple(key for key, _what in rows), parts[name], currency, hidden)


def _in_order(part: tuple[str, str]) -> tuple[int, str, str]:
    """Halls by their number, days by their date; what is not given last."""
    name, currency = part
    return (int(name) if name.isdecimal() else 10**9 * (name == NOT_GIVEN), name, currency)


def _summed(amounts: Iterable[Said]) -> Summed:
    """Hidden amounts that both sides have not agreed are in no sum: they may change, and have no order of their own."""
    known = sorted(amounts, key=lambda what: what.number)
    hidden = [what for what in known if what.is_hidden]
    agreed = [what.amount_minor or 0 for what in hidden if what.number]
    amount, left_out = summed(sum(what.shown_minor or 0 for what in known), agreed)
    return Summed(amount, left_out + len(hidden) - len(agreed))


def of_realised(rows: Rows) -> Iterator[Figure]:
    """Of what the parties have confirmed. A hidden amount tells nothing, nor does what was realised of it."""
    own = [one for one in rows.papers if one.provenance == Entry.Provenance.PARTIES and not one.is_hidden]
    groups: dict[tuple[str, str], list[PaperRow]] = defaultdict(list)
    for one in own:
        groups[one.kind, one.currency].append(one)
    for kind, currency in sorted(groups, key=lambda group: (Kind.values.index(group[0]), group[1])):
        known = [one for one in groups[kind, currency] if one.realised_minor is not None]
        if known:
            yield from _realised(Part(kind, Kind(kind).label), currency, known, groups[kind, currency])


def _realised(part: Part, currency: str, known: list[PaperRow], papers: list[PaperRow]) -> Iterator[Figure]:
    def figure(key: str, value: int, of: list[PaperRow]) -> Figure:
        return Figure(DEFINITIONS[key], value, tuple(one.key for one in of), part, currency)

    yield figure("realised_amount", sum(one.realised_minor or 0 for one in known), known)
    agreed = [one for one in papers if one.amount_minor is not None]
    total = sum(one.amount_minor or 0 for one in agreed)
    if total:
        yield figure("realised_of_amount", total, agreed)
        yield figure("realised_share", share_tenths(sum(one.realised_minor or 0 for one in agreed), total), agreed)


def of_papers(rows: Rows) -> Iterator[Figure]:
    for provenance in (Entry.Provenance.DOCUMENT, Entry.Provenance.REPORT):
        own = [one for one in rows.papers if one.provenance == provenance]
        yield from divided(f"papers_{provenance.value}", ((choice(OUTCOMES, one.kind), one.key) for one in own))
