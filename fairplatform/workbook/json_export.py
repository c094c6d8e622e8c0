"""The schedule, outcomes, figures and ledger of a fair as JSON for other programs. Instants are UTC and end in Z."""

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from fairplatform.fairs.models import Fair
from fairplatform.fairs.sharing import Elsewhere
from fairplatform.ledger import chain
from fairplatform.ledger.models import QUANTITY_SCALE, Entry
from fairplatform.ledger.models.entry import shows_amount
from fairplatform.policy import Role
from fairplatform.report.building import build
from fairplatform.report.data import Record, figures_data, instant, meeting_data, rows_data
from fairplatform.report.rows import read_rows
from meetings.models import Meeting, Pair, Participant, PlannedMeeting, Satisfaction, ScheduleVersion
from meetings.models.meeting import Side

from .keys import KeyBook
from .schedule_reports import companies_data, not_placed_data
from .stored import STORED_SHEETS

Pins = set[tuple[int, int, datetime | None]]
"""Pairs with the time that each is pinned to."""
KEYED = ("units", "halls", "companies", "people")  # sheets whose keys the JSON, or sheets after them, name


def schedule(fair: Fair) -> list[Record]:
    """Every meeting, and those of the draft, in the order of time."""
    keys = read_keys(fair)
    pinned = set(Pair.objects.filter(fair=fair).values_list("exhibitor", "buyer", "starts_at"))
    rows = [*_scheduled(fair, keys, pinned), *_planned(fair, keys, pinned)]
    return [row for _at, row in sorted(rows, key=lambda row: row[0])]


def _scheduled(fair: Fair, keys: KeyBook, pinned: Pins) -> Iterator[tuple[datetime, Record]]:
    interpreters = dict(
        Participant.objects.filter(meeting__fair=fair, role=Role.INTERPRETER).values_list("meeting", "user")
    )
    for meeting in _meetings(fair):
        own = _placed(meeting, keys, meeting.starts_at, meeting.ends_at, pinned)
        interpreter = keys.key("people", interpreters.get(meeting.pk))
        yield meeting.starts_at, own | {"interpreter": interpreter, "state": meeting.state}


def _planned(fair: Fair, keys: KeyBook, pinned: Pins) -> Iterator[tuple[datetime, Record]]:
    draft = PlannedMeeting.objects.filter(version__fair=fair, version__state=ScheduleVersion.State.DRAFT)
    for row in draft.filter(not_placed="").order_by("starts_at", "pk"):
        assert row.starts_at is not None
        assert row.ends_at is not None
        own = _placed(row, keys, row.starts_at, row.ends_at, pinned)
        yield row.starts_at, own | {"interpreter": keys.key("people", row.interpreter_id), "state": "draft"}


def _placed(
    row: Meeting | PlannedMeeting, keys: KeyBook, starts_at: datetime, ends_at: datetime, pinned: Pins
) -> Record:
    times = {"starts_at": instant(starts_at), "ends_at": instant(ends_at)}
    return _parties(row, keys) | times | {"pinned": (row.exhibitor_id, row.buyer_id, starts_at) in pinned}


def not_placed(fair: Fair) -> Record:
    """Of the draft, or else of the schedule that was published last: the pairs without a time and why, and what each
    company reads of itself."""
    version = ScheduleVersion.objects.filter(fair=fair).order_by("number").last()
    if version is None:
        return {"version": None, "state": None, "not_placed": [], "companies": []}
    keys = read_keys(fair)
    return {
        "version": version.number,
        "state": version.state,
        "not_placed": not_placed_data(version, keys),
        "companies": companies_data(version, keys),
    }


def outcomes(fair: Fair) -> list[Record]:
    """Every meeting with what both sides agreed, if they did, and what each of them has submitted."""
    found = read_rows(fair, now=timezone.now())
    return [
        meeting_data(row)
        | {
            "held": row.was_held(found.at),
            "kind": row.agreed.kind if row.agreed else None,
            "amount_minor": row.agreed.shown_minor if row.agreed else None,
            "currency": row.agreed.currency or None if row.agreed else None,
            "states": {side: "confirmed" if side in row.submitted else "open" for side in Side.values},
        }
        for row in found.meetings
    ]


