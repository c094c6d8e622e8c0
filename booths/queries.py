"""What the lists of halls, booths and products read. The number of queries never grows with the number of rows."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Q, QuerySet, TextField
from django.db.models.expressions import OrderBy
from django.db.models.functions import Cast, Substr

from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Hall, Participation
from fairplatform.i18n.text import LANGUAGES

from . import hs_codes
from .forms import stored_price
from .models import Booth, Display
from .search import hs_prefix, words

SORTS: dict[str, tuple[str | OrderBy, ...]] = {
    "price": (F("product__price_low").asc(nulls_last=True), "product__hs6", "pk"),
    "moq": ("product__moq", "product__hs6", "pk"),
    "lead": ("product__lead_days", "product__hs6", "pk"),
    "hs": ("product__hs6", "booth__hall__number", "booth__number", "pk"),
    "": ("rank", "booth__hall__number", "booth__number", "pk"),
}


def halls(fair: Fair) -> "QuerySet[Hall]":
    """The halls with the number of companies that stand in each."""
    approved = Q(booths__participation__state="approved")
    return fair.halls.annotate(firms=Count("booths", filter=approved)).order_by("number")


def booths(fair: Fair, person: Any, hall: Hall | None = None) -> "QuerySet[Booth]":
    rows = Booth.objects.visible_to(person).filter(fair=fair)
    if hall is not None:
        rows = rows.filter(hall=hall)
    return rows.select_related("hall", "participation__company").order_by("hall__number", "number")


def buyers(fair: Fair, person: Any, query: str = "") -> "QuerySet[Participation]":
    """The approved buyers that this person may see, their own companies left out; `query` is a name or an HS code."""
    rows = Participation.objects.visible_to(person).filter(fair=fair, buys=True, state=Participation.State.APPROVED)
    if query:
        said = Q()
        for language in LANGUAGES:
            said |= Q(**{f"company__name__{language}__icontains": query.strip()})
        if heading := hs_prefix(query)[:4]:
            rows = rows.alias(wanted=Cast("wants", TextField()))
            said |= Q(wanted__contains=f'"{heading}') | Q(wanted__contains=f'"{heading[:2]}.{heading[2:]}')
        rows = rows.filter(said)
    own = memberships(person, fair.pk).staff_of
    return rows.exclude(pk__in=own).select_related("company", "fair").order_by("company__slug")


def own_headings(fair: Fair, person: Any) -> set[str]:
    """The headings of what the person's own companies show in the fair."""
    own = Display.objects.filter(booth__participation__in=memberships(person, fair.pk).staff_of)
    return set(own.values_list(Substr("product__hs6", 1, 4), flat=True))


def displays(fair: Fair, person: Any) -> "QuerySet[Display]":
    """The products shown in the fair, each at its booth."""
    visible = Booth.objects.visible_to(person).filter(fair=fair)
    return (
        Display.objects.filter(booth__in=visible)
        .select_related("product__company", "product__picture", "booth__hall")
        .order_by(*SORTS[""])
    )


def narrow_booths(rows: "QuerySet[Booth]", values: dict[str, Any]) -> "QuerySet[Booth]":
    """Booths whose company, or a product they show, fits every value."""
    goods = narrow_goods(Display.objects.all(), values)
    if goods is not None:
        rows = rows.filter(pk__in=goods.values("booth"))
    if kind := values.get("kind"):
        rows = rows.filter(participation__company__kind=kind)
    if city := values.get("city"):
        rows = rows.filter(participation__company__city=city)
    if query := values.get("q"):
        rows = rows.filter(_booth_says(query))
    return rows


def _booth_says(query: str) -> Q:
    said = Q()
    for word in words(query):
        shown = Display.objects.filter(product__search__contains=word).values("booth")
        said &= Q(search__contains=word) | Q(pk__in=shown)
    if code := hs_prefix(query):
        said |= Q(pk__in=Display.objects.filter(product__hs6__startswith=code).values("booth"))
    return said


def narrow_displays(rows: "QuerySet[Display]", values: dict[str, Any]) -> "QuerySet[Display]":
    """Products that fit every value, in the order asked for."""
    narrowed = narrow_goods(rows, values)
    rows = rows if narrowed is None else narrowed
    if hall := values.get("hall"):
        rows = rows.filter(booth__hall__number=hall)
    if city := values.get("city"):
        rows = rows.filter(product__company__city=city)
    if query := values.get("q"):
        rows = rows.filter(_product_says(query))
    return _within_terms(rows, values).order_by(*SORTS[values.get("sort", "")])


def narrow_goods(rows: "QuerySet[Display]", values: dict[str, Any]) -> "QuerySet[Display] | None":
    """By heading and certificate, which say something of goods; None when neither is asked for."""
    heading, certificate = values.get("heading"), values.get("certificate")
    if heading:
        rows = rows.filter(product__hs6__startswith=heading)
    if certificate:
        # Both databases print a list of strings the same way, and only PostgreSQL can look into one.
        rows = rows.annotate(stated=Cast("product__certificates", TextField()))
        rows = rows.filter(stated__contains=f'"{certificate}"')
    return rows if heading or certificate else None


def _product_says(query: str) -> Q:
    said = Q()
    for word in words(query):
        said &= Q(product__search__contains=word)
    if code := hs_prefix(query):
        said |= Q(product__hs6__startswith=code)
    return said


def _within_terms(rows: "QuerySet[Display]", values: dict[str, Any]) -> "QuerySet[Display]":
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


def headings(rows: "QuerySet[Display]") -> list[tuple[str, str]]:
    """The HS headings of the products shown, with the beginnings of their titles."""
    codes = rows.annotate(heading=Substr("product__hs6", 1, 4)).order_by("heading").values_list("heading", flat=True)
    return [(code, f"{code} · {hs_codes.short_title(code)}") for code in codes.distinct()]


def certificates(rows: "QuerySet[Display]") -> list[tuple[str, str]]:
    lists: Iterable[list[str]] = rows.order_by().values_list("product__certificates", flat=True).distinct()
    return [(name, name) for name in sorted({name for stated in lists for name in stated})]


def cities(rows: "QuerySet[Display]") -> list[str]:
    return sorted(rows.order_by().values_list("product__company__city", flat=True).distinct())
