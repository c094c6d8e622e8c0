"""What all lists of the fair have in common: pages of 24, their filters in the address, and that all see the same."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.http import urlencode

from booths import queries
from booths.forms import Filter
from booths.models import Display
from fairplatform.accounts.locations import location_name
from fairplatform.accounts.request import FairRequest
from fairplatform.content_cache.placeholders import Pieces, split
from fairplatform.content_cache.store import cached
from fairplatform.fairs.models import Fair

PER_PAGE = 24
# For whom lists are made: for nobody in particular, so that one serves all.
ANYBODY = AnonymousUser()
# Words and numbers that people type are without end; a list narrowed by one of the choices offered is asked for again.
CHOSEN = {"hall", "city", "kind", "heading", "certificate", "incoterm"}


def page_of(request: FairRequest, form: forms.Form, rows: "QuerySet[Any]") -> dict[str, Any]:
    """The page the address asks for (the nearest there is), and what it is narrowed by for the links to others."""
    page: Page[Any] = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    others = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    return {"page": page, "query": f"{urlencode(others)}&" if others else ""}


def rendered(
    request: FairRequest,
    fair: Fair,
    template: str,
    form: Callable[[], Filter],
    context: Callable[[Filter], dict[str, Any]],
    *key: Any,
) -> Pieces:
    """A list as it stands in the page, kept while nothing in the fair changes. `key` says which list it is.

    It is rendered without the request: nothing of the reader can get into it. What is kept is named by values of the
    form and by a page that there is, never by what else somebody may write into an address. An address without any
    needs the form only when the list is made.
    """
    wanted = request.GET.get("page", "1")
    filled = form() if request.GET else None
    values = filled.values if filled else {}
    made: list[Pieces] = []

    def make() -> Pieces | None:
        narrowing = filled or form()
        found = {"fair": fair, "form": narrowing, **context(narrowing)}
        made.append(split(render_to_string(template, found)))
        return made[0] if str(found["page"].number) == wanted else None

    if (filled and filled.errors) or not values.keys() <= CHOSEN | {"sort"} or len(CHOSEN & values.keys()) > 1:
        return make() or made[0]
    return cached((template, fair.pk, *key, sorted(values.items()), wanted), make) or made[0]


def choices(fair: Fair, goods: "Callable[[], QuerySet[Display]]", *key: Any) -> dict[str, list[tuple[str, str]]]:
    """What a list can be narrowed by: everything its goods have. `key` says which goods."""

    def make() -> dict[str, list[tuple[str, str]]]:
        shown = goods()
        return {
            "city": [(city, location_name(city)) for city in queries.cities(shown)],
            "heading": queries.headings(shown),
            "certificate": queries.certificates(shown),
        }

    return cached(("booths.choices", fair.pk, *key), make)
