"""The products shown in a fair."""

from functools import partial

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from booths import filtering, hs_codes, queries, showing
from booths.forms import Filter, ProductFilter
from booths.hs_codes import SUBHEADING
from booths.hs_typed import typed_code
from booths.models import Display, Product
from booths.permissions import may_request_meeting
from booths.search import parse
from fairplatform.accounts.request import FairRequest
from fairplatform.content_cache.placeholders import fill
from fairplatform.fairs.models import Fair
from fairplatform.policy import Role, permits

from .choices import product_choices
from .list_pages import ANYBODY, PER_PAGE, Context, page_context, rendered_list, without_each


@require_GET
@permits("fair.see", Fair, fair="slug")
def products(request: FairRequest, fair: Fair) -> HttpResponse:
    """The products of the fair that match the search and the filters."""
    form, context = partial(_form, request, fair), partial(_products_context, request, fair)
    rendered = rendered_list(request, fair, "booths/_products.html", form, context)
    return render(request, "booths/products.html", {"fair": fair, "rendered": fill(rendered, {})})


def _form(request: FairRequest, fair: Fair) -> ProductFilter:
    return ProductFilter(request.GET, **product_choices(fair))


def _products_context(request: FairRequest, fair: Fair, form: Filter) -> Context:
    shown = queries.cards(fair, ANYBODY)
    if is_best_first := "q" in form.values and not form.values.get("sort"):
        wanted = filtering.wanted_for(request.GET.get("page", "1"), PER_PAGE)
        listed: QuerySet[Display] | list[int] = filtering.displays_by_relevance(shown, form.values, wanted)
    else:
        listed = filtering.narrow_displays(shown, form.values)
    page = page_context(request, form.values, listed, shown)
    code = typed_code(form.values.get("q", ""))[:SUBHEADING] or form.values.get("heading", "")
    return {
        "code": code if hs_codes.exists(code) else "",
        "is_best": is_best_first and page["page"].paginator.count == filtering.MOST,
        "without": without_each(form, page, lambda values: filtering.narrow_displays(shown, values).count()),
        "sought": parse(form.values.get("q", "")),
        **page,
    }


@require_GET
@permits("product.see", Product, pk="pk")
def product(request: FairRequest, product: Product, *, fair: str) -> HttpResponse:
    """A product as it is shown in this fair; 404 if it is not."""
    person = request.actor.person
    this_fair = get_object_or_404(Fair.objects.visible_to(person), slug=fair)
    shown = queries.displays(this_fair, person)
    display = get_object_or_404(shown.select_related("hall", "booth__participation__fair"), product=product)
    others = shown.filter(booth=display.booth_id).exclude(pk=display.pk)[:3]
    context = {
        "fair": this_fair,
        "display": display,
        "product": display.product,
        "company": display.product.company,
        "others": others,
        "shown": showing.shown(display.product.company, display.product),
        "is_own": Role.STAFF in display.booth.roles_of(person),
        "may_request_meeting": may_request_meeting(request.actor, display.booth),
    }
    return render(request, "booths/product.html", context)
