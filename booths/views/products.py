"""The goods shown in a fair."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from booths import hs_codes, queries
from booths.asking import may_ask
from booths.forms import Filter, ProductFilter
from booths.models import Product
from booths.search import hs_prefix
from fairplatform.accounts.request import FairRequest
from fairplatform.content_cache.placeholders import fill
from fairplatform.content_cache.store import cached
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import current_language
from fairplatform.policy import Role, permits

from . import lists


@require_GET
@permits("fair.see", Fair, fair="slug")
def products(request: FairRequest, fair: Fair) -> HttpResponse:
    form, context = partial(_form, request, fair), partial(_products, request, fair)
    found = lists.rendered(request, fair, "booths/_products.html", form, context)
    return render(request, "booths/products.html", {"fair": fair, "found": fill(found, {})})


def _form(request: FairRequest, fair: Fair) -> ProductFilter:
    language, shown = current_language(), partial(queries.displays, fair, lists.ANYBODY)

    def halls() -> list[tuple[str, str]]:
        return [(str(hall.number), hall.name.in_language(language).text) for hall in fair.halls.all()]

    return ProductFilter(request.GET, hall=cached(("booths.halls", fair.pk), halls), **lists.choices(fair, shown))


def _products(request: FairRequest, fair: Fair, form: Filter) -> dict[str, Any]:
    rows = queries.narrow_displays(queries.displays(fair, lists.ANYBODY), form.values)
    code = hs_prefix(form.values.get("q", "")) or form.values.get("heading", "")
    return {"code": code, "code_title": hs_codes.title(code), **lists.page_of(request, form, rows)}


@require_GET
@permits("product.see", Product, pk="pk")
def product(request: FairRequest, product: Product, *, fair: str) -> HttpResponse:
    """A product where it is shown in this fair."""
    person = request.actor.person
    home = get_object_or_404(Fair.objects.visible_to(person), slug=fair)
    shown = queries.displays(home, person)
    display = get_object_or_404(shown.select_related("booth__participation__fair"), product=product)
    others = shown.filter(booth=display.booth_id).exclude(pk=display.pk)[:3]
    context = {
        "fair": home,
        "display": display,
        "product": display.product,
        "company": display.product.company,
        "title": hs_codes.title(product.hs6),
        "others": others,
        "is_own": Role.STAFF in display.booth.roles_of(person),
        "may_ask": may_ask(request.actor, display.booth),
    }
    return render(request, "booths/product.html", context)
