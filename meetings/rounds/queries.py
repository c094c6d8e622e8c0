"""What the pages of a round show."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from booths.match_reasons import ReasonInWords, all_in_words, stored
from fairplatform.accounts.models import Viewer
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, RecruitingUnit
from fairplatform.policy import Role
from meetings.models import Tick, TickList, TickRound


@dataclass(frozen=True)
class Row:
    """A candidate as it is shown."""

    tick: Tick
    reasons: list[ReasonInWords]


def rows(tick_list: TickList) -> list[Row]:
    ticks = tick_list.ticks.select_related("other__company", "answered_by").order_by("number")
    return [Row(tick, all_in_words(stored(tick.reasons))) for tick in ticks]


def rounds(fair: Fair) -> "QuerySet[TickRound]":
    return TickRound.objects.filter(fair=fair).annotate(asked=Count("lists", distinct=True)).order_by("-number")


def lists(tick_round: TickRound, person: Viewer) -> "QuerySet[TickList]":
    """Those of the round that this person sees: an organiser all, a delegate those of their units.

    Each with `answered`: how many of its `number` candidates have an answer.
    """
    own = memberships(person, tick_round.fair_id)
    found = TickList.objects.filter(round=tick_round)
    if Role.ORGANISER not in own.roles:
        found = found.filter(participation__unit__in=own.units)
    found = found.annotate(number=Count("ticks"), answered=Count("ticks", filter=~Q(ticks__answer="")))
    return found.select_related("participation__company", "participation__unit", "round", "fair").order_by(
        "participation__unit__key", "participation__company__slug"
    )


@dataclass(frozen=True)
class Silent:
    """The companies of a unit, or of none, that have answered nothing."""

    unit: RecruitingUnit | None
    lists: Sequence[TickList]


def silent(found: "QuerySet[TickList]") -> list[Silent]:
    answered = Tick.objects.filter(tick_list=OuterRef("pk")).exclude(answer="")
    by_unit: dict[int | None, list[TickList]] = {}
    for one in found.filter(~Exists(answered)):
        by_unit.setdefault(one.participation.unit_id, []).append(one)
    return [Silent(own[0].participation.unit, own) for own in by_unit.values()]
