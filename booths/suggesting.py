"""What the search box offers while somebody types: HS headings, products, exhibitors and demands that it begins."""

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from fairplatform.accounts.models import Viewer
from fairplatform.content_cache.store import cached
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import Text, current_language

from . import hs_codes, hs_typed, queries
from .filtering import best_found, booth_text, demand_text, first_found, product_text
from .hs_codes import HEADING
from .models import Booth, Demand, Display
from .models.booth import is_visible
from .models.demand import fair_date
from .search import Query, parse
from .search_words import HAN

SHORTEST = 2  # letters; in Chinese one character says enough
LONGEST = 60  # characters of what is typed
HEADINGS, PRODUCTS, BOOTHS, DEMANDS = 3, 5, 3, 3
READ = 20  # products whose titles match, for PRODUCTS different names


class Suggestion(NamedTuple):
    """A line of the list. `code`: of an HS heading, else empty."""

    kind: str
    text: Text
    url: str
    code: str = ""


def suggestions(fair: Fair, person: Viewer, typed: str) -> tuple[Query, list[Suggestion]]:
    """What was typed as a query, and what it may be the beginning of: headings of the fair's products first."""
    query = parse(typed)
    if not query or len(typed) > LONGEST or len(typed.strip()) < (1 if HAN.search(typed) else SHORTEST):
        return query, []
    titles = query.literal.opened
    shown = [*_products(fair, person, titles), *_booths(fair, person, titles), *_demands(fair, person, titles)]
    return query, [*_headings(fair, query, typed), *shown]


def _headings(fair: Fair, query: Query, typed: str) -> Iterator[Suggestion]:
    code = hs_typed.typed_code(typed)
    shown = cached(("booths.headings", fair.pk), lambda: _headings_shown(fair))
    named = shown if code else query.headings
    found = [heading for heading in named if heading in shown and heading.startswith(code[:HEADING])]
    for heading in found[:HEADINGS]:
        text = hs_codes.short_title(heading).in_language(current_language())
        yield Suggestion("heading", text, _search(fair, heading), heading)


def _headings_shown(fair: Fair) -> list[str]:
    rows = queries.displays(fair, queries.ANYBODY).annotate(heading=queries.HEADING).order_by("heading")
    return list(rows.values_list("heading", flat=True).distinct())


def _products(fair: Fair, person: Viewer, titles: Query) -> Iterator[Suggestion]:
    """Different names: many exhibitors show the same kind of goods. One leads to all that it finds."""
    shown = Display.objects.filter(is_visible(fair, person, "booth__"))
    found = first_found(shown.filter(product_text(titles, "search_title")), READ)
    keys = list(best_found(shown, titles, found, READ))
    named = dict(Display.objects.filter(pk__in=keys).values_list("pk", "product__name"))
    names = dict.fromkeys(named[pk].in_language(current_language()) for pk in keys)
    for name in list(names)[:PRODUCTS]:
        yield Suggestion("product", name, _search(fair, name.text))


def _booths(fair: Fair, person: Viewer, titles: Query) -> Iterator[Suggestion]:
    rows = Booth.objects.filter(is_visible(fair, person), booth_text(titles, "search_title"))
    named = rows.order_by(*queries.BOOTH_SORTS["number"]).values_list("slug", "participation__company__name")
    for slug, name in named[:BOOTHS]:
        yield Suggestion("booth", name.in_language(current_language()), reverse("booths:booth", args=[fair.slug, slug]))


def _demands(fair: Fair, person: Viewer, titles: Query) -> Iterator[Suggestion]:
    """Those that this person may see and exhibitors can answer."""
    if not queries.sees_demands(fair, person):
        return
    rows = Demand.objects.visible_to(person).filter(demand_text(titles, "search_title"), fair=fair)
    current = rows.current(fair_date(fair, timezone.now())).order_by("-pk")
    for pk, text in current.values_list("pk", "text")[:DEMANDS]:
        yield Suggestion(
            "demand", text.in_language(current_language()), reverse("demands:demand", args=[fair.slug, pk])
        )


def _search(fair: Fair, words: str) -> str:
    return f"{reverse('booths:search', args=[fair.slug])}?{urlencode({'q': words})}"
