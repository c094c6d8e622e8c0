"""Narrows lists of booths and products by a search and by the filters of their forms."""

import json
from collections.abc import Callable, Collection
from typing import NamedTuple, TypeVar

from django.db.models import Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from fairplatform.db.keys import KeyIn
from fairplatform.i18n.numbers import USUAL_CURRENCY
from fairplatform.i18n.text import current_language

from .filter_values import GOODS, FilterValues
from .full_text import Matches, Score, Tier
from .headcount import companies_speaking, staffed_booths
from .models import Booth, Demand, Display, Product
from .models.product import stored_price
from .queries import BOOTH_SORTS, SORTS
from .search import Query, parse

M = TypeVar("M", bound=Model)
TextMatch = Callable[[Query, str], Matches]
MOST_DIGITS = 9  # of the number of a page
MOST = 300  # rows of a kind that are put in order and counted; whoever gets more has to say more
# The scores of what is under a heading that the words name, and of what matches by its parts: see `tiers`.
BY_HEADING, LEAST = 5, 1


def narrow_booths(rows: "QuerySet[Booth]", values: FilterValues) -> "QuerySet[Booth]":
    """Booths that match every value: in their company, and all that is about products in one that they show."""
    if values.keys() & GOODS:
        rows = rows.filter(pk__in=_narrow_by_product(Display.objects.all(), values).values("booth"))
    if kind := values.get("kind"):
        rows = rows.filter(participation__company__kind=kind)
    rows = _narrow_by_booth(rows, values)
    if hall := values.get("hall"):
        rows = rows.filter(hall__number=hall)
    order = BOOTH_SORTS.get(values.get("sort", ""), BOOTH_SORTS["number"])
    if query := values.get("q"):
        sought = parse(query)
        shown = Display.objects.filter(booth__in=rows.order_by().values("pk"))
        rows = rows.filter(booth_matches(sought.opened, shown)) if sought else rows.none()
        if not values.get("sort"):
            rows, order = rows.alias(relevance=relevance(sought, booth_text)), ("-relevance", *order)
    return rows.order_by(*order)


def narrow_displays(rows: "QuerySet[Display]", values: FilterValues) -> "QuerySet[Display]":
    """Products that match every value, in the order asked for."""
    rows = _narrow_by_booth(_narrow_by_product(rows, values), values, "booth__")
    if hall := values.get("hall"):
        rows = rows.filter(Q(hall__number=hall) | Q(hall=None, booth__hall__number=hall))
    if query := values.get("q"):
        sought = parse(query)
        rows = rows.filter(product_text(sought.opened)) if sought else rows.none()
    return rows.order_by(*SORTS.get(values.get("sort", ""), SORTS[""]))


def displays_by_relevance(rows: "QuerySet[Display]", values: FilterValues, wanted: int = MOST) -> list[int]:
    """The keys of the products that match every value, at most MOST: those that match the search best come first.

    After the first `wanted` they may be in any order.
    """
    query = parse(values.get("q", ""))
    if not query:
        return []
    narrowed = narrow_displays(rows, {**values, "q": ""})
    return list(best_found(narrowed, query, matching(narrowed, query), MOST, wanted))


def wanted_for(page: int | str, per_page: int) -> int:
    """How many rows in order there must be for a page; for one that may not be there, all."""
    number = int(page) if str(page).isdecimal() and len(str(page)) <= MOST_DIGITS else 1
    return number * per_page if 1 <= number * per_page <= MOST else MOST


def _narrow_by_booth(rows: "QuerySet[M]", values: FilterValues, path: str = "") -> "QuerySet[M]":
    """By what the booth, its company and its people are, which both lists have. `path`: from the rows to booths."""
    company = f"{path}participation__company"
    wanted = {f"{company}__city": "city", f"{company}__country": "country"}
    rows = rows.filter(**{field: values.get(name) for field, name in wanted.items() if values.get(name)})
    if values.get("online"):
        booths = rows.order_by().values_list(f"{path}pk", flat=True).distinct()
        rows = rows.filter(**{f"{path}pk__in": staffed_booths(booths)})
    if values.get("mine"):
        rows = rows.filter(**{f"{company}__in": companies_speaking(current_language())})
    return rows


