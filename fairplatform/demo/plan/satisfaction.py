"""The 151 answers to how the meetings held were: 4.3 of 5 on average, most of them from both companies."""

from .events import DemoMeeting, DemoSatisfaction
from .matches import PERSONA_BUYER, PERSONA_EXHIBITOR
from .random_source import random_for

# How often each rating was given, and how many of these said that it was the right partner, or the wrong one.
RATINGS = {5: (75, 70, 0), 4: (55, 44, 0), 3: (15, 5, 3), 2: (4, 0, 4), 1: (2, 0, 2)}
REASONS = ("price", "quantity", "goods", "price", "person", "role", "price", "language", "quantity")
SIDES = ("exhibitor", "buyer")


def satisfaction(meetings: tuple[DemoMeeting, ...], seed: int) -> tuple[DemoSatisfaction, ...]:
    """In the order of the meetings. The personas have yet to answer, so that whoever visits can."""
    random = random_for(seed, "satisfaction")
    personas = {PERSONA_BUYER, PERSONA_EXHIBITOR}
    asked = [
        (meeting, side)
        for meeting in meetings
        for side in SIDES
        if meeting.state == "held" and getattr(meeting, side) not in personas
    ]
    ratings: list[tuple[int, bool | None]] = []
    for rating, (number, right, wrong) in RATINGS.items():
        ratings += [(rating, True)] * right + [(rating, False)] * wrong + [(rating, None)] * (number - right - wrong)
    random.shuffle(ratings)
    reasons = iter(REASONS)
    chosen = sorted(random.sample(range(len(asked)), len(ratings)))
    return tuple(
        DemoSatisfaction(
            key=f"{asked[place][0].key}/{asked[place][1]}",
            meeting=asked[place][0].key,
            side=asked[place][1],
            by=asked[place][0].people[SIDES.index(asked[place][1])],
            rating=rating,
            right_partner=right,
            because=next(reasons) if right is False else "",
            after=random.randint(1560, 1920),
        )
        for place, (rating, right) in zip(chosen, ratings, strict=True)
    )
