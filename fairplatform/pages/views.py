"""The pages about a fair as a whole, and two files that browsers and search engines ask for."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_GET

from booths.presence import people_in_halls, presence_label
from booths.queries import halls
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import current_language
from fairplatform.policy import permits
from meetings.figures.counting import Figures, count_figures

from . import queries
from .caching import PUBLIC
from .context import PARTICIPANTS


@require_GET
@permits("fair.see", Fair, fair="slug")
def fair(request: FairRequest, fair: Fair) -> HttpResponse:
    """The front page of a fair: its days, figures, halls, a few products, and what was just agreed."""
    now = timezone.now()
    here = people_in_halls(fair)
    counted = count_figures(fair, now=now)
    roles = memberships(request.actor.person, fair.pk).roles
    context = {
        "fair": fair,
        "bodies": queries.bodies(fair),
        "days": queries.days(fair, now),
        "figures": counted,
        "facts": queries.known_alone(fair, counted.firms),
        "chiefs_percent": _percent(counted),
        "halls": [(hall, presence_label(here.get(hall.pk, 0))) for hall in halls(fair)],
        "examples": queries.search_examples(fair, current_language()),
        "products": queries.featured_products(fair, now),
        "agreed": queries.latest_agreed(fair),
        "takes_part": bool(roles & PARTICIPANTS),
    }
    return render(request, "pages/fair.html", context)


@require_GET
@permits("fair.see", Fair, fair="slug")
def agreed(request: FairRequest, fair: Fair) -> HttpResponse:
    """The list of what was just agreed, which the front page fetches again when there is more."""
    return render(request, "pages/agreed.html", {"fair": fair, "agreed": queries.latest_agreed(fair)})


@require_GET
@permits("fair.see", Fair, fair="slug")
def about(request: FairRequest, fair: Fair) -> HttpResponse:
    """The bodies behind the fair, its sourced facts, and what each figure counts."""
    now = timezone.now()
    counted = count_figures(fair, now=now)
    context: dict[str, Any] = {
        "fair": fair,
        "bodies": queries.bodies(fair),
        "facts": fair.facts.order_by("rank"),
        "days": queries.days(fair, now),
        "figures": counted,
        "chiefs_percent": _percent(counted),
    }
    return render(request, "pages/about.html", context)


def _percent(counted: Figures) -> str:
    share = counted.chief_executives_percent
    return "" if share is None else f"{share:g}%"


@require_GET
@permits("page.open")
def robots(request: FairRequest) -> HttpResponse:
    """Search engines may index the public pages; not lists narrowed by a query, and no form."""
    disallowed = ("/accounts/", "/demonstration/", "/files/", "/language/", "/notices/", "/fairs/*?", "/ws/")
    lines = "".join(f"Disallow: {path}\n" for path in disallowed)
    return HttpResponse(f"User-agent: *\n{lines}", content_type="text/plain", headers={"Cache-Control": PUBLIC})


@require_GET
@permits("page.open")
def favicon(request: FairRequest) -> HttpResponse:
    """Browsers request this address whatever icon a page links to."""
    response = redirect(static("img/mark.svg"))
    response["Cache-Control"] = PUBLIC
    return response
