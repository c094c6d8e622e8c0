"""Reads the rows that the figures of a fair are of, once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypedDict

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Subquery

from booths.models import Inquiry
from chat.models import Member, Message
from fairplatform.accounts.models import Staff
from fairplatform.fairs.keys import new_key
from fairplatform.fairs.models import Fair, Hall, Participation, RecruitingUnit
from fairplatform.ledger.models import Entry
from fairplatform.ledger.models.entry import shows_amount
from fairplatform.ledger.rates import rates_of
from fairplatform.policy import Role
from meetings.models import Attendance, Meeting, MeetingRequest, Outcome, Satisfaction
from meetings.models.meeting import Side
from meetings.models.outcome import Statement
from meetings.schedule.overlap import Interval, overlap_seconds

from .row import CompanyRow, InquiryRow, MeetingRow, PaperRow, Purchaser, RequestRow, Rows, Said, SatisfactionRow


def read_rows(fair: Fair, *, now: datetime) -> Rows:
    """Fourteen queries, whatever the size of the fair."""
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
            PaperRow(str(number), *row)
            for number, *row in Entry.objects.standing()
            .filter(fair=fair)
            .annotate(shows_amount=ExpressionWrapper(shows_amount(), BooleanField()))
            .values_list(
                *("number", "kind", "provenance", "amount_minor", "currency", "is_amount_hidden", "realised_minor"),
                *("outcome", "shows_amount"),
            )
        ],
        inquiries=_inquiries(fair, keys),
        rates=rates_of(fair),
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


def _inquiries(fair: Fair, keys: dict[int, str]) -> list[InquiryRow]:
    own = Member.objects.filter(conversation=OuterRef("conversation"))
    booth = own.filter(user=OuterRef("author"), participation=OuterRef(OuterRef("booth__participation")))
    answers = Message.objects.filter(Exists(booth), conversation=OuterRef("conversation")).order_by("seq")
    rows = Inquiry.objects.filter(fair=fair).order_by("pk").annotate(
        asking=Subquery(own.filter(user=OuterRef("visitor")).values("participation")[:1]),
        answered_at=Subquery(answers.values("sent_at")[:1]),
    )  # fmt: skip
    return [
        InquiryRow(str(pk), keys[exhibitor], keys[asking] if asking else "", opened_at, answered_at)
        for pk, exhibitor, asking, opened_at, answered_at in rows.values_list(
            "pk", "booth__participation", "asking", "opened_at", "answered_at"
        )
    ]
