"""What the pages read of a company's products."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from booths.full_text import Matches
from booths.models import Product
from booths.search import parse
from fairplatform.i18n.text import Translated

from .filters import ProductFilter

TERMS: dict[str, Promise] = {
    "article": _("Article number"),
    "moq": _("MOQ"),
    "price_low": _("Price"),
    "lead_days": _("Lead time"),
    "incoterm": _("Delivery term (Incoterm)"),
    "certificates": _("Certificates"),
    "picture_id": _("Picture"),
}


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
    """Which of the terms a buyer asks for first are not stated, and whether there is no picture."""
    return [label for name, label in TERMS.items() if getattr(product, name) in (None, "", [])]
