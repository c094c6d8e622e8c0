"""Who waits for a meeting: the page with its room is open, whether or not they have entered."""

from collections import defaultdict
from collections.abc import Mapping, Set
from typing import cast

from meetings.figures.protocol import SideName
from meetings.models import Participant


def sides_here(people: Mapping[int, Set[int]]) -> dict[int, list[SideName]]:
    """Of each meeting the sides of which somebody is among these people, where there is one. One query."""
    everybody = {person for here in people.values() for person in here}
    named = Participant.objects.filter(meeting__in=people, user__in=everybody).exclude(side="")
    found: dict[int, set[SideName]] = defaultdict(set)
    for meeting, person, side in named.values_list("meeting", "user", "side"):
        if person in people[meeting]:
            found[meeting].add(cast(SideName, side))
    return {meeting: sorted(sides) for meeting, sides in found.items()}
