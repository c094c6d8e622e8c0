"""Who in a fair is the sole agent of whom: named by the key of the principal, or by its name alone."""

from collections import defaultdict

from fairplatform.i18n.text import fold

from .models import Fair, Participation
from .models.wishes import SoleAgency


def agents_with_principals(fair: Fair) -> set[tuple[int, int]]:
    """Pairs of participations, by their keys: the agent, and its principal in the fair."""
    agencies = SoleAgency.objects.filter(participation__fair=fair)
    found = set(agencies.exclude(principal=None).values_list("participation", "principal"))
    agents: dict[str, set[int]] = defaultdict(set)
    for agent, name in agencies.filter(principal=None).values_list("participation", "principal_name"):
        agents[fold(name)].add(agent)
    for pk, names in Participation.objects.filter(fair=fair).values_list("pk", "company__name") if agents else ():
        found |= {(agent, pk) for name in names.values() for agent in agents.get(fold(name), ()) if agent != pk}
    return found
