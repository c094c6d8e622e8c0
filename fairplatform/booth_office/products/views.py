"""The products in the booth office: their list, and the pages that add, change, copy, show and remove one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from booths.models import Booth
from booths.own_booth import OwnBooth
from booths.showing import with_covers
from booths.views.list_pages import Context, page_context
from fairplatform.accounts.request import FairRequest
from fairplatform.files.upload_views import refusals_in_json
from fairplatform.i18n.templatetags.language import plain
from fairplatform.policy import permits

from .. import own_products
from ..drafts.subject import NEW, Subject
from ..drafts.views import edit, preview, typed
from ..missing import missing_texts
from . import actions, queries
from .filters import ProductFilter


@require_GET
@permits("booth.keep", OwnBooth, fair="fair")
def products(request: FairRequest, booth: Booth) -> HttpResponse:
    form = ProductFilter(request.GET)
    every = own_products.products(booth)
    page = page_context(request, form.values, with_covers(queries.narrow(every, form), "picture"))
    context = {
        "booth": booth,
        "form": form,
        "clear": reverse("booth_office:products", args=[booth.fair.slug]),
        "missing": missing_texts(queries.texts(every.only("name", "description", "company"))),
        "rows": [
            (row, missing_texts(queries.texts([row])), queries.terms_missing(row)) for row in page["page"].object_list
        ],
        **page,
    }
    return render(request, "booth_office/products/list.html", context)


@require_http_methods(["GET", "POST"])
@permits("booth.keep", OwnBooth, fair="fair")
def product_add(request: FairRequest, booth: Booth) -> HttpResponse:
    return _edit(request, Subject.of(booth, request.actor.person, NEW), {"title": _("Add a product"), "missing": []})


@require_http_methods(["GET", "POST"])
@permits("booth.keep", OwnBooth, fair="fair")
def product(request: FairRequest, booth: Booth, pk: int) -> HttpResponse:
    row = own_products.own_product(booth, pk)
    missing = missing_texts(queries.texts([row]))
    return _edit(
        request,
        Subject(booth, request.actor.person, row),
        {"title": plain(row.name), "product": row, "missing": missing},
    )


def _edit(request: FairRequest, subject: Subject, context: Context) -> HttpResponse:
    return edit(request, subject, "booth_office/products/product.html", "booth_office:product", context)


@require_POST
@refusals_in_json
@permits("booth.keep", OwnBooth, fair="fair")
def product_add_typed(request: FairRequest, booth: Booth) -> HttpResponse:
    return typed(request, booth, NEW)


@require_POST
@refusals_in_json
@permits("booth.keep", OwnBooth, fair="fair")
def product_typed(request: FairRequest, booth: Booth, pk: int) -> HttpResponse:
    return typed(request, booth, pk)


@require_GET
@permits("booth.keep", OwnBooth, fair="fair")
def product_add_preview(request: FairRequest, booth: Booth) -> HttpResponse:
    return preview(request, Subject.of(booth, request.actor.person, NEW), _("Add a product"))


@require_GET
@permits("booth.keep", OwnBooth, fair="fair")
def product_preview(request: FairRequest, booth: Booth, pk: int) -> HttpResponse:
    row = own_products.own_product(booth, pk)
    return preview(request, Subject(booth, request.actor.person, row), plain(row.name))


@require_POST
@permits("booth.keep", OwnBooth, fair="fair")
def product_copy(request: FairRequest, booth: Booth, pk: int) -> HttpResponse:
    copied = actions.copy_product(request.actor, fair=booth.fair.slug, product=pk)
    messages.success(request, _("This is a copy. Give it its own article number."))
    return redirect("booth_office:product", fair=booth.fair.slug, pk=copied.pk)


@require_POST
@permits("booth.keep", OwnBooth, fair="fair")
def product_show(request: FairRequest, booth: Booth, pk: int) -> HttpResponse:
    is_shown = request.POST.get("shown") == "yes"
    actions.show_product(request.actor, fair=booth.fair.slug, product=pk, is_shown=is_shown)
    messages.success(
        request, _("Visitors can now see the product.") if is_shown else _("Visitors can no longer see the product.")
    )
    return _at_its_row(booth, pk)


@require_POST
@permits("booth.keep", OwnBooth, fair="fair")
def product_move(request: FairRequest, booth: Booth, pk: int) -> HttpResponse:
    actions.move_product(request.actor, fair=booth.fair.slug, product=pk, to=request.POST.get("to", ""))
    return _at_its_row(booth, pk)


def _at_its_row(booth: Booth, pk: int) -> HttpResponse:
    """The list of products where the keyboard goes on from this one."""
    page = reverse("booth_office:products", args=[booth.fair.slug])
    return redirect(f"{page}#product-{pk}")


@require_http_methods(["GET", "POST"])
@permits("booth.keep", OwnBooth, fair="fair")
def product_remove(request: FairRequest, booth: Booth, pk: int) -> HttpResponse:
    """Asks, then removes it from the company."""
    row = own_products.own_product(booth, pk)
    if request.method == "POST":
        actions.remove_product(request.actor, fair=booth.fair.slug, product=pk)
        messages.success(request, _("Removed."))
        return redirect("booth_office:products", fair=booth.fair.slug)
    return render(request, "booth_office/products/remove.html", {"booth": booth, "product": row})
