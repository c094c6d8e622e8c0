"""One search over the booths, products and demands of a fair, each of them only if the reader may see it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Case, Q, QuerySet, When

from fairplatform.accounts.models import Viewer
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import Text, Translated

from . import queries
from .filtering import (
    BY_HEADING,
    LEAST,
    MOST,
    best_found,
    booth_matches,
    booth_text,
    demand_text,
    matching,
    product_text,
    relevance,
    wanted_for,
)
from .full_text import Score
from .hs_codes import SUBHEADING
from .models import Booth, Demand, Display
from .models.booth import is_visible
from .queries import BOOTH_SORTS, sees_demands
from .search import Query, parse

KINDS = ("booth", "product", "demand")
ALL = "all"
PER_PAGE = 24
MOST_REASONS = 200  # products of a page's booths, read for the reasons why the booths were found
# What a list of results shows, and what its rows may have been found by: all else took a third of the search's calls.
_OF_COMPANY = ("name", "kind", "country", "city", "city_name", "address")
_OF_PRODUCT = (*queries.ON_CARD, "article", "description", "hs_code", "certificates")

Row = Booth | Display | Demand


class Hit(NamedTuple):
    """A row that matches: the order of hits is that of a list of results."""

    score: int
    kind: str
    pk: int


@dataclass(frozen=True)
class Result:
    """A hit for a reader of one language. `key`: the row's in addresses. `hs`: six digits, or empty. `row`: the row."""

    kind: str
    key: str
    title: Text
    hs: str
    score: int
    row: Row


@dataclass(frozen=True)
class Results:
    """A page of results. `counts` by kind and `total` are at most MOST for each kind: that many or more."""

    rows: list[Result]
    total: int
    counts: dict[str, int]
    page: "Page[Hit]"
    query: Query


def search(
    fair: Fair,
    person: Viewer,
    query: str,
    kind: str = ALL,
    language: str = "en",
    page: int | str = 1,
    per_page: int = PER_PAGE,
) -> Results:
    """What a query finds for this person, the most relevant first; `kind`: one of KINDS, or ALL.

    A page that is not there is the nearest one. A query without a letter or digit finds nothing.
    """
    sought = parse(query)
    found = _hits(fair, person, sought, wanted_for(page, per_page))
    counts = {each: len(hits) for each, hits in found.items()}
    hits = sorted((hit for each in _asked(kind) for hit in found[each]), key=_place)
    shown = Paginator(hits, per_page).get_page(page)
    return Results(_results(fair, person, shown.object_list, language), len(hits), counts, shown, sought)


def _place(hit: Hit) -> tuple[int, bool]:
    """Kinds alternate where their scores differ. Of equal ones booths come first, but not by their goods alone."""
    return -hit.score, hit.kind == "booth" and hit.score in (BY_HEADING, LEAST)


def _asked(kind: str) -> tuple[str, ...]:
    return (kind,) if kind in KINDS else KINDS


def _shown(fair: Fair, person: Viewer, kind: str) -> "QuerySet[Booth] | QuerySet[Display] | QuerySet[Demand]":
    """The rows of a kind with what a list of results shows of them: of hits, which the person may see."""
    if kind == "booth":
        rows = Booth.objects.select_related("hall", "participation__company")
        company = _of("participation__company", *_OF_COMPANY, "tagline", "story")
        return rows.only("slug", "hall__number", *_of("participation", "offers", "cooperation"), *company)
    if kind == "product":
        return _goods()
    return queries.demands(fair, person)


def _goods() -> "QuerySet[Display]":
    rows = Display.objects.select_related("product__company")
    return rows.only("booth", "rank", *_of("product", *_OF_PRODUCT), *_of("product__company", *_OF_COMPANY))


def _of(path: str, *names: str) -> list[str]:
    return [f"{path}__{name}" for name in names]


def _hits(fair: Fair, person: Viewer, query: Query, wanted: int) -> dict[str, list[Hit]]:
    """Of each kind at most MOST, the first `wanted` in order: keys alone, since a page reads the rows of a few."""
    if not query:
        return {kind: [] for kind in KINDS}
    shown = Display.objects.filter(is_visible(fair, person, "booth__"))
    goods = matching(shown, query)
    products = best_found(shown, query, goods, MOST, wanted)
    booths = Booth.objects.filter(is_visible(fair, person)).order_by(*BOOTH_SORTS["number"])
    return {
        "booth": _booth_hits(booths, shown, query, {one.booth for one in goods}),
        "product": [Hit(score, "product", pk) for pk, score in products.items()],
        "demand": _demand_hits(fair, person, query) if sees_demands(fair, person) else [],
    }


def _booth_hits(booths: "QuerySet[Booth]", shown: "QuerySet[Display]", query: Query, of_goods: set[int]) -> list[Hit]:
    """Booths with every word in their own text or in one product; if there is none, those that have them together."""
    score = relevance(query, booth_text)
    hits = _in_order("booth", booths.filter(booth_text(query.opened, others=of_goods)), score)
    if hits or len(query.terms) == 1:
        return hits
    return _in_order("booth", booths.filter(booth_matches(query.opened, shown)), score)


def _demand_hits(fair: Fair, person: Viewer, query: Query) -> list[Hit]:
    rows = Demand.objects.visible_to(person).filter(demand_text(query.opened), fair=fair).order_by("-pk")
    return _in_order("demand", rows, relevance(query, demand_text))


def _in_order(kind: str, rows: "QuerySet[Booth] | QuerySet[Demand]", score: Score) -> list[Hit]:
    keys = rows.annotate(score=score).order_by("-score", *rows.query.order_by).values_list("score", "pk")
    return [Hit(score, kind, pk) for score, pk in keys[:MOST]]


def _results(fair: Fair, person: Viewer, hits: Iterable[Hit], language: str) -> list[Result]:
    hits = list(hits)
    rows: dict[tuple[str, int], Row] = {}
    for kind in {hit.kind for hit in hits}:
        found = _shown(fair, person, kind).in_bulk([hit.pk for hit in hits if hit.kind == kind])
        rows |= {(kind, pk): row for pk, row in found.items()}
    return [_result(rows[hit.kind, hit.pk], hit, language) for hit in hits]


def _result(row: Row, hit: Hit, language: str) -> Result:
    match row:
        case Booth():
            key, name, code = row.slug, row.participation.company.name, ""
        case Display():
            key, name, code = str(row.product_id), row.product.name, row.product.hs6
        case Demand():
            key, name, code = str(row.pk), row.text, row.hs_code[:SUBHEADING]
    title = Translated(name).in_language(language)
    return Result(hit.kind, key, title, code if len(code) == SUBHEADING else "", hit.score, row)


def goods_matching(booths: Collection[int], query: Query) -> "QuerySet[Display]":
    """The products at these booths that match any word of the query, at most MOST_REASONS: of all words first."""
    words = Q()
    for term in query.opened.terms:
        words |= Q(product_text(Query((term,))))
    rows = _goods().filter(words, booth__in=booths)
    has_all = Case(When(product_text(query.opened), then=relevance(query, product_text)), default=0)
    return rows.order_by(has_all.desc(), "rank", "pk")[:MOST_REASONS]
