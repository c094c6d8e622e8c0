"""The fairs of a series: the one that was held before, and all of them side by side.

Companies and meetings, and the intended purchases that both sides have confirmed, are figures of the report; all other
agreements are totals of the ledger. Neither are added up here, and what was reported elsewhere is in none of them.
Everyone may read it: so sums have only amounts that are released to everybody, and say how many they are without.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from babel.numbers import format_decimal
from django.core.cache import cache
from django.db.models import Case, Exists, Max, Min, OuterRef, Q, QuerySet, Subquery, When
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.accounts.locations import country_name
from fairplatform.accounts.models import Viewer
from fairplatform.fairs.models import Fair, FairDay, RoleAssignment
from fairplatform.i18n.text import current_language
from fairplatform.i18n.times import format_days
from fairplatform.ledger.kinds import Kind
from fairplatform.ledger.models import Entry, ReportedFigure
from fairplatform.ledger.totals import Beside, Total, beside, named_parties, totals_of_each
from fairplatform.policy import Role

from .definition import Definition
from .definitions import DEFINITIONS
from .figure import Figure
from .figures import compute
from .outline import read_outlines
from .results import CONCLUDED, INTENDED, MEMORANDA
from .row import Rows

COMPARED = ("companies", "exhibitors", "buyers", "meetings_planned", "meetings_held")
KEPT_FOR = 60  # seconds: everyone may open the page, and it reads all meetings of all its fairs
AGENCIES = frozenset({Kind.AGENCY, Kind.JOINT_VENTURE})
TOPICS: tuple[tuple[Promise, frozenset[Kind]], ...] = (
    (_("Concluded purchases"), CONCLUDED),
    (_("Intended purchases"), INTENDED),
    (_("Memoranda and letters of intent"), MEMORANDA),
    (_("Agencies and joint ventures"), AGENCIES),
)


def of_series(fairs: "QuerySet[Fair]", fair: Fair) -> "QuerySet[Fair]":
    """Those of these fairs that are of its series: fairs of the same name that have an organiser in common with it.

    Anybody may give a fair of theirs the name of another's series, which makes it no fair of that. A fair that nobody
    organises belongs to those who organise the first fair of its name.
    """
    organising = RoleAssignment.objects.filter(role=Role.ORGANISER)
    of_name = organising.filter(fair__series=fair.series).order_by(Case(When(fair=fair, then=0), default=1), "fair")
    organisers = organising.filter(fair=Subquery(of_name.values("fair")[:1])).values("user")
    own = organising.filter(fair=OuterRef("pk"))
    shared = own.filter(user__in=organisers)
    return fairs.filter(series=fair.series).filter(Q(pk=fair.pk) | Exists(shared) | ~Exists(own))


def last_fair(fair: Fair) -> Fair | None:
    """None without a series, and for its first fair. A draft has not been held."""
    first = fair.days.aggregate(first=Min("date"))["first"]
    if not fair.series or first is None:
        return None
    others = of_series(Fair.objects.all(), fair).exclude(pk=fair.pk).exclude(state=Fair.State.DRAFT)
    dated = others.annotate(first=Min("days__date")).filter(first__lt=first)
    return dated.order_by("-first", "-pk").first()


class Parties(NamedTuple):
    """How many agreements that reports tell of have two or more parties, one, and none that is named."""

    both: int
    one: int
    none: int


@dataclass(frozen=True)
class Sum:
    """Agreements of one kind that are known alike: how many, and what they come to in a currency ("": no amount).

    `hidden`: how many amounts it is without, because a party hides them, or they are not released to everybody.
    """

    kind: str
    currency: str
    count: int
    amount_minor: int | None
    hidden: int = 0

    @property
    def label(self) -> str:
        return str(Kind(self.kind).label)


@dataclass(frozen=True)
class Counted:
    """The figures of a fair's report that are compared, by key, and what both sides confirmed as intended."""

    values: dict[str, int]
    intended: tuple[Sum, ...]


class Cell(NamedTuple):
    """What is known of a fair in one way. `parties`: of reports alone."""

    sums: list[Sum]
    parties: Parties | None


class Line(NamedTuple):
    """What is known in one way, of each fair."""

    provenance: Entry.Provenance
    cells: list[Cell]


