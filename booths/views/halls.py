"""The halls of a fair and the booths in them."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from booths import filtering, hs_codes, presence, queries
from booths.forms import BoothFilter, Filter, HallFilter
from booths.search import parse
from fairplatform.accounts.request import FairRequest
from fairplatform.content_cache.placeholders import placeholder
from fairplatform.fairs.models import Fair, Hall
from fairplatform.policy import permits
from fairplatform.realtime import topic_names

from .choices import booth_choices, hall_choices
from .list_pages import ANYBODY, Context, page_context, rendered_list, without_each
from .plans import hall_plan, halls_plan


@require_GET
@permits("fair.see", Fair, fair="slug")
def halls(request: FairRequest, fair: Fair) -> HttpResponse:
    """All halls and booths; with a search or a filter, the booths of the whole fair that match it."""
    form, read = partial(_form, request, fair), partial(_halls_context, request, fair)
    rendered = rendered_list(request, fair, "booths/_halls.html", form, read)
    context = {
        "fair": fair,
        "rendered": presence.fill_presence(rendered, fair),
        "hall_choices": hall_choices(fair),
        "plan": halls_plan(fair),
        "topic": topic_names.halls(fair.slug),
    }
    return render(request, "booths/halls.html", context)


def _halls_context(request: FairRequest, fair: Fair, form: Filter) -> Context:
    context = _booths_context(request, fair, form)
    if not form.is_used:
        context["halls"] = [(hall, placeholder(f"hall {hall.pk}")) for hall in queries.halls(fair)]
    return context


@require_GET
@permits("hall.see", Hall, fair="fair__slug", number="number")
def hall(request: FairRequest, hall: Hall) -> HttpResponse:
    """The booths of one hall that match the search and the filters."""
    fair = hall.fair
    form, read = partial(_form, request, fair, hall), partial(_hall_context, request, hall)
    rendered = rendered_list(request, fair, "booths/_hall.html", form, read, hall.pk)
    context = {
        "fair": fair,
        "hall": hall,
        "rendered": presence.fill_presence(rendered, fair),
        "plan": hall_plan(hall),
        "topic": topic_names.hall(hall.pk),
    }
    return render(request, "booths/hall.html", context)


def _hall_context(request: FairRequest, hall: Hall, form: Filter) -> Context:
    headings = [(code, hs_codes.title(code)) for code in hall.headings]
    return {"hall": hall, "headings": headings, **_booths_context(request, hall.fair, form, hall)}


def _form(request: FairRequest, fair: Fair, hall: Hall | None = None) -> BoothFilter:
    return (HallFilter if hall else BoothFilter)(request.GET, **booth_choices(fair, hall))


def _booths_context(request: FairRequest, fair: Fair, form: Filter, hall: Hall | None = None) -> Context:
    booths = queries.with_goods(queries.booths(fair, ANYBODY, hall))
    rows = filtering.narrow_booths(booths, form.values)
    is_by_name = form.values.get("sort") == "name"
    page = page_context(request, form.values, queries.by_name(rows) if is_by_name else rows, booths)
    return {
        "booths": [(booth, placeholder(f"booth {booth.pk}")) for booth in page["page"]],
        "without": without_each(form, page, lambda values: filtering.narrow_booths(booths, values).count()),
        "sought": parse(form.values.get("q", "")),
        **page,
    }
