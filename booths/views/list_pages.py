"""Common parts of the lists of halls, booths and products: pages of 24, filters in the address, and their caching."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.template.loader import render_to_string

from booths import queries
from booths.filter_values import FilterValues
from booths.forms import Chip, Filter, filter_query
from fairplatform.accounts.request import FairRequest
from fairplatform.content_cache.placeholders import Pieces, split
from fairplatform.content_cache.store import cached
from fairplatform.fairs.models import Fair

M = TypeVar("M", bound=Model)
Context = dict[str, Any]
"""The context of a template."""

PER_PAGE = 24
# The lists show what anybody may see: they are read for a visitor without an account, and one copy serves everybody.
ANYBODY = queries.ANYBODY
# Filters with a fixed set of choices. Lists narrowed by one of them are cached; typed words and numbers are too many.
CACHED_FILTERS = {"hall", "country", "city", "kind", "heading", "certificate", "incoterm", "currency"}


def page_context(
    request: FairRequest,
    filters: Mapping[str, object],
    rows: "QuerySet[M] | list[int]",
    whole: "QuerySet[M] | None" = None,
) -> Context:
    """`page`, the nearest to the one asked for, and `query`, the filters for the links to other pages.

    `filters`: their valid values, for the page may be cached: nothing else of one reader's address belongs in it.
    `whole`: what the rows of a page are read from, if not from `rows`: putting thousands that match a search in order
    by their keys alone takes a tenth of what it takes with all that a page shows of them. `rows` may then be the keys.
    """
    keys = rows if whole is None or isinstance(rows, list) else rows.values_list("pk", flat=True)
    pages: Paginator[Any] = Paginator(keys, PER_PAGE)
    page = pages.get_page(request.GET.get("page"))
    if whole is not None:
        found = whole.in_bulk(list(page.object_list))
        page.object_list = [found[key] for key in page.object_list]
    return {
        "page": page,
        "query": f"{filter_query(filters)}&" if filters else "",
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


def without_each(form: Filter, page: Context, count: Callable[[FilterValues], int]) -> list[tuple[Chip, int]]:
    """For a list that nothing matches: each filter that hides something, and how many rows there are without it."""
    if page["page"].object_list:
        return []
    counted = [(chip, count(_without(form.values, chip.name))) for chip in form.chips]
    return [(chip, number) for chip, number in counted if number]


def _without(values: Mapping[str, object], name: str) -> FilterValues:
    return cast("FilterValues", {key: value for key, value in values.items() if key != name})
