"""The products of the company whose booth it is, shown there or not."""

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from booths.models import Booth, Display, Draft, Product
from fairplatform.errors import Refused


def products(booth: Booth) -> "QuerySet[Product]":
    """All of the company's products, those shown at the booth first and in its order.

    Each has `is_shown`, its `rank` at the booth, `is_changed`: whether something of it is not published, and
    `elsewhere`: whether another fair's booth shows it.
    """
    here = Display.objects.filter(product=OuterRef("pk"), booth=booth)
    others = Display.objects.filter(product=OuterRef("pk")).exclude(booth=booth)
    rows = Product.objects.filter(company=booth.participation.company_id).select_related("company")
    rows = rows.annotate(
        is_shown=Exists(here),
        is_changed=Exists(Draft.objects.filter(product=OuterRef("pk"))),
        rank=Subquery(here.values("rank")[:1]),
        elsewhere=Exists(others),
    )
    return rows.order_by(F("rank").asc(nulls_last=True), "pk")


def own_product(booth: Booth, pk: int) -> Product:
    """A product of the booth's company, shown or not. Raises Refused("not_found") for that of another one."""
    product = products(booth).filter(pk=pk).first()
    if product is None:
        raise Refused("not_found")
    return product
