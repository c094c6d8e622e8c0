"""Common parts of the lists of halls, booths and products: pages of 24, filters in the address, and their caching."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string
from django.utils.http import urlencode

from booths import queries
from booths.forms import Filter
from booths.models import Display
from fairplatform.accounts.request import FairRequest
from fairplatform.content_cache.placeholders import Pieces, split
from fairplatform.content_cache.store import cached
from fairplatform.fairs.models import Fair

M = TypeVar("M", bound=Model)
Context = dict[str, Any]
"""The context of a template."""

PER_PAGE = 24
# The lists show what anybody may see: they are read for a visitor without an account, and one copy serves everybody.
ANYBODY = AnonymousUser()
# Filters with a fixed set of choices. Lists narrowed by one of them are cached; typed words and numbers are too many.
CACHED_FILTERS = {"hall", "city", "kind", "heading", "certificate", "incoterm"}


def page_context(request: FairRequest, filters: Mapping[str, object], rows: "QuerySet[M]") -> Context:
    """`page`, the nearest to the one asked for, and `query`, the filters for the links to other pages.

    `filters`: their valid values, for the page may be cached: nothing else of one reader's address belongs in it.
    """
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return {
        "page": page,
        "query": f"{urlencode({name: str(value) for name, value in filters.items()})}&" if filters else "",
    }


def rendered_list(
    request: FairRequest,
    fair: Fair,
    template: str,
    form: Callable[[], Filter],
    context: Callable[[Filter], Context],
    *key: object,
) -> Pieces:
    """The rendered list, from the content cache if it can be; `key` says which list of the template it is.

    The template gets neither the request nor the reader, so nothing of one reader can be served to another. A list is
    stored by its valid filters and an existing page, not by what the address contains: nobody can fill the cache.
    Without filters the form, which takes time, is made only when the list is.
    """
    wanted = request.GET.get("page", "1")
    filled = form() if request.GET else None
    if filled and not _is_cacheable(filled):
        return _render(template, fair, filled, context)[0]
    rendered: list[Pieces] = []

    def render() -> Pieces | None:
        """None, which is not stored, if the page asked for does not exist: `rendered` then has the nearest one."""
        pieces, number = _render(template, fair, filled or form(), context)
        rendered.append(pieces)
        return pieces if number == wanted else None

    values = filled.values if filled else {}
    return cached((template, fair.pk, *key, sorted(values.items()), wanted), render) or rendered[0]


def _is_cacheable(filled: Filter) -> bool:
    """Whether the form is valid and narrows the list by no more than one of the filters that are cached."""
    values = filled.values.keys()
    return not filled.errors and values <= CACHED_FILTERS | {"sort"} and len(CACHED_FILTERS & values) <= 1


def _render(template: str, fair: Fair, form: Filter, context: Callable[[Filter], Context]) -> tuple[Pieces, str]:
    """The list, and the number of the page that it is."""
    full = {"fair": fair, "form": form, **context(form)}
    return split(render_to_string(template, full)), str(full["page"].number)


def filter_choices(
    fair: Fair, displays: "Callable[[], QuerySet[Display]]", *key: object
) -> dict[str, list[tuple[str, str]]]:
    """The choices of the filters: every city, heading and certificate of these products; `key` says which they are."""

    def read() -> dict[str, list[tuple[str, str]]]:
        shown = displays()
        return {
            "city": queries.cities(shown),
            "heading": queries.headings(shown),
            "certificate": queries.certificates(shown),
        }

    return cached(("booths.choices", fair.pk, *key), read)


def hall_choices(fair: Fair) -> list[tuple[str, str]]:
    """Number and name of every hall."""
    return cached(("booths.halls", fair.pk), lambda: [(str(hall.number), str(hall.name)) for hall in fair.halls.all()])