def _narrow_by_product(rows: "QuerySet[Display]", values: FilterValues) -> "QuerySet[Display]":
    """By the heading, certificates, Incoterm, minimum order, currency, unit and price of one product."""
    if heading := values.get("heading"):
        rows = rows.filter(product__hs6__startswith=heading)
    if certificate := values.get("certificate"):
        rows = rows.annotate(stated=Cast("product__certificates", TextField())).filter(_states(certificate))
    if incoterm := values.get("incoterm"):
        rows = rows.filter(product__incoterm=incoterm)
    if (moq := values.get("moq")) is not None:
        rows = rows.filter(product__moq__lte=moq)
    return _narrow_by_price(rows, values)


def _narrow_by_price(rows: "QuerySet[Display]", values: FilterValues) -> "QuerySet[Display]":
    """By the currency and the price, and by the unit, which may be that of the minimum order."""
    low, high = values.get("price_from"), values.get("price_to")
    is_priced = low is not None or high is not None
    if currency := values.get("currency", USUAL_CURRENCY if is_priced else ""):
        rows = rows.filter(product__currency=currency, product__price_low__isnull=False)
    if unit := values.get("unit"):
        rows = rows.filter(_counted_in(unit, is_priced=is_priced, has_minimum=values.get("moq") is not None))
    if low is not None:
        rows = rows.filter(product__price_high__gte=stored_price(low))
    if high is not None:
        rows = rows.filter(product__price_low__lte=stored_price(high))
    return rows


def _counted_in(unit: str, *, is_priced: bool, has_minimum: bool) -> Q:
    """The unit of what is asked for: of the price, of the minimum order or of both; of neither, that of either."""
    price, minimum = Q(product__price_unit=unit), Q(product__moq_unit=unit)
    if is_priced == has_minimum:
        return price & minimum if is_priced else price | minimum
    return price if is_priced else minimum


def _states(certificate: str) -> Q:
    """In a list of certificates is one of this name, with or without brackets after it.

    SQLite has no `contains` for JSON. Both databases print a list of strings, but only one escapes what is not ASCII.
    """
    lists = Q()
    for is_escaped in (True, False):
        name, bracket = (json.dumps(text, ensure_ascii=is_escaped)[1:-1] for text in (certificate, "（"))
        for end in ('"', "(", " (", bracket, f" {bracket}"):
            lists |= Q(stated__icontains=f'"{name}{end}')
    return lists


class Found(NamedTuple):
    """A product at a booth that a search has found."""

    pk: int
    product: int
    rank: int
    booth: int


def first_found(rows: "QuerySet[Display]", most: int) -> list[Found]:
    """So many of the rows, those that the index of words comes to first.

    In no order of ours: PostgreSQL would rather go through all products in that order than read a few by the index.
    """
    keys = rows.order_by().values_list("pk", "product", "rank", "booth")
    return [Found(*values) for values in keys[:most]]


def matching(rows: "QuerySet[Display]", query: Query) -> list[Found]:
    """The first of the rows with every word, more than MOST if there are.

    Longer words that begin so are looked for only where too few rows have the words themselves: it takes longest.
    """
    found: list[Found] = []
    for sought in dict.fromkeys((query, query.opened)):
        found = first_found(rows.filter(product_text(sought)), MOST + 1)
        if len(found) > MOST:
            break
    return found


def best_found(
    rows: "QuerySet[Display]", query: Query, found: list[Found], most: int, wanted: int = MOST
) -> dict[int, int]:
    """The keys of the products that match, at most so many, with their scores: the most relevant first.

    `found`: the first that match, more than `most` if there are. No more are read than are wanted: a word of half of
    the products takes no longer than another one. After the first `wanted` they may be in any order.
    """
    is_all = len(found) <= most
    scored = _scored(found, query) if is_all else _best_of_many(rows, query, found, most, min(most, wanted))
    # Of equal ones comes first what its exhibitor shows first.
    ranked = sorted(scored.items(), key=lambda item: (-item[1], item[0].rank, item[0].product))
    return {one.pk: score for one, score in ranked[:most]}


