"""Why a company does not meet more of those who look for its goods, or sell what it looks for: figures for itself.

Counted by heading, of what everybody reads in the directories, of working hours and languages. Never of wishes, points
or the meetings of others: whom somebody does not want to meet is counted as if nobody had said so.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from booths.matching_sides import buyers, sellers
from booths.models.demand import fair_date
from fairplatform.errors import SENTENCES as REFUSALS
from fairplatform.fairs.models import Fair, Participation
from meetings.models import Meeting, ScheduleVersion
from meetings.models.meeting import Side

from .common_times import CommonTimes
from .headings import Headings, headings_of
from .wishes import Both

NO_HOURS: Mapping[Side, Promise] = {
    Side.EXHIBITOR: ngettext_lazy(
        "%(count)s of %(suiting)s buyers of %(heading)s shares no free time with you.",
        "%(count)s of %(suiting)s buyers of %(heading)s share no free time with you.",
        "count",
    ),
    Side.BUYER: ngettext_lazy(
        "%(count)s of %(suiting)s exhibitors of %(heading)s shares no free time with you.",
        "%(count)s of %(suiting)s exhibitors of %(heading)s share no free time with you.",
        "count",
    ),
}
NO_LANGUAGE: Mapping[Side, Promise] = {
    Side.EXHIBITOR: ngettext_lazy(
        "%(count)s of %(suiting)s buyers of %(heading)s shares no language with you, and no interpreter of the fair "
        "has both.",
        "%(count)s of %(suiting)s buyers of %(heading)s share no language with you, and no interpreter of the fair "
        "has both.",
        "count",
    ),
    Side.BUYER: ngettext_lazy(
        "%(count)s of %(suiting)s exhibitors of %(heading)s shares no language with you, and no interpreter of the "
        "fair has both.",
        "%(count)s of %(suiting)s exhibitors of %(heading)s share no language with you, and no interpreter of the "
        "fair has both.",
        "count",
    ),
}
OTHERS: Mapping[Side, Promise] = {
    Side.EXHIBITOR: ngettext_lazy(
        "With %(count)s of %(suiting)s buyers of %(heading)s you share free times, but no meeting is planned. Request "
        "one, or ask the organisers.",
        "With %(count)s of %(suiting)s buyers of %(heading)s you share free times, but no meetings are planned. "
        "Request some, or ask the organisers.",
        "count",
    ),
    Side.BUYER: ngettext_lazy(
        "With %(count)s of %(suiting)s exhibitors of %(heading)s you share free times, but no meeting is planned. "
        "Request one, or ask the organisers.",
        "With %(count)s of %(suiting)s exhibitors of %(heading)s you share free times, but no meetings are planned. "
        "Request some, or ask the organisers.",
        "count",
    ),
}


@dataclass(frozen=True)
class Unmet:
    """Of the `suiting` companies that a company in the role `side` could meet about a heading: how many it does not.

    `without_hours`: with whom it shares no free time; `without_language`: of the rest, neither a language nor an
    interpreter; `others`: all the rest.
    """

    side: Side
    heading: str
    suiting: int
    without_hours: int
    without_language: int
    others: int

    @property
    def sentences(self) -> list[str]:
        """For the company itself, in the reader's language."""
        counts = ((NO_HOURS, self.without_hours), (NO_LANGUAGE, self.without_language), (OTHERS, self.others))
        names = {"suiting": self.suiting, "heading": self.heading}
        return [str(said[self.side] % {"count": count, **names}) for said, count in counts if count]


@dataclass(frozen=True)
class Prospects:
    """Of one company: how many `meetings` it has, at most and of how many `times`; and whom it does not meet."""

    meetings: int
    most: int | None
    times: int
    unmet: Sequence[Unmet]

    @property
    def own(self) -> list[str]:
        """Its own figures in words."""
        text = _("Your meetings: %(meetings)s. Times of the fair at which you can meet: %(times)s.")
        found = [text % {"meetings": self.meetings, "times": self.times}]
        if self.most is not None and self.meetings >= self.most:
            found.append(str(REFUSALS["own_meets_enough"]))
        return found


def prospects(fair: Fair, companies: Iterable[Participation], met: Collection[Both], now: datetime) -> list[Prospects]:
    """Of these companies, in their order; `met`: who meets whom. In a constant number of queries."""
    rows = list(companies)
    market = _Market(fair, [one.pk for one in rows], now)
    has = Counter(pk for both in met for pk in both)
    found = market.unmet(met)
    return [Prospects(has[one.pk], one.ceiling(fair), market.times.of(one.pk), found.get(one.pk, ())) for one in rows]


def prospects_of(company: Participation, now: datetime) -> Prospects | None:
    """Of a company, by the meetings that it has; None as long as no schedule is published."""
    fair = company.fair
    if not ScheduleVersion.objects.filter(fair=fair, state=ScheduleVersion.State.PUBLISHED).exists():
        return None
    own = Q(exhibitor=company) | Q(buyer=company)
    rows = Meeting.objects.filter(own, fair=fair).exclude(state=Meeting.State.CANCELLED)
    [found] = prospects(fair, [company], {frozenset(ends) for ends in rows.values_list("exhibitor", "buyer")}, now)
    return found


class _Market:
    """Those companies, and all others under their headings."""

    def __init__(self, fair: Fair, companies: Collection[int], now: datetime) -> None:
        self._headings: dict[Side, dict[int, Headings]] = {
            Side.EXHIBITOR: {pk: headings_of(one) for pk, one in sellers(fair, without_booth=True).items()},
            Side.BUYER: {pk: headings_of(one) for pk, one in buyers(fair, on=fair_date(fair, now)).items()},
        }
        self._under = {side: _by_heading(self._headings[side]) for side in Side}
        self._suiting = {(pk, side): self._others(pk, side) for pk in companies for side in Side}
        others = {other for found in self._suiting.values() for keys in found.values() for other in keys}
        self.times = CommonTimes(fair, {*companies, *others})

    def _others(self, company: int, side: Side) -> dict[str, set[int]]:
        """By heading, those of the other role."""
        others = self._under[side.other]
        found = {code: others.get(code, set()) - {company} for code in self._headings[side].get(company, ())}
        return {code: keys for code, keys in found.items() if keys}

    def unmet(self, met: Collection[Both]) -> dict[int, list[Unmet]]:
        meeting, found = set(met), defaultdict[int, list[Unmet]](list)
        for (pk, side), suiting in self._suiting.items():
            for code, keys in suiting.items():
                without = {one for one in keys if frozenset((pk, one)) not in meeting}
                if without:
                    found[pk].append(self._counted(pk, side, code, len(keys), without))
        return {pk: sorted(own, key=_order) for pk, own in found.items()}

    def _counted(self, pk: int, side: Side, code: str, suiting: int, without: Collection[int]) -> Unmet:
        hours = {one for one in without if not self.times.shared(pk, one)}
        language = {one for one in without if one not in hours and not self.times.can_talk(pk, one)}
        others = len(without) - len(hours) - len(language)
        return Unmet(side, code, suiting, len(hours), len(language), others)


def _order(one: Unmet) -> tuple[int, int, str, str]:
    """First where most cannot be met at all, then where most could."""
    return -(one.without_hours + one.without_language), -one.suiting, one.side, one.heading


def _by_heading(of: Mapping[int, Iterable[str]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for pk, codes in of.items():
        for code in codes:
            found[code].add(pk)
    return found
