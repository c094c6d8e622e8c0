"""Figures of companies, meetings, satisfaction, requests and inquiries. Pure: no database, no clock."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from statistics import median_low

from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.locations import city_label, country_name
from fairplatform.accounts.models import Company, Staff
from fairplatform.i18n.text import current_language
from fairplatform.i18n.times import format_day
from meetings.figures.shares import share_tenths
from meetings.models import Meeting, MeetingRequest, Outcome, Satisfaction
from meetings.models.meeting import Side

from .definitions import DEFINITIONS
from .figure import Figure, Part, by, choice, divided, mean, number, part_of, share
from .row import CompanyRow, InquiryRow, MeetingRow, Purchaser, Rows

TEN_MINUTES = 600  # seconds
IN_TIME = timedelta(minutes=3)  # for the answer to an inquiry
WITHOUT_OUTCOME = "none"


def _day_label(on: date) -> str:
    return format_day(on, current_language())


def _rating_label(rating: int) -> str:
    return f"{rating} · {Satisfaction.Rating(rating).label}"


_city = lazy(city_label, str)
_country = lazy(country_name, str)
_day = lazy(_day_label, str)
_rating = lazy(_rating_label, str)

_KINDS: dict[str, Promise] = {kind.value: kind.label for kind in Company.Kind}
_TITLES: dict[str, Promise] = {title.value: title.label for title in Staff.Position}
_BECAUSE: dict[str, Promise] = {reason.value: reason.label for reason in Satisfaction.Because}
_STATES: dict[str, Promise] = {
    Outcome.State.AGREED.value: Outcome.State.AGREED.label,  # first, the others as an outcome goes through them
    **{state.value: state.label for state in Outcome.State},
    WITHOUT_OUTCOME: _("No outcome"),
}
_SIDES = {Side.EXHIBITOR: _("Exhibitors"), Side.BUYER: _("Buyers")}


def _approved(rows: Rows) -> list[CompanyRow]:
    return [one for one in rows.companies if one.is_approved]


def of_companies(rows: Rows) -> Iterator[Figure]:
    approved = _approved(rows)
    sellers = [one for one in approved if one.sells]
    yield number("companies", (one.key for one in approved))
    yield number("exhibitors", (one.key for one in sellers))
    yield from by("exhibitors_by_prefecture", sellers, lambda one: part_of(one.prefecture, one.prefecture))
    yield from by("exhibitors_by_county", sellers, lambda one: part_of(one.county, one.county))
    yield from by("exhibitors_by_unit", sellers, lambda one: part_of(one.unit, rows.units.get(one.unit)))
    yield from by("exhibitors_by_type", sellers, lambda one: choice(_KINDS, one.kind))
    new = [one.key for one in sellers if one.is_new]
    if new:
        yield number("exhibitors_new", new)
        yield share("exhibitors_new_share", new, (one.key for one in sellers))


def of_buyers(rows: Rows) -> Iterator[Figure]:
    buyers = [one for one in _approved(rows) if one.buys]
    yield number("buyers", (one.key for one in buyers))
    yield from by("buyers_by_country", buyers, lambda one: part_of(one.country, _country(one.country)))
    yield from by("buyers_by_city", buyers, lambda one: part_of(one.city, _city(one.city, one.city_name)))
    yield from by("buyers_by_type", buyers, lambda one: choice(_KINDS, one.kind))
    yield from by("buyers_by_unit", buyers, lambda one: part_of(one.unit, rows.units.get(one.unit)))
    named = [one for one in buyers if one.purchasers]
    if not named:
        return
    yield number("buyers_with_purchaser", (one.key for one in named))
    if any(purchaser.decides for one in named for purchaser in one.purchasers):
        yield from _of_purchasers("deciding", named, lambda purchaser: purchaser.decides)
    if any(purchaser.title for one in named for purchaser in one.purchasers):
        yield from _of_purchasers("chief_executive", named, lambda purchaser: purchaser.title in Staff.CHIEF_EXECUTIVES)
    titles = ((choice(_TITLES, purchaser.title), one.key) for one in named for purchaser in one.purchasers)
    yield from divided("buyers_by_title", titles)


def _of_purchasers(key: str, named: list[CompanyRow], chosen: Callable[[Purchaser], bool]) -> Iterator[Figure]:
    """How many buyers have such a purchaser; and how many of all purchasers are such, who are people, not companies."""
    known = [chosen(purchaser) for one in named for purchaser in one.purchasers]
    yield number(f"buyers_{key}", (one.key for one in named if any(map(chosen, one.purchasers))))
    value = share_tenths(sum(known), len(known))
    yield Figure(DEFINITIONS[f"purchasers_{key}_share"], value, tuple(one.key for one in named))


def of_meetings(rows: Rows) -> Iterator[Figure]:
    planned = [one for one in rows.meetings if not one.is_cancelled]
    over = [one for one in planned if one.is_over(rows.at)]
    held = [one for one in over if one.was_held(rows.at)]
    is_interpreted = any(one.has_interpreter for one in planned)
    yield number("meetings_planned", (one.key for one in planned))
    if is_interpreted:
        yield number("meetings_with_interpreter", (one.key for one in planned if one.has_interpreter))
    yield from _by_hall("planned_by_hall", rows, planned)
    if planned:
        yield from _per_company("planned", rows, planned)
    if over:
        yield number("meetings_over", (one.key for one in over))
        yield number("meetings_held", (one.key for one in held))
        yield share("meetings_kept_share", (one.key for one in held), (one.key for one in over))
        yield from _per_company("held", rows, held)
        yield from _held(rows, held, over)
        if is_interpreted:
            interpreted = [one.key for one in held if one.has_interpreter]
            yield number("held_with_interpreter", interpreted)
            if held:
                yield share("held_with_interpreter_share", interpreted, (one.key for one in held))
    yield from _below_floor(rows, planned)


def _held(rows: Rows, held: list[MeetingRow], over: list[MeetingRow]) -> Iterator[Figure]:
    if any(one.connected_seconds for one in over):
        yield number("meetings_ten_minutes", (one.key for one in held if one.connected_seconds >= TEN_MINUTES))
    reasons: dict[str, Promise] = {reason.value: reason.label for reason in Meeting.Missed}
    missed = ((choice(reasons, one.missed_because), one.key) for one in over if one.state == Meeting.State.MISSED)
    yield from divided("meetings_missed", missed)
    yield from _by_hall("held_by_hall", rows, held)
    days = sorted(held, key=lambda one: one.day)
    yield from divided("held_by_day", ((day_part(one.day), one.key) for one in days), whole=True)
    states = [(one.outcome or WITHOUT_OUTCOME, one.key) for one in held]
    parts = ((Part(state, label), key) for state, label in _STATES.items() for of, key in states if of == state)
    yield from divided("held_by_outcome", parts, whole=True)
    met = {key for one in held for key in (one.exhibitor, one.buyer)}
    yield number("companies_met", (one.key for one in _approved(rows) if one.key in met))


def _per_company(which: str, rows: Rows, meetings: list[MeetingRow]) -> Iterator[Figure]:
    selling, buying = (Counter(getattr(one, side) for one in meetings) for side in ("exhibitor", "buyer"))
    for role, of, companies in (
        ("exhibitor", selling, [one.key for one in _approved(rows) if one.sells]),
        ("buyer", buying, [one.key for one in _approved(rows) if one.buys]),
    ):
        if companies:
            yield mean(f"{which}_per_{role}", (of[key] for key in companies), companies)


def _by_hall(key: str, rows: Rows, meetings: list[MeetingRow]) -> Iterator[Figure]:
    ordered = sorted(meetings, key=lambda one: (one.hall is None, one.hall))
    return divided(key, ((hall_part(rows, one.hall), one.key) for one in ordered), whole=True)


def hall_part(rows: Rows, hall: int | None) -> Part:
    return part_of(str(hall or ""), rows.halls.get(hall or 0))


def day_part(day: date) -> Part:
    return Part(day.isoformat(), _day(day))


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
    yield number(
        "companies_below_floor",
        (
            one.key
            for one in floors
            if (one.sells and selling[one.key] < one.floor) or (one.buys and buying[one.key] < one.floor)
        ),
    )


def of_satisfaction(rows: Rows) -> Iterator[Figure]:
    """Of the meetings that took place and are over."""
    known = [one for one in rows.satisfaction if rows.meeting[one.meeting].took_place(rows.at)]
    if not known:
        return
    yield number("satisfaction_answers", (one.key for one in known))
    yield mean("satisfaction_average", (one.rating for one in known), (one.key for one in known))
    for side in Side:
        own = [one for one in known if one.side == side]
        if own:
            part = Part(side.value, _SIDES[side])
            ratings, keys = (one.rating for one in own), (one.key for one in own)
            yield mean("satisfaction_average_by_side", ratings, keys, part)
    by_rating = sorted(known, key=lambda one: -one.rating)
    parts = ((Part(str(one.rating), _rating(one.rating)), one.key) for one in by_rating)
    yield from divided("satisfaction_by_rating", parts, whole=True)
    if any(one.right_partner is not None for one in known):
        yield number("satisfaction_right", (one.key for one in known if one.right_partner))
        wrong = [one for one in known if one.right_partner is False]
        yield number("satisfaction_wrong", (one.key for one in wrong))
        because = ((choice(_BECAUSE, one.because), one.key) for one in wrong)
        yield from divided("satisfaction_wrong_by_reason", because)


def of_requests(rows: Rows) -> Iterator[Figure]:
    """Withdrawn and expired ones have no answer."""
    by_people = (MeetingRequest.State.ACCEPTED, MeetingRequest.State.DECLINED)
    took = {
        one.key: (one.answered_at - one.made_at) // timedelta(minutes=1)
        for one in rows.requests
        if one.state in by_people and one.answered_at is not None
    }
    if took:
        yield number("requests_answered", took)
        yield Figure(DEFINITIONS["requests_answer_time"], median_low(took.values()), tuple(took))


def of_inquiries(rows: Rows) -> Iterator[Figure]:
    """In whole seconds: booths answer at once or not at all."""
    if not rows.inquiries:
        return
    yield number("inquiries", (one.key for one in rows.inquiries))
    took = {
        one.key: (one.answered_at - one.opened_at) // timedelta(seconds=1)
        for one in rows.inquiries
        if one.answered_at is not None
    }
    yield number("inquiries_answered", took)
    if took:
        yield Figure(DEFINITIONS["inquiries_answer_time"], median_low(took.values()), tuple(took))
    late = [one for one in rows.inquiries if one.answered_at is None and one.opened_at < rows.at - IN_TIME]
    yield number("inquiries_late", (one.key for one in late))
    yield number("inquiries_late_with_meeting", (one.key for one in _with_meeting(rows, late)))


def _with_meeting(rows: Rows, inquiries: list[InquiryRow]) -> list[InquiryRow]:
    """Those whose companies have a planned meeting that starts later."""
    last: dict[tuple[str, str], datetime] = {}
    for one in rows.meetings:
        if not one.is_cancelled:
            last[one.exhibitor, one.buyer] = one.starts_at  # meetings are in the order of time
    return [one for one in inquiries if (at := last.get((one.exhibitor, one.asking))) and at > one.opened_at]


def of_each_company(rows: Rows) -> Iterator[Figure]:
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
        if company.key in own or (planned and company.is_approved):
            yield number("planned_by_company", own[company.key], part)
            if is_begun:
                yield number("held_by_company", held[company.key], part)
