"""The pictures and documents that public pages show of companies and products, in a fixed number of queries."""

from typing import NamedTuple, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, Prefetch, QuerySet

from fairplatform.accounts.models import Company

from .models import Attachment, Booth, Demand, Display, Product

Place = Attachment.Place
GOODS_PER_PAGE = 50
Row = TypeVar("Row", bound=Model)


class Shown(NamedTuple):
    """What a company, or one of its products, shows besides words."""

    logo: Attachment | None
    banner: Attachment | None
    gallery: list[Attachment]
    documents: list[Attachment]


def shown(company: Company, product: Product | None = None) -> Shown:
    """The company's own, or those of a product of it."""
    rows = list(with_pictures(company.attachments.filter(product=product, demand=None)))
    return Shown(
        logo=next((row for row in rows if row.place == Place.LOGO), None),
        banner=next((row for row in rows if row.place == Place.BANNER), None),
        gallery=[row for row in rows if row.place == Place.GALLERY],
        documents=[row for row in rows if row.place == Place.DOCUMENT],
    )


def goods_of(booth: Booth, page: str | None = None) -> "Page[Display]":
    """A page of the products at a booth, with their pictures; the nearest one if there is none of this number."""
    displays = with_covers(booth.displays.select_related("product"), "product__picture").order_by("rank", "pk")
    return Paginator(displays, GOODS_PER_PAGE).get_page(page)


def sample(demand: Demand) -> "QuerySet[Attachment]":
    """The pictures of what is wanted, for those who see the demand."""
    return with_pictures(demand.attachments.all())


def with_logos(rows: "QuerySet[Row]", company: str) -> "QuerySet[Row]":
    """Each row's company has `logos`: its logo, or nothing. `company`: the path to it."""
    logos = with_pictures(Attachment.objects.filter(place=Place.LOGO))
    return rows.prefetch_related(Prefetch(f"{company}__attachments", logos, to_attr="logos"))


def with_covers(rows: "QuerySet[Row]", picture: str) -> "QuerySet[Row]":
    """With the picture of each product in all its widths. `picture`: the path to it."""
    return rows.select_related(picture).prefetch_related(f"{picture}__renditions")


def with_pictures(attachments: "QuerySet[Attachment]") -> "QuerySet[Attachment]":
    """With their files in all widths."""
    return attachments.select_related("file").prefetch_related("file__renditions")
