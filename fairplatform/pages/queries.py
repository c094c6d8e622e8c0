"""What the front page of a fair, the page about it and the footer read."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Max, Min

from booths.models import Display
from fairplatform.content_cache.store import cached
from fairplatform.fairs.models import Body, Fact, Fair, FairDay
from fairplatform.fairs.slots import current_day
from fairplatform.i18n.text import Translated, current_language
from fairplatform.i18n.times import format_days
from fairplatform.ledger.models import Entry
from fairplatform.ledger.published import published
from meetings.models import Outcome
from meetings.outcomes.queries import agreed_outcomes

EXAMPLES = 6
PRODUCTS = 6
LATEST = 3
MINUTES = 60  # seconds


@dataclass(frozen=True)
class Days:
    """The days of a fair; `today` is the number of the present one, None before and after. `note`: {language: text}."""

    first: date
    last: date
    total: int
    today: int | None
    note: dict[str, str]

    def __str__(self) -> str:
        """With their year, which matters once they are over."""
        return format_days(self.first, self.last, current_language())


def days(fair: Fair, now: datetime) -> Days | None:
    rows: list[FairDay] = list(fair.days.order_by("number"))
    if not rows:
        return None
    today = current_day(fair, rows, now)
    note = today.note if today else {}
    return Days(rows[0].date, rows[-1].date, len(rows), today.number if today else None, note)


def bodies(fair: Fair) -> list[dict[str, Any]]:
    """The bodies behind the fair, one entry for each part they have in it: its label and their names, by rank."""

    def read() -> list[dict[str, Any]]:
        rows = list(fair.bodies.order_by("rank"))
        parts = [{"role": str(p.label), "names": [row.name for row in rows if row.part == p]} for p in Body.Part]
        return [part for part in parts if part["names"]]

    return cached(("pages.bodies", fair.pk), read)


def citations(fair: Fair) -> list[Translated]:
    """Where the facts of the fair were reported, each once."""
    named = list(fair.facts.order_by("rank").values_list("citation", flat=True))
    return [citation for place, citation in enumerate(named) if citation not in named[:place]]


def known_alone(fair: Fair, firms: int) -> list[Fact]:
    """The facts of a fair that is over and of which nothing else is known: it has no companies."""
    return list(fair.facts.order_by("rank")) if fair.state == Fair.State.CLOSED and not firms else []


class Agreed(NamedTuple):
    """An agreed outcome as everybody may read it: without names, and with its amount only where that is released."""

    outcome: Outcome
    shows_amount: bool


def latest_agreed(fair: Fair) -> list[Agreed]:
    """The newest agreed outcomes whose entries in the ledger all parties have released."""
    released = {one.outcome: one for one in Entry.objects.released().filter(fair=fair).exclude(outcome="")}
    if not released:
        return []
    agreed = agreed_outcomes(fair).select_related("fair", "meeting__exhibitor__hall")
    newest = list(islice((one for one in agreed.iterator() if one.reference in released), LATEST))
    entries = published([released[one.reference] for one in newest])
    return [Agreed(one, entry.shows_amount) for one, entry in zip(newest, entries, strict=True)]


def featured_products(fair: Fair, now: datetime) -> list[Display]:
    """One product from each of six halls, and from six others in the next hour."""
    by_hall = list(
        Display.objects.filter(booth__fair=fair, booth__participation__state="approved")
        .order_by("booth__hall__number")
        .values_list("booth__hall__number")
        .annotate(first=Min("pk"), last=Max("pk"))
    )
    turn = now.hour
    halls = [by_hall[(turn + 2 * n) % len(by_hall)] for n in range(min(PRODUCTS, len(by_hall)))]
    chosen = {first if turn % 2 else last for _hall, first, last in halls}
    rows = Display.objects.filter(pk__in=chosen).select_related("product__company", "product__picture", "booth__hall")
    return list(rows.order_by("booth__hall__number"))


def search_examples(fair: Fair, language: str) -> list[str]:
    """Names of six products, each from another hall, in this language: examples of what a search finds."""
    key = f"examples:{fair.pk}:{language}"
    names: list[str] | None = cache.get(key)
    if not names:
        names = _shortest_names(fair, language)
        cache.set(key, names, 10 * MINUTES)
    return names


def _shortest_names(fair: Fair, language: str) -> list[str]:
    """The shortest product name of each hall, from halls spread evenly over the fair."""
    shown = Display.objects.filter(booth__fair=fair, booth__participation__state="approved")
    names: dict[int, str] = {}
    for hall, name in shown.order_by("pk").values_list("booth__hall__number", "product__name"):
        word = name.get(language, "")
        if word and len(word) < len(names.get(hall, word + " ")):
            names[hall] = word
    step = max(1, len(names) // EXAMPLES)
    return [names[hall] for hall in sorted(names)][::step][:EXAMPLES]
