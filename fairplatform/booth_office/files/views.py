"""The page of the pictures and documents, of the company or of one product, and the forms on it."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from booths import attachments
from booths.attachments import own_attachment
from booths.models import Booth, Product
from booths.own_booth import OwnBooth
from booths.views.uploads import add_sent
from fairplatform.accounts.request import FairRequest
from fairplatform.files.kinds import MAX_MEGABYTES
from fairplatform.office.saved import tell_saved
from fairplatform.policy import permits
from fairplatform.realtime import topic_names

from ..missing import missing_texts
from ..own_products import own_product
from . import actions
from .forms import TitleForm
from .page import address, sections, targets, titles

MOVES = {"up": -1, "down": 1}


@require_http_methods(["GET", "POST"])
@permits("booth.keep", OwnBooth, fair="fair")
def files(request: FairRequest, booth: Booth) -> HttpResponse:
    """The company's own; POST adds one without a script."""
    return _uploaded(request, booth, None) if request.method == "POST" else _page(request, booth, None)


@require_http_methods(["GET", "POST"])
@permits("booth.keep", OwnBooth, fair="fair")
def product_files(request: FairRequest, booth: Booth, pk: int) -> HttpResponse:
    """Those of a product."""
    product = own_product(booth, pk)
    return _uploaded(request, booth, product) if request.method == "POST" else _page(request, booth, product)


def _page(
    request: FairRequest, booth: Booth, product: Product | None, forms: Mapping[int, TitleForm] | None = None
) -> HttpResponse:
    shown = sections(request.actor, booth, product, forms)
    context = {
        "booth": booth,
        "company": booth.participation.company,
        "product": product,
        "topic": topic_names.office(booth.pk, product.pk if product else "files"),
        "sections": shown,
        "missing": missing_texts(titles(shown)),
        "plain_megabytes": MAX_MEGABYTES,
        "kept_megabytes": attachments.COMPANY_MEGABYTES,
    }
    return render(request, "booth_office/files/files.html", context, status=409 if forms else 200)


def _uploaded(request: FairRequest, booth: Booth, product: Product | None) -> HttpResponse:
    added = add_sent(request, targets(booth, product))
    return redirect(address(booth, product.pk if product else None, added))


@require_POST
@permits("booth.keep", OwnBooth, fair="fair")
def attachment_title(request: FairRequest, booth: Booth, pk: int) -> HttpResponse:
    attachment = own_attachment(booth, pk)
    form = actions.retitle(request.actor, fair=booth.fair.slug, attachment=pk, data=request.POST)
    if form.errors:
        return _page(request, booth, attachment.product, {pk: form})
    tell_saved(request)
    return redirect(address(booth, attachment.product_id, attachment))


@require_POST
@permits("booth.keep", OwnBooth, fair="fair")
def attachment_move(request: FairRequest, booth: Booth, pk: int) -> HttpResponse:
    attachment = own_attachment(booth, pk)
    by = MOVES.get(request.POST.get("to", ""), 0)
    attachments.move(request.actor, fair=booth.fair.slug, attachment=pk, by=by)
    return redirect(address(booth, attachment.product_id, attachment))


@require_POST
@permits("booth.keep", OwnBooth, fair="fair")
def attachment_remove(request: FairRequest, booth: Booth, pk: int) -> HttpResponse:
    attachment = own_attachment(booth, pk)
    product = attachment.product_id
    attachments.remove(request.actor, fair=booth.fair.slug, attachment=pk)
    messages.success(request, _("Removed."))
    return redirect(address(booth, product))
