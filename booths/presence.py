"""How many people are at booths now, and how the cached lists are completed with it."""

from collections import Counter

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fairplatform.content_cache.placeholders import Pieces, fill
from fairplatform.fairs.models import Fair

from .headcount import hall_of_booths, people_at_booths


def people_in_halls(fair: Fair) -> dict[int, int]:
    """Number of people at the booths of each hall, by hall; halls with nobody are left out."""
    hall_of = hall_of_booths(fair)
    totals: Counter[int] = Counter()
    for booth, people in people_at_booths(hall_of).items():
        totals[hall_of[booth]] += len(people)
    return totals


def presence_label(count: int) -> SafeString | str:
    """“2 here now”; empty for nobody."""
    return render_to_string("components/here_now.html", {"number": count}) if count else ""


def fill_presence(piece: Pieces, fair: Fair) -> SafeString:
    """The piece with the labels of now in its placeholders, which are named `booth <pk>` and `hall <pk>`."""
    placeholders = [(kind, int(key)) for kind, key in (name.split() for name in piece[1::2])]
    halls = people_in_halls(fair) if any(kind == "hall" for kind, _ in placeholders) else {}
    booths = people_at_booths(key for kind, key in placeholders if kind == "booth")
    counts = {"hall": halls, "booth": {booth: len(people) for booth, people in booths.items()}}
    return fill(piece, {f"{kind} {key}": presence_label(counts[kind].get(key, 0)) for kind, key in placeholders})
