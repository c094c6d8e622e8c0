"""What the API can be asked. Loading is authorising, as for pages: nothing that a visitor may not see is found.

Everybody reads as a visitor without an account, whatever cookies the request carries: a response is the same for all,
so that proxies may keep it, and a page of another site learns nothing from a reader's browser. Who reads more comes
with a token (organisers.py).
"""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Schema
from pydantic import Field, WithJsonSchema

from booths import queries
from booths.models import Display
from booths.searching import PER_PAGE
from fairplatform.accounts.actor import VISITOR
from fairplatform.fairs.models import Fair
from fairplatform.policy import load

from . import records, shapes
from .problems import Problem
from .shapes import Page

M = TypeVar("M", bound=Model)
R = TypeVar("R")

router = Router()
# Of every operation; the server makes the last three also where no operation is reached.
ERRORS: dict[int, Any] = {304: None, 422: Problem, 429: Problem, 500: Problem, 503: Problem}
MISSING = {404: Problem}
SLUG = r"^[-a-zA-Z0-9_]*$"
HS_PREFIX = r"^([0-9]{2}|[0-9]{4}|[0-9]{6})?$"
# Described more closely than they are checked: what cannot be the name of anything is not found.
Slug = Path[Annotated[str, WithJsonSchema({"type": "string", "pattern": r"^[-a-zA-Z0-9_]{1,80}$"})]]
Key = Path[Annotated[int, WithJsonSchema({"type": "integer", "minimum": 1})]]
HallNumber = Annotated[int | None, WithJsonSchema({"type": "integer", "minimum": 0, "maximum": 32_767})]


class Part(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(PER_PAGE, ge=1, le=100)
    offset: int = Field(0, ge=0, le=1_000_000)


class BoothsWanted(Part):
    hall: HallNumber = Field(None, ge=0, le=32_767, description="Only the booths of the hall with this number.")


class ProductsWanted(Part):
    booth: str = Field("", max_length=80, pattern=SLUG, description="Only those shown at the booth with this slug.")
    hs: str = Field("", pattern=HS_PREFIX, description="Only those whose HS code begins with these digits.")


@router.get("/fairs", response={200: Page[shapes.FairRecord], **ERRORS}, operation_id="fairs", tags=["Fairs"])
def fairs(request: HttpRequest, part: Query[Part]) -> Page[shapes.FairRecord]:
    """The fairs that are open or closed, the newest first."""
    rows = Fair.objects.visible_to(VISITOR.person).order_by("-pk")
    return _page(rows.prefetch_related("days"), part, records.fair_record)


@router.get(
    "/fairs/{slug:fair}",
    response={200: shapes.FairRecord, **MISSING, **ERRORS},
    operation_id="fair",
    tags=["Fairs"],
)
def fair(request: HttpRequest, fair: Slug) -> shapes.FairRecord:
    """One fair."""
    return records.fair_record(_fair(fair))


@router.get(
    "/fairs/{slug:fair}/halls",
    response={200: Page[shapes.HallRecord], **MISSING, **ERRORS},
    operation_id="halls",
    tags=["Halls and booths"],
)
def halls(request: HttpRequest, fair: Slug, part: Query[Part]) -> Page[shapes.HallRecord]:
    """The halls of a fair, by number."""
    return _page(queries.halls(_fair(fair)), part, records.hall_record)


@router.get(
    "/fairs/{slug:fair}/booths",
    response={200: Page[shapes.BoothRecord], **MISSING, **ERRORS},
    operation_id="booths",
    tags=["Halls and booths"],
)
def booths(request: HttpRequest, fair: Slug, wanted: Query[BoothsWanted]) -> Page[shapes.BoothRecord]:
    """The booths of a fair, by hall and place."""
    rows = queries.booths(_fair(fair), VISITOR.person).select_related("fair")
    if wanted.hall is not None:
        rows = rows.filter(hall__number=wanted.hall)
    return _page(rows, wanted, records.booth_record)


@router.get(
    "/fairs/{slug:fair}/booths/{slug:booth}",
    response={200: shapes.BoothDetail, **MISSING, **ERRORS},
    operation_id="booth",
    tags=["Halls and booths"],
)
def booth(request: HttpRequest, fair: Slug, booth: Slug) -> shapes.BoothDetail:
    """One booth, with the company's pictures and documents."""
    rows = queries.booths(_fair(fair), VISITOR.person).select_related("fair")
    return records.booth_detail(get_object_or_404(rows, slug=booth))


@router.get(
    "/fairs/{slug:fair}/products",
    response={200: Page[shapes.ProductRecord], **MISSING, **ERRORS},
    operation_id="products",
    tags=["Products"],
)
def products(request: HttpRequest, fair: Slug, wanted: Query[ProductsWanted]) -> Page[shapes.ProductRecord]:
    """The products on display in a fair."""
    rows = _displays(_fair(fair))
    if wanted.booth:
        rows = rows.filter(booth__slug=wanted.booth)
    if wanted.hs:
        rows = rows.filter(product__hs6__startswith=wanted.hs)
    return _page(rows, wanted, records.product_record)


@router.get(
    "/fairs/{slug:fair}/products/{int:product}",
    response={200: shapes.ProductDetail, **MISSING, **ERRORS},
    operation_id="product",
    tags=["Products"],
)
def product(request: HttpRequest, fair: Slug, product: Key) -> shapes.ProductDetail:
    """One product, with its pictures and documents."""
    return records.product_detail(get_object_or_404(_displays(_fair(fair)), product__pk=product))


def _fair(slug: str) -> Fair:
    return load(Fair, VISITOR, "fair.see", slug=slug)


def _displays(fair: Fair) -> "QuerySet[Display]":
    return queries.displays(fair, VISITOR.person).select_related("product__company", "booth__fair")


def _page(rows: "QuerySet[M]", part: Part, record: Callable[[M], R]) -> Page[R]:
    found = rows[part.offset : part.offset + part.limit]
    return Page(results=[record(row) for row in found], total=rows.count())
