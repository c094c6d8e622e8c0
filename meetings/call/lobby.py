"""Who waits for a meeting: the people with its room's page open, whether or not they have entered."""

from collections import defaultdict
from collections.abc import Mapping, Set
from typing import cast

from meetings.figures.protocol import SideName
from meetings.models import Participant


def sides_here(people: Mapping[int, Set[int]]) -> dict[int, list[SideName]]:
    """By meeting, the sides of which somebody is among these people (keys of users). One query."""
    everybody = {person for present in people.values() for person in present}
    named = Participant.objects.filter(meeting__in=people, user__in=everybody).exclude(side="")
    sides: dict[int, set[SideName]] = defaultdict(set)
    for meeting, person, side in named.values_list("meeting", "user", "side"):
        if person in people[meeting]:
            sides[meeting].add(cast(SideName, side))
    return {meeting: sorted(names) for meeting, names in sides.items()}