def satisfaction(fair: Fair) -> list[Record]:
    """What each company has said of its meetings, also of those that do not count, in the order of time."""
    keys = read_keys(fair)
    rows = Satisfaction.objects.filter(fair=fair).select_related("meeting__slot")
    return [
        {
            **_parties(row.meeting, keys),
            "starts_at": instant(row.meeting.starts_at),
            "state": row.meeting.state,
            "company": keys.key("companies", row.participation_id),
            "rating": row.rating,
            "right_partner": row.right_partner,
            "because": row.because or None,
            "note": row.note,
            "made_at": instant(row.made_at),
        }
        for row in rows.order_by("meeting__slot__starts_at", "meeting", "pk")
    ]


def figures(fair: Fair) -> Record:
    """The figures of the report, each with the keys of its rows, and these rows."""
    report = build(fair, (), now=timezone.now())
    return {
        "fair": fair.slug,
        "demo": fair.is_demo,
        "as_at": instant(report.rows.at),
        "last_fair": report.last and report.last.slug,
        "figures": figures_data(report),
        "rows": rows_data(report.rows),
    }


def ledger(fair: Fair) -> list[Record]:
    """Every entry of the agreement ledger, corrected ones too, with what its digest is computed of.

    Without an amount that a party hides, and so without what is written of that entry.
    """
    keys = read_keys(fair)
    written_of = list(chain.rows(fair))
    # Without what is added meanwhile.
    entries = Entry.objects.filter(fair=fair, number__lte=len(written_of))
    entries = entries.select_related("corrects").prefetch_related("names")
    standing = set(Entry.objects.standing().filter(fair=fair).values_list("number", flat=True))
    released = set(Entry.objects.filter(shows_amount(), fair=fair).values_list("number", flat=True))
    return [
        {
            **_entry(entry, keys),
            "stands": entry.number in standing,
            "released_with_amount": entry.number in released,
            "previous": previous,
            "written": None if entry.is_amount_hidden else written,
            "digest": digest,
        }
        for entry, (_number, previous, written, digest) in zip(entries, written_of, strict=True)
    ]


def _entry(entry: Entry, keys: KeyBook) -> Record:
    own = ("number", "key", "kind", "provenance", "outcome", "subject", "sector", "amount_minor", "quantity_unit")
    later = ("signed_at", "is_binding", "languages", "prevailing", "realised_minor", "evidence", "source", "reason")
    return {
        **{name: getattr(entry, name) for name in (*own, *later)},
        **({"amount_minor": None, "realised_minor": None} if entry.is_amount_hidden else {}),
        "amount_hidden": entry.is_amount_hidden,
        "corrects": entry.corrects.number if entry.corrects else None,
        "withdrawn": entry.is_withdrawn,
        "currency": entry.currency or None,
        "quantity": None if entry.quantity is None else f"{Decimal(entry.quantity) / QUANTITY_SCALE:f}",
        "agreed_on": entry.agreed_on and entry.agreed_on.isoformat(),
        "signed_on": entry.signed_on and entry.signed_on.isoformat(),
        "valid_until": entry.valid_until and entry.valid_until.isoformat(),
        "entered_at": instant(entry.entered_at),
        "names": [
            {"part": one.part, "company": keys.key("companies", one.participation_id), "name": one.name}
            | ({"title": one.title} if one.title else {})
            for one in entry.names.all()
        ],
    }


def _meetings(fair: Fair) -> list[Meeting]:
    return list(Meeting.objects.filter(fair=fair).select_related("slot").order_by("slot__starts_at", "pk"))


def _parties(meeting: Meeting | PlannedMeeting, keys: KeyBook) -> Record:
    return {
        "exhibitor": keys.key("companies", meeting.exhibitor_id),
        "buyer": keys.key("companies", meeting.buyer_id),
    }


def read_keys(fair: Fair) -> KeyBook:
    """The organiser's keys of everything that JSON names."""
    keys = KeyBook()
    for sheet in KEYED:
        STORED_SHEETS[sheet].read(fair, keys, Elsewhere.of(None, fair))
    return keys


EXPORTS: dict[str, Callable[[Fair], object]] = {
    "schedule": schedule,
    "not_placed": not_placed,
    "outcomes": outcomes,
    "satisfaction": satisfaction,
    "figures": figures,
    "ledger": ledger,
}