def _scored(found: list[Found], query: Query) -> dict[Found, int]:
    rows = Display.objects.filter(KeyIn("pk", [one.pk for one in found])).annotate(score=relevance(query, product_text))
    scores = dict(rows.order_by().values_list("pk", "score"))
    return {one: scores[one.pk] for one in found}


def _best_of_many(
    rows: "QuerySet[Display]", query: Query, found: list[Found], most: int, wanted: int
) -> dict[Found, int]:
    """Those with better scores are looked for by themselves, until there are enough of them."""
    scored: dict[Found, int] = {}
    for tier in tiers(query):
        (sought, column), *also = tier.conditions
        if len(query.terms) > 1 and any(each == query.named for each, _ in tier.conditions):
            also.append((query.opened, "search"))  # what is under the headings need not have the words that name none
        matches = Matches("product_id", sought, Product._meta.db_table, column, *also)
        scored = dict.fromkeys(first_found(rows.filter(matches), most), tier.score) | scored
        if len(scored) >= wanted:
            break
    return dict.fromkeys(found, LEAST) | scored


def booth_matches(query: Query, shown: "QuerySet[Display]") -> Q:
    """Each term occurs in the booth's own text or in that of a product; `shown`: the products at the booths.

    Of a word that more than MOST products have, one product must have the others too.
    """
    found = _at(shown, query)
    if len(query.terms) > 1:
        each = Q()
        for term in query.terms:
            each &= Q(booth_text(Query((term,)))) | _at(shown, Query((term,)))
        found |= each
    return found | Q(booth_text(query))


def _at(shown: "QuerySet[Display]", query: Query) -> Q:
    """Booths of the first products that match."""
    matching = shown.filter(product_text(query)).order_by().values("booth")
    return Q(pk__in=matching[:MOST])


def booth_text(query: Query, column: str = "search", *, others: Collection[int] = ()) -> Matches:
    """Every term occurs in a booth's own text, or it is one of the others."""
    return Matches("pk", query, Booth._meta.db_table, column, others=others)


def product_text(query: Query, column: str = "search") -> Matches:
    """Every term occurs in the text of a display's product."""
    return Matches("product_id", query, Product._meta.db_table, column)


def demand_text(query: Query, column: str = "search") -> Matches:
    """Every term occurs in a demand's text."""
    return Matches("pk", query, Demand._meta.db_table, column)


def relevance(query: Query, text: TextMatch) -> Score:
    """How sure it is that a row that matches is what was sought: see `tiers`."""
    of = text(query, "search")
    return Score(of.key, tiers(query, is_named=text is booth_text), of.table, LEAST)


def tiers(query: Query, *, is_named: bool = False) -> list[Tier]:
    """What is surest to be what was sought, the best first.

    A title has the words, and the row is under the headings that they name (of a company, which `is_named`, its name
    is enough); a title has them; it has one, and the row is under the headings; it is under them; the words are
    elsewhere; longer words that begin so are in a title, or elsewhere. LEAST: by a heading or longer word each, or by
    the products of a booth.
    """
    literal, opened, named = query.literal, query.literal.opened, query.named
    in_title, under = (literal, "search_title"), (named, "search")
    found = [Tier(8 if is_named else 7, (in_title,)), Tier(4, ((literal, "search"),))]
    if opened != literal:
        found += [Tier(3, ((opened, "search_title"),)), Tier(2, ((opened, "search"),))]
    if named:
        found += [Tier(BY_HEADING, (under,)), *([] if is_named else [Tier(8, (in_title, under))])]
        if len(query.terms) > 1:
            found.append(Tier(6, ((literal.any_of, "search_title"), under)))
    return sorted(found, key=lambda tier: -tier.score)
