"""Narrows lists of booths and products by a search and by the filters of their forms."""

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from . import hs_codes
from .filter_values import FilterValues
from .models import Booth, Display
from .models.product import stored_price
from .queries import HEADING, SORTS
from .search import hs_prefix, words


def narrow_booths(rows: "QuerySet[Booth]", values: FilterValues) -> "QuerySet[Booth]":
    """Booths that match every value, in their company or in one product they show."""
    displays = _narrow_by_product(Display.objects.all(), values)
    if displays is not None:
        rows = rows.filter(pk__in=displays.values("booth"))
    if kind := values.get("kind"):
        rows = rows.filter(participation__company__kind=kind)
    if city := values.get("city"):
        rows = rows.filter(participation__company__city=city)
    if query := values.get("q"):
        rows = rows.filter(_booth_matches(query))
    return rows


def narrow_displays(rows: "QuerySet[Display]", values: FilterValues) -> "QuerySet[Display]":
    """Products that match every value, in the order asked for."""
    narrowed = _narrow_by_product(rows, values)
    rows = rows if narrowed is None else narrowed
    if hall := values.get("hall"):
        rows = rows.filter(booth__hall__number=hall)
    if city := values.get("city"):
        rows = rows.filter(product__company__city=city)
    if query := values.get("q"):
        rows = rows.alias(heading=HEADING).filter(_product_matches(query))
    return _narrow_by_terms(rows, values).order_by(*SORTS[values.get("sort", "")])


def _narrow_by_product(rows: "QuerySet[Display]", values: FilterValues) -> "QuerySet[Display] | None":
    """By heading and certificate, the filters that both lists have; None when neither is used."""
    heading, certificate = values.get("heading"), values.get("certificate")
    if heading:
        rows = rows.filter(product__hs6__startswith=heading)
    if certificate:
        # SQLite has no `contains` for JSON. Both databases print a list of strings the same way.
        rows = rows.annotate(stated=Cast("product__certificates", TextField()))
        rows = rows.filter(stated__contains=f'"{certificate}"')
    return rows if heading or certificate else None


def _narrow_by_terms(rows: "QuerySet[Display]", values: FilterValues) -> "QuerySet[Display]":
    """By Incoterm, minimum order and price; prices are compared in USD only."""
    if incoterm := values.get("incoterm"):
        rows = rows.filter(product__incoterm=incoterm)
    if (moq := values.get("moq")) is not None:
        rows = rows.filter(product__moq__lte=moq)
    low, high = values.get("price_from"), values.get("price_to")
    if low is not None or high is not None:
        rows = rows.filter(product__currency="USD")
    if low is not None:
        rows = rows.filter(product__price_high__gte=stored_price(low))
    if high is not None:
        rows = rows.filter(product__price_low__lte=stored_price(high))
    return rows


def _booth_matches(query: str) -> Q:
    """Every word occurs in the booth's own text or names a product shown there; or the query is a code of a product."""
    matches = Q()
    for word in words(query):
        shown = Display.objects.alias(heading=HEADING).filter(_product_has(word)).values("booth")
        matches &= Q(search__contains=word) | Q(pk__in=shown)
    if code := hs_prefix(query):
        matches |= Q(pk__in=Display.objects.filter(product__hs6__startswith=code).values("booth"))
    return matches


def _product_matches(query: str) -> Q:
    """Every word names the product; or the query is its code."""
    matches = Q()
    for word in words(query):
        matches &= _product_has(word)
    if code := hs_prefix(query):
        matches |= Q(product__hs6__startswith=code)
    return matches


def _product_has(word: str) -> Q:
    """The word occurs in the product's text or names its heading; the rows have `heading`."""
    return Q(product__search__contains=word) | Q(heading__in=hs_codes.headings_matching(word))
