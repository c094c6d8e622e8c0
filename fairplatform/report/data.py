"""Figures and the rows that they are of as data for other programs. Instants are UTC and end in Z."""

from datetime import UTC, datetime

from fairplatform.money.rates import Conversion, Rate

from .figure import Figure
from .row import CompanyRow, InquiryRow, MeetingRow, PaperRow, RequestRow, Rows, Said, SatisfactionRow
from .tables import Report

Record = dict[str, object]
ENGLISH = "en"


def figures_data(report: Report) -> dict[str, Record]:
    """By key; each with the value of the last fair and what it comes to in another currency, null where it has none."""
    return {figure.key: figure_data(figure, report.before.get(figure.key)) for figure in report.figures}


def figure_data(figure: Figure, last: Figure | None) -> Record:
    return {
        "name": figure.name(ENGLISH),
        "definition": figure.sentence(ENGLISH),
        "value": figure.value,
        "hidden": figure.hidden,
        "currency": figure.currency or None,
        "unit": figure.definition.unit.value,
        "of": figure.definition.of.value,
        "rows": list(figure.rows),
        "last": {"value": last.value, "hidden": last.hidden} if last else None,
        "converted": _conversion(figure.conversion) if figure.conversion else None,
    }


def _conversion(one: Conversion) -> Record:
    """With the rate that it was made with."""
    return {"amount_minor": one.converted.minor, "currency": one.converted.currency, "rate": rate_data(one.rate)}


def rate_data(one: Rate) -> Record:
    """What one unit of `base` was worth in `quote`."""
    return {
        "date": one.on.isoformat(),
        "base": one.base,
        "quote": one.quote,
        "rate": f"{one.value.normalize():f}",
        "source": one.source,
    }


def rows_data(rows: Rows) -> dict[str, list[Record]]:
    """By what figures are of."""
    return {
        "companies": [company_data(one) for one in rows.companies],
        "meetings": [meeting_data(one) for one in rows.meetings],
        "requests": [request_data(one) for one in rows.requests],
        "inquiries": [inquiry_data(one) for one in rows.inquiries],
        "satisfaction": [satisfaction_data(one) for one in rows.satisfaction],
        "ledger": [paper_data(one) for one in rows.papers],
        "rates": [rate_data(one) for one in rows.rates],
    }


def company_data(one: CompanyRow) -> Record:
    """Without what says who its people are."""
    return {
        "key": one.key,
        "name": dict(one.name),
        "state": one.state,
        "sells": one.sells,
        "buys": one.buys,
        "type": one.kind,
        "country": one.country,
        "city": one.city,
        "prefecture": one.prefecture,
        "county": one.county,
        "recruiting_unit": one.unit,
        "hall": one.hall,
        "new_to_market": one.is_new,
        "min_meetings": one.floor,
        "purchasers": [{"title": purchaser.title, "decides": purchaser.decides} for purchaser in one.purchasers],
    }


def meeting_data(one: MeetingRow) -> Record:
    return {
        "key": one.key,
        "exhibitor": one.exhibitor,
        "buyer": one.buyer,
        "hall": one.hall,
        "day": one.day.isoformat(),
        "starts_at": instant(one.starts_at),
        "ends_at": instant(one.ends_at),
        "state": one.state,
        "missed_because": one.missed_because or None,
        "by_telephone": one.by_telephone,
        "interpreter": one.has_interpreter,
        "connected_seconds": one.connected_seconds,
        "outcome": one.outcome or None,
        "reference": one.reference or None,
        "agreed": _said(one.agreed),
        "agreed_at": one.agreed_at and instant(one.agreed_at),
        "submitted": {side: _said(what) for side, what in one.submitted.items()},
    }


def _said(what: Said | None) -> Record | None:
    if what is None:
        return None
    return {"kind": what.kind, **_amount(what), "demand": what.demand or None}


def _amount(row: Said | PaperRow) -> Record:
    """An amount that a party hides is in no row."""
    return {"amount_minor": row.shown_minor, "currency": row.currency or None, "amount_hidden": row.is_hidden}


def request_data(one: RequestRow) -> Record:
    return {
        "key": one.key,
        "sender": one.sender,
        "receiver": one.receiver,
        "state": one.state,
        "made_at": instant(one.made_at),
        "answered_at": one.answered_at and instant(one.answered_at),
    }


def inquiry_data(one: InquiryRow) -> Record:
    return {
        "key": one.key,
        "exhibitor": one.exhibitor,
        "asking": one.asking or None,
        "opened_at": instant(one.opened_at),
        "answered_at": one.answered_at and instant(one.answered_at),
    }


def satisfaction_data(one: SatisfactionRow) -> Record:
    return {
        "key": one.key,
        "meeting": one.meeting,
        "side": one.side,
        "company": one.company,
        "rating": one.rating,
        "right_partner": one.right_partner,
        "because": one.because or None,
    }


def paper_data(one: PaperRow) -> Record:
    return {
        "key": one.key,
        "kind": one.kind,
        "provenance": one.provenance,
        **_amount(one),
        "realised_minor": None if one.is_hidden else one.realised_minor,
        "outcome": one.outcome or None,
        "released_with_amount": one.is_released,
    }


def instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
