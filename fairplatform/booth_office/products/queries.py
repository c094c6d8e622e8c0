"""What the pages read of a company's products."""

from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booths.full_text import Matches
from booths.models import Booth, Display, Draft, Product
from booths.search import parse
from fairplatform.errors import Refused
from fairplatform.i18n.text import Translated

from .filters import ProductFilter

TERMS: dict[str, Promise] = {
    "article": _("Article number"),
    "moq": _("MOQ"),
    "price_low": _("Price"),
    "lead_days": _("Lead time"),
}


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


def narrow(rows: "QuerySet[Product]", form: ProductFilter) -> "QuerySet[Product]":
    values = form.cleaned_data if form.is_valid() else {}
    if query := values.get("q"):
        sought = parse(query).opened
        rows = rows.filter(Matches("pk", sought, Product._meta.db_table)) if sought else rows.none()
    if state := values.get("state"):
        rows = rows.filter(rank__isnull=state != "shown")  # type: ignore[misc]  # an annotation
    if language := values.get("missing"):
        rows = rows.filter(Q(**{f"name__{language}__isnull": True}) | Q(**{f"description__{language}__isnull": True}))
    return rows


def texts(rows: Iterable[Product]) -> list[Translated]:
    """Each product has a name and a description."""
    return [text for row in rows for text in (row.name, row.description)]


def terms_missing(product: Product) -> list[Promise]:
    """Which of the terms a buyer asks for first are not stated."""
    return [label for name, label in TERMS.items() if getattr(product, name) in (None, "")]
