"""The rows of several fairs in outline: what their companies, meetings and agreed outcomes say of themselves.

Figures that need no more are the same of these rows as of all rows of a fair, and a page may read many fairs.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from fairplatform.fairs.models import Fair, Participation
from fairplatform.i18n.text import Translated
from meetings.models import Meeting

from .row import CompanyRow, MeetingRow, Rows, Said

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_COMPANY = CompanyRow(
    key="", name=Translated(), state="", sells=False, buys=False, kind="", country="", city="", city_name=Translated(),
    prefecture="", county="", unit="", hall=None, is_new=False, floor=0, purchasers=(),
)  # fmt: skip
_MEETING = MeetingRow(
    key="", exhibitor="", buyer="", hall=None, day=date.min, starts_at=_LONG_AGO, ends_at=_LONG_AGO, state="",
    missed_because="", by_telephone=False, has_interpreter=False, connected_seconds=0, outcome="", reference="",
    agreed=None, agreed_at=None, submitted={},
)  # fmt: skip


def read_outlines(fairs: Iterable[Fair], *, now: datetime) -> list[Rows]:
    """Two queries, however many fairs there are. The keys of rows are their primary keys."""
    fairs = list(fairs)
    companies, meetings = _companies(fairs), _meetings(fairs)
    return [
        Rows(
            fair,
            now,
            companies[fair.pk],
            meetings[fair.pk],
            requests=[],
            satisfaction=[],
            papers=[],
            inquiries=[],
            rates=[],
            units={},
            halls={},
        )
        for fair in fairs
    ]


def _companies(fairs: list[Fair]) -> dict[int, list[CompanyRow]]:
    found: dict[int, list[CompanyRow]] = defaultdict(list)
    rows = Participation.objects.filter(fair__in=fairs).order_by("pk")
    for fair, pk, state, sells, buys in rows.values_list("fair", "pk", "state", "sells", "buys"):
        found[fair].append(replace(_COMPANY, key=str(pk), state=state, sells=sells, buys=buys))
    return found


def _meetings(fairs: list[Fair]) -> dict[int, list[MeetingRow]]:
    found: dict[int, list[MeetingRow]] = defaultdict(list)
    times = ("slot__day__date", "slot__starts_at", "slot__ends_at", "extended_minutes")
    outcome = ("outcome__state", "outcome__is_amount_hidden", "outcome__number")
    agreed = [f"outcome__agreed__{name}" for name in ("kind", "amount_minor", "currency", "demand")]
    rows = Meeting.objects.filter(fair__in=fairs).order_by("slot__starts_at", "pk")
    for (
        fair,
        pk,
        exhibitor,
        buyer,
        state,
        day,
        starts_at,
        ends_at,
        extended,
        said,
        is_hidden,
        number,
        *what,
    ) in rows.values_list("fair", "pk", "exhibitor", "buyer", "state", *times, *outcome, *agreed):
        kind, amount, currency, demand = what
        meeting = replace(
            _MEETING,
            key=str(pk),
            exhibitor=str(exhibitor),
            buyer=str(buyer),
            state=state,
            day=day,
            starts_at=starts_at,
            ends_at=ends_at + timedelta(minutes=extended),
            outcome=said or "",
            agreed=Said(kind, amount, currency, is_hidden, str(demand or ""), number) if kind else None,
        )
        found[fair].append(meeting)
    return found
