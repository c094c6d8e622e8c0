"""What decides before all points: who may not meet, and who is to meet first."""

from booths.models import NotInterested
from fairplatform.fairs.models import Fair
from fairplatform.fairs.models.wishes import Preference
from fairplatform.fairs.sole_agents import agents_with_principals
from meetings.models import MatchedPair, Pair

Both = frozenset[int]
"""Two companies, by the keys of their participations, in no order."""
LeftOut = MatchedPair.LeftOut


def forbidden(fair: Fair) -> dict[Both, LeftOut]:
    """Whom a "no" of either, or a sole agency, keeps apart."""
    found = {frozenset(pair): LeftOut.SOLE_AGENT for pair in agents_with_principals(fair)}
    refused = Preference.objects.filter(fair=fair, wish=Preference.Wish.NO).values_list("participation", "wanted")
    return found | {frozenset(pair): LeftOut.NO for pair in refused}


def spared(fair: Fair) -> set[Both]:
    """Where one has asked not to be recommended the other: they meet only if somebody wants it expressly."""
    rows = NotInterested.objects.filter(participation__fair=fair).values_list("participation", "other")
    return {frozenset(pair) for pair in rows}


def pairs(fair: Fair) -> list[Pair]:
    return list(Pair.objects.filter(fair=fair).order_by("number", "pk"))


def wishes(fair: Fair, wish: Preference.Wish) -> list[tuple[int, int]]:
    """Who wishes it, and whom they wish to meet."""
    rows = Preference.objects.filter(fair=fair, wish=wish).order_by("pk")
    return list(rows.values_list("participation", "wanted"))