@dataclass(frozen=True)
class Column:
    """A fair of the series. `first` and `last`: its days, if it has any. `sums`: by provenance.

    `named`: by kind, how many agreements that reports tell of name how many parties.
    """

    fair: Fair
    first: date | None
    last: date | None
    counted: Counted
    sums: dict[str, list[Sum]]
    named: dict[str, Counter[int]]
    reported: list[ReportedFigure]

    @property
    def url(self) -> str:
        """A draft has no public page."""
        is_draft = self.fair.state == Fair.State.DRAFT
        return reverse("office:overview", args=[self.fair.slug]) if is_draft else self.fair.get_absolute_url()

    @property
    def countries(self) -> list[str]:
        return [country_name(code) for code in dict.fromkeys((self.fair.host_country, self.fair.station_country))]

    @property
    def days(self) -> str:
        """Its first and last day with their year."""
        if self.first is None or self.last is None:
            return ""
        return format_days(self.first, self.last, current_language())

    @property
    def beside(self) -> list[Beside]:
        """What was reported elsewhere, and what the parties have confirmed in its currency."""
        return beside(self.reported, self.sums[Entry.Provenance.PARTIES])

    def figure(self, key: str) -> str:
        """Empty of a fair that is known from reports alone: nobody has counted its companies as none."""
        value = self.counted.values.get(key) if self.counted.values["companies"] else None
        return "" if value is None else str(format_decimal(value, "#,##0", locale="en"))

    def cell(self, kinds: frozenset[Kind], provenance: Entry.Provenance) -> Cell:
        sums = [one for one in self.sums[provenance] if one.kind in kinds]
        if provenance != Entry.Provenance.REPORT or not sums:
            return Cell(sums, None)
        named: Counter[int] = sum((self.named.get(kind, Counter()) for kind in kinds), Counter())
        return Cell(sums, Parties(named.total() - named[0] - named[1], named[1], named[0]))


@dataclass(frozen=True)
class Series:
    """The fairs side by side, the earliest first. `at`: when their figures were counted."""

    columns: list[Column]
    at: datetime

    @property
    def figures(self) -> list[tuple[Definition, list[str]]]:
        """Empty where a fair has no such figure: nothing was collected that it could count."""
        return [(DEFINITIONS[key], [one.figure(key) for one in self.columns]) for key in COMPARED]

    @property
    def topics(self) -> list[tuple[Promise, list[Line]]]:
        """Of each topic what the parties have confirmed, also where that is nothing; in other ways what there is."""
        return [(title, lines) for title, kinds in TOPICS if (lines := self._lines(kinds))]

    @property
    def is_reported(self) -> bool:
        return any(one.reported for one in self.columns)

    def _lines(self, kinds: frozenset[Kind]) -> list[Line]:
        lines = [Line(one, [column.cell(kinds, one) for column in self.columns]) for one in Entry.Provenance]
        known = [line for line in lines if any(cell.sums for cell in line.cells)]
        is_confirmed = any(line.provenance == Entry.Provenance.PARTIES for line in known)
        return known if is_confirmed or kinds == AGENCIES else [lines[0], *known]


def side_by_side(fair: Fair, person: Viewer, *, now: datetime) -> Series:
    """Those of the series that the person may see. Of a fair without a series: itself.

    Eight queries, however many fairs there are.
    """
    fairs = list(of_series(Fair.objects.visible_to(person), fair)) if fair.series else [fair]
    rows = FairDay.objects.filter(fair__in=fairs).order_by().values_list("fair").annotate(Min("date"), Max("date"))
    days = {pk: (first, last) for pk, first, last in rows}
    fairs.sort(key=lambda one: (days.get(one.pk, (date.max,))[0], one.pk))
    (at, counted), named = _counted(fairs, now), named_parties(fairs)
    sums = totals_of_each(fairs, in_public=True)
    reported = _reported(fairs)
    columns = []
    for one in fairs:
        first, last = days.get(one.pk, (None, None))
        own = counted[one.pk]
        columns.append(Column(one, first, last, own, _sums(sums[one.pk], own), named[one.pk], reported[one.pk]))
    return Series(columns, at)


def _counted(fairs: list[Fair], now: datetime) -> tuple[datetime, dict[int, Counted]]:
    key = "report.series." + "-".join(str(fair.pk) for fair in fairs)
    found: tuple[datetime, dict[int, Counted]] | None = cache.get(key)
    if found is None:
        found = now, {rows.fair.pk: _count(rows) for rows in read_outlines(fairs, now=now)}
        cache.set(key, found, KEPT_FOR)
    return found


def _count(rows: Rows) -> Counted:
    figures = compute(rows)
    values = {figure.key: figure.value for figure in figures if figure.key in COMPARED}
    return Counted(values, tuple(_intended(figures)))


def _intended(figures: Iterable[Figure]) -> Iterator[Sum]:
    """Nobody releases an intended deal: none of the amounts is shown."""
    kind, without = Kind.INTENDED_DEAL.value, 0
    for figure in figures:
        if figure.key == "intended_confirmed":
            without += figure.value
        elif figure.definition.key == "intended_amount_confirmed":
            number = len(figure.rows)
            without -= number
            yield Sum(kind, figure.currency, number, 0, number)
    if without:
        yield Sum(kind, "", without, None)


def _sums(totals: Iterable[Total], counted: Counted) -> dict[str, list[Sum]]:
    """By provenance. Intended deals are no entries of the ledger when the parties confirm them."""
    found: dict[str, list[Sum]] = {provenance: [] for provenance in Entry.Provenance.values}
    found[Entry.Provenance.PARTIES.value] += counted.intended
    for one in totals:
        found[one.provenance].append(Sum(one.kind, one.currency, one.count, one.amount_minor, one.hidden))
    return found


def _reported(fairs: list[Fair]) -> dict[int, list[ReportedFigure]]:
    found: dict[int, list[ReportedFigure]] = {fair.pk: [] for fair in fairs}
    for figure in ReportedFigure.objects.filter(fair__in=fairs):
        found[figure.fair_id].append(figure)
    return found
