"""What all lists of the fair have in common: pages of 24, and their filters in the address."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 24


def page_of(request: HttpRequest, rows: "QuerySet[Any]") -> dict[str, Any]:
    """The page the address asks for (the nearest there is), and the other parameters for its links."""
    page: Page[Any] = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    others = request.GET.copy()
    others.pop("page", None)
    return {"page": page, "query": f"{others.urlencode()}&" if others else ""}
