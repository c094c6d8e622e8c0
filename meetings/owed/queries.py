"""Of which meetings the outcome is differing, known from one side, to be corrected, or missing; and who owes it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.models import User
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation
from fairplatform.i18n.text import Translated
from fairplatform.policy import Role
from meetings.models import Meeting, Outcome, Statement
from meetings.models.meeting import Side
from meetings.satisfaction.queries import TOOK_PLACE
from meetings.staffing import representatives


class Open(TextChoices):
    """How an outcome is open: what the list of outcomes is filtered by."""

    DIFFERING = "differing", _("The two records do not match")
    ONE_SIDE = "one_side", _("Submitted by one side")
    MISSING = "missing", _("Confirmed by no side")
    CORRECTION = "correction", _("Correction proposed by one side")


@dataclass(frozen=True)
class Line:
    """What one company owes of one meeting. `drafted`: there is a draft that no side has confirmed."""

    meeting: int
    side: Side
    participation: int
    state: Open
    drafted: bool = False


@dataclass(frozen=True)
class Item:
    """A line with its meeting."""

    line: Line
    meeting: Meeting

    @property
    def partner(self) -> Translated:
        name: Translated = self.meeting.company_of(self.line.side.other).name
        return name


@dataclass(frozen=True)
class Owing:
    """A company with the outcomes that it owes, by time."""

    participation: Participation
    items: list[Item]

    @property
    def speakers(self) -> list[User]:
        """Who is asked: those named for these meetings for the company; if none still is, its representatives."""
        named = {one.pk: one for item in self.items for one in _named(item)}
        return list(named.values()) or representatives(self.participation)

    def speakers_at(self, item: Item) -> list[User]:
        """Who is asked about one of them."""
        return _named(item) or representatives(self.participation)


def _named(item: Item) -> list[User]:
    people = item.meeting.participants.all()
    return [one.user for one in people if one.role == Role.PARTY and one.side == item.line.side]


def owed(person: User, fair: Fair, now: datetime) -> list[Line]:
    """All of the fair for an organiser, those of their unit's companies for a delegate; two queries."""
    own = memberships(person, fair.pk)
    stated: dict[int, set[str]] = {}
    for meeting, side in Statement.objects.filter(outcome__fair=fair).values_list("outcome__meeting", "side"):
        stated.setdefault(meeting, set()).add(side)
    over = TOOK_PLACE & Q(slot__ends_at__lte=now)
    begun = Q(outcome__state__in=(Outcome.State.DIFFERING, Outcome.State.ONE_SIDE))
    begun |= Q(outcome__correction__isnull=False)
    rows = Meeting.objects.filter(over | begun, fair=fair).exclude(state=Meeting.State.CANCELLED)
    settled = Q(outcome__state=Outcome.State.AGREED, outcome__correction=None)
    rows = rows.exclude(settled).order_by("slot__starts_at", "pk")
    values = ("pk", "outcome__state", "outcome__correction__side", "exhibitor", "buyer")
    found = []
    for key, state, proposed, exhibitor, buyer, *of in rows.values_list(*values, "exhibitor__unit", "buyer__unit"):
        for side, company, unit in ((Side.EXHIBITOR, exhibitor, of[0]), (Side.BUYER, buyer, of[1])):
            if proposed == side or (state == Outcome.State.ONE_SIDE and side in stated.get(key, ())):
                continue
            if Role.ORGANISER in own.roles or unit in own.units:
                found.append(Line(key, side, company, _open(state), drafted=state == Outcome.State.DRAFTED))
    return found


def _open(state: str | None) -> Open:
    if state == Outcome.State.AGREED:
        return Open.CORRECTION
    return Open(state) if state in Open.values else Open.MISSING


def by_company(lines: Iterable[Line]) -> dict[int, list[Line]]:
    """By participation, in the order of their first line."""
    found: dict[int, list[Line]] = {}
    for line in lines:
        found.setdefault(line.participation, []).append(line)
    return found


def owing(companies: Iterable[Participation], lines: Mapping[int, Collection[Line]]) -> list[Owing]:
    """These companies, in their order, with what they owe; two queries."""
    rows = list(companies)
    keys = {line.meeting for one in rows for line in lines[one.pk]}
    rows_of = Meeting.objects.with_names().select_related("outcome__correction__version")
    meetings = rows_of.prefetch_related("participants__user").in_bulk(keys)
    return [Owing(one, [Item(line, meetings[line.meeting]) for line in lines[one.pk]]) for one in rows]
