"""The rows that the figures of a fair are of, read once.

Whoever has these rows can compute every figure again, but for sums in which hidden amounts are: no row tells these.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypedDict

from django.utils.functional import cached_property

from fairplatform.accounts.models import Staff
from fairplatform.fairs.keys import new_key
from fairplatform.fairs.models import Fair, Hall, Participation, RecruitingUnit
from fairplatform.i18n.text import Translated
from fairplatform.ledger.models import Entry
from fairplatform.policy import Role
from meetings.models import Attendance, Meeting, MeetingRequest, Outcome, Satisfaction
from meetings.models.meeting import Side
from meetings.models.outcome import Statement
from meetings.schedule.overlap import Interval, overlap_seconds

APPROVED = Participation.State.APPROVED


@dataclass(frozen=True, slots=True)
class Purchaser:
    """A person whom a buyer has named as its purchaser: their title, and whether they may close a deal."""

    title: str
    decides: bool


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company in the fair. `kind`: its type; `unit`: key of its recruiting unit; `floor`: meetings it should have."""

    key: str
    name: Translated
    state: str
    sells: bool
    buys: bool
    kind: str
    country: str
    city: str
    city_name: Translated
    prefecture: str
    county: str
    unit: str
    hall: int | None
    is_new: bool
    floor: int
    purchasers: tuple[Purchaser, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What an outcome says it is, and its amount in minor units of the currency, if it has one.

    Of a band it is the lower end. `is_hidden`: a side hides the amount, so that it is shown nowhere, and is in sums
    as ledger/hidden.py says. `demand`: the key of the demand that an intended deal answers. `number`: of what both
    sides agreed, in the order in which they did.
    """

    kind: str
    amount_minor: int | None
    currency: str
    is_hidden: bool = False
    demand: str = ""
    number: int = 0

    @property
    def shown_minor(self) -> int | None:
        return None if self.is_hidden else self.amount_minor


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting with its outcome. `exhibitor` and `buyer`: keys of companies; `hall`: the exhibitor's.

    `connected_seconds`: how long both sides were connected at the same time. `outcome`: the state of the outcome, empty
    without one; `agreed`: what both sides confirmed; `submitted`: by side, what that side alone stands by so far.
    """

    key: str
    exhibitor: str
    buyer: str
    hall: int | None
    day: date
    starts_at: datetime
    ends_at: datetime
    state: str
    missed_because: str
    by_telephone: bool
    has_interpreter: bool
    connected_seconds: int
    outcome: str
    reference: str
    agreed: Said | None
    agreed_at: datetime | None
    submitted: dict[str, Said]

    @property
    def is_cancelled(self) -> bool:
        return self.state == Meeting.State.CANCELLED

    def is_over(self, at: datetime) -> bool:
        """Whether it is known how the meeting went: its time is over, or it was given up before."""
        return self.starts_at <= at and (self.ends_at <= at or self.state == Meeting.State.MISSED)

    def was_held(self, at: datetime) -> bool:
        return self.state == Meeting.State.HELD and self.is_over(at)

    def took_place(self, at: datetime) -> bool:
        """Whether its companies are asked how it was: of one by telephone they alone know whether it was held."""
        return self.was_held(at) or (self.by_telephone and self.state == Meeting.State.CONFIRMED and self.ends_at <= at)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request for a meeting."""

    key: str
    sender: str
    receiver: str
    state: str
    made_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class SatisfactionRow:
    """How one of a meeting's two companies found it. `right_partner`: None if it has not said; `because`: if wrong."""

    key: str
    meeting: str
    side: str
    company: str
    rating: int
    right_partner: bool | None
    because: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A standing entry of the ledger. `is_hidden`: as of what an outcome says."""

    key: str
    kind: str
    provenance: str
    amount_minor: int | None
    currency: str
    is_hidden: bool = False

    @property
    def shown_minor(self) -> int | None:
        return None if self.is_hidden else self.amount_minor


@dataclass(frozen=True)
class Rows:
    """All rows of a fair as they were at an instant."""

    fair: Fair
    at: datetime
    companies: list[CompanyRow]
    meetings: list[MeetingRow]
    requests: list[RequestRow]
    satisfaction: list[SatisfactionRow]
    papers: list[PaperRow]
    units: dict[str, Translated]
    """The names of the recruiting units, by key."""
    halls: dict[int, Translated]

    def of_days(self, chosen: Callable[[date], bool]) -> "Rows":
        """The same with the meetings of these days of the fair alone, and what companies said of them."""
        meetings = {one.key: one for one in self.meetings if chosen(one.day)}
        said = [one for one in self.satisfaction if one.meeting in meetings]
        return replace(self, meetings=list(meetings.values()), satisfaction=said)

    @cached_property
    def company(self) -> dict[str, CompanyRow]:
        return {one.key: one for one in self.companies}

    @cached_property
    def meeting(self) -> dict[str, MeetingRow]:
        return {one.key: one for one in self.meetings}

    @cached_property
    def request(self) -> dict[str, RequestRow]:
        return {one.key: one for one in self.requests}

    @cached_property
    def said(self) -> dict[str, SatisfactionRow]:
        return {one.key: one for one in self.satisfaction}

    @cached_property
    def paper(self) -> dict[str, PaperRow]:
        return {one.key: one for one in self.papers}


def read_rows(fair: Fair, *, now: datetime) -> Rows:
    """Twelve queries, whatever the size of the fair."""
    units = RecruitingUnit.objects.filter(fair=fair).order_by("pk")
    unit_keys = _keys((unit.pk, unit.key, (unit.name.get("en", ""), "unit")) for unit in units)
    halls = {hall.pk: hall for hall in Hall.objects.filter(fair=fair)}
    numbers = {pk: hall.number for pk, hall in halls.items()}
    companies = _companies(fair, unit_keys, numbers)
    keys = {pk: row.key for pk, row in companies.items()}
    hall_of = {pk: row.hall for pk, row in companies.items()}
    return Rows(
        fair=fair,
        at=now,
        companies=list(companies.values()),
        meetings=_meetings(fair, keys, hall_of, now),
        requests=_requests(fair, keys),
        satisfaction=_satisfaction(fair, keys),
        papers=[
            PaperRow(str(number), kind, provenance, amount, currency, is_hidden)
            for number, kind, provenance, amount, currency, is_hidden in Entry.objects.standing()
            .filter(fair=fair)
            .values_list("number", "kind", "provenance", "amount_minor", "currency", "is_amount_hidden")
        ],
        units={unit_keys[unit.pk]: unit.name for unit in units},
        halls={hall.number: hall.name for hall in halls.values()},
    )


def _keys(rows: Iterable[tuple[int, str, Iterable[str]]]) -> dict[int, str]:
    """The organiser's key of each row, or one made of its names, as the workbook makes it."""
    listed = list(rows)
    taken = {key for _pk, key, _names in listed if key}
    return {pk: key or new_key(names, taken) for pk, key, names in listed}


def _companies(fair: Fair, units: dict[int, str], halls: dict[int, int]) -> dict[int, CompanyRow]:
    """By the primary key of the participation."""
    found = list(Participation.objects.filter(fair=fair).select_related("company").order_by("pk"))
    keys = _keys((one.pk, one.key, (one.company.slug,)) for one in found)
    purchasers: dict[int, list[Purchaser]] = defaultdict(list)
    leads = Staff.objects.filter(is_lead=True, company__participations__fair=fair).order_by("pk")
    for company, title, decides in leads.values_list("company", "position", "decides"):
        purchasers[company].append(Purchaser(title, decides))
    return {
        one.pk: CompanyRow(
            key=keys[one.pk],
            name=one.company.name,
            state=one.state,
            sells=one.sells,
            buys=one.buys,
            kind=one.company.kind,
            country=one.company.country,
            city=one.company.city,
            city_name=one.company.city_name,
            prefecture=one.company.prefecture,
            county=one.company.county,
            unit=units[one.unit_id] if one.unit_id else "",
            hall=halls[one.hall_id] if one.hall_id else None,
            is_new=one.company.is_new_to_partner_country,
            floor=one.floor(fair),
            purchasers=tuple(purchasers[one.company_id]),
        )
        for one in found
    }


def _meetings(fair: Fair, keys: dict[int, str], halls: dict[int, int | None], now: datetime) -> list[MeetingRow]:
    own = Meeting.objects.filter(fair=fair)
    # Interpreters who have lost the role since are counted too.
    interpreted = set(own.filter(participants__role=Role.INTERPRETER).values_list("pk", flat=True))
    seconds, outcomes, submitted = _connected(fair, now), _outcomes(fair), _submitted(fair)
    fields = (
        *("pk", "exhibitor_id", "buyer_id", "state", "missed_because", "by_telephone", "extended_minutes"),
        *("slot__starts_at", "slot__ends_at", "slot__day__date"),
    )
    return [
        MeetingRow(
            key=str(pk),
            exhibitor=keys[exhibitor],
            buyer=keys[buyer],
            hall=halls[exhibitor],
            day=day,
            starts_at=starts_at,
            ends_at=ends_at + timedelta(minutes=extended),
            state=state,
            missed_because=missed_because,
            by_telephone=by_telephone,
            has_interpreter=pk in interpreted,
            connected_seconds=seconds.get(pk, 0),
            submitted=submitted.get(pk, {}),
            **outcomes.get(pk, _NO_OUTCOME),
        )
        for pk, exhibitor, buyer, state, missed_because, by_telephone, extended, starts_at, ends_at, day in (
            own.order_by("slot__starts_at", "pk").values_list(*fields)
        )
    ]


def _connected(fair: Fair, now: datetime) -> dict[int, int]:
    intervals: dict[int, list[Interval]] = defaultdict(list)
    rows = Attendance.objects.filter(meeting__fair=fair, connected_at__isnull=False).exclude(side="").order_by()
    for meeting, side, connected_at, left_at in rows.values_list("meeting", "side", "connected_at", "left_at"):
        intervals[meeting].append(Interval(side, connected_at, left_at))
    return {meeting: int(overlap_seconds(found, now)) for meeting, found in intervals.items()}


class _OfOutcome(TypedDict):
    """The fields of a meeting's row that say what was agreed."""

    outcome: str
    reference: str
    agreed: Said | None
    agreed_at: datetime | None


_NO_OUTCOME = _OfOutcome(outcome="", reference="", agreed=None, agreed_at=None)


def _outcomes(fair: Fair) -> dict[int, _OfOutcome]:
    """By meeting."""
    own = ("meeting", "state", "number", "agreed_at", "is_amount_hidden")
    version = ("agreed__kind", "agreed__amount_minor", "agreed__currency", "agreed__demand")
    rows = Outcome.objects.filter(fair=fair).values_list(*own, *version)
    return {
        meeting: _OfOutcome(
            outcome=state,
            reference=Outcome(fair=fair, number=number).reference if kind else "",
            agreed=Said(kind, amount, currency, is_hidden, str(demand or ""), number) if kind else None,
            agreed_at=agreed_at,
        )
        for meeting, state, number, agreed_at, is_hidden, kind, amount, currency, demand in rows
    }


def _submitted(fair: Fair) -> dict[int, dict[str, Said]]:
    found: dict[int, dict[str, Said]] = defaultdict(dict)
    rows = Statement.objects.filter(outcome__fair=fair).values_list(
        "outcome__meeting", "side", "version__kind", "version__amount_minor", "version__currency",
        "outcome__is_amount_hidden", "version__demand",
    )  # fmt: skip
    for meeting, side, kind, amount, currency, is_hidden, demand in rows:
        found[meeting][side] = Said(kind, amount, currency, is_hidden, str(demand or ""))
    return found


def _requests(fair: Fair, keys: dict[int, str]) -> list[RequestRow]:
    rows = MeetingRequest.objects.filter(fair=fair).order_by("pk")
    return [
        RequestRow(str(pk), keys[sender], keys[receiver], state, made_at, answered_at)
        for pk, sender, receiver, state, made_at, answered_at in rows.values_list(
            "pk", "sender_id", "receiver_id", "state", "made_at", "answered_at"
        )
    ]


def _satisfaction(fair: Fair, keys: dict[int, str]) -> list[SatisfactionRow]:
    rows = Satisfaction.objects.filter(fair=fair).order_by("pk")
    return [
        SatisfactionRow(
            str(pk),
            str(meeting),
            Side.EXHIBITOR if company == exhibitor else Side.BUYER,
            keys[company],
            rating,
            right,
            because,
        )
        for pk, meeting, company, exhibitor, rating, right, because in rows.values_list(
            "pk", "meeting_id", "participation_id", "meeting__exhibitor_id", "rating", "right_partner", "because"
        )
    ]
