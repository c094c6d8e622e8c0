"""How many people are at booths now, and how the cached lists are completed with it."""

from collections import Counter
from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fairplatform.content_cache.placeholders import Pieces, fill
from fairplatform.content_cache.store import cached
from fairplatform.fairs.models import Fair
from fairplatform.realtime import topic_names
from fairplatform.realtime.hub import HUB


def people_at_booths(booths: Iterable[int]) -> dict[int, int]:
    """Number of people by booth; booths with nobody are left out. Called from a thread."""
    topics = {topic_names.booth(booth): booth for booth in booths}
    return {topics[topic]: len(people) for topic, people in HUB.here_all(list(topics)).items() if people}


def people_in_halls(fair: Fair) -> dict[int, int]:
    """Number of people at the booths of each hall, by hall; halls with nobody are left out."""
    hall_of = cached(("booths.hall_of", fair.pk), lambda: dict(fair.booths.values_list("pk", "hall")))
    totals: Counter[int] = Counter()
    for booth, count in people_at_booths(hall_of).items():
        totals[hall_of[booth]] += count
    return totals


def presence_label(count: int) -> SafeString | str:
    """“2 here now”; empty for nobody."""
    return render_to_string("components/here_now.html", {"number": count}) if count else ""


def fill_presence(piece: Pieces, fair: Fair) -> SafeString:
    """The piece with the labels of now in its placeholders, which are named `booth <pk>` and `hall <pk>`."""
    placeholders = [(kind, int(key)) for kind, key in (name.split() for name in piece[1::2])]
    halls = people_in_halls(fair) if any(kind == "hall" for kind, _ in placeholders) else {}
    booths = people_at_booths(key for kind, key in placeholders if kind == "booth")
    counts = {"hall": halls, "booth": booths}
    return fill(piece, {f"{kind} {key}": presence_label(counts[kind].get(key, 0)) for kind, key in placeholders})
