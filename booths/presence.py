"""How many people are at booths now."""

import asyncio
from collections import Counter
from collections.abc import Iterable

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from fairplatform.content_cache.placeholders import Pieces, fill
from fairplatform.content_cache.store import cached
from fairplatform.fairs.models import Fair
from fairplatform.realtime import topic_names
from fairplatform.realtime.hub import HUB


def present(booths: Iterable[int]) -> dict[int, int]:
    """The number of people at each of these booths; booths with nobody are left out. Called from a thread."""
    if HUB.loop is None or not HUB.loop.is_running():
        return {}
    topics = {topic_names.booth(booth): booth for booth in booths}
    here = asyncio.run_coroutine_threadsafe(HUB.presence.numbers(list(topics)), HUB.loop).result(timeout=5)
    return {topics[topic]: number for topic, number in here.items() if number}


def present_in_halls(fair: Fair) -> dict[int, int]:
    """The number of people at the booths of each hall, by the hall's key."""
    places = cached(("booths.places", fair.pk), lambda: dict(fair.booths.values_list("pk", "hall")))
    totals: Counter[int] = Counter()
    for booth, number in present(places).items():
        totals[places[booth]] += number
    return totals


def here_now(number: int) -> SafeString | str:
    """The words on a card; nothing where nobody is."""
    return render_to_string("components/here_now.html", {"number": number}) if number else ""


def fill_in(piece: Pieces, fair: Fair) -> SafeString:
    """A piece of a page with who is where now, in its placeholders `booth <key>` and `hall <key>`."""
    places = [(kind, int(key)) for kind, key in (name.split() for name in piece[1::2])]
    halls = present_in_halls(fair) if any(kind == "hall" for kind, _ in places) else {}
    booths = present(key for kind, key in places if kind == "booth")
    here = {"hall": halls, "booth": booths}
    return fill(piece, {f"{kind} {key}": here_now(here[kind].get(key, 0)) for kind, key in places})
