"""Uploads in parts to the places of the page, for its script; the parts themselves go to files:upload."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from booths.attachments import Target
from booths.models import Booth
from booths.own_booth import OwnBooth
from booths.views.uploads import begun, finished
from fairplatform.accounts.request import FairRequest
from fairplatform.files.models import Upload
from fairplatform.files.upload_views import refusals_in_json
from fairplatform.files.uploads import give_up
from fairplatform.policy import load, permits

from ..own_products import own_product
from .page import address, targets


@require_POST
@refusals_in_json
@permits("booth.keep", OwnBooth, fair="fair")
def upload_begin(request: FairRequest, booth: Booth) -> HttpResponse:
    return begun(request, targets(booth, None), "booth_office", booth.fair.slug)


@require_POST
@refusals_in_json
@permits("booth.keep", OwnBooth, fair="fair")
def product_upload_begin(request: FairRequest, booth: Booth, pk: int) -> HttpResponse:
    return begun(request, targets(booth, own_product(booth, pk)), "booth_office", booth.fair.slug)


@require_POST
@refusals_in_json
@permits("booth.keep", OwnBooth, fair="fair")
def upload_finish(request: FairRequest, booth: Booth, pk: UUID) -> HttpResponse:
    return finished(request, booth.participation.company, pk)


@require_POST
@permits("booth.keep", OwnBooth, fair="fair")
def upload_cancel(request: FairRequest, booth: Booth, pk: UUID) -> HttpResponse:
    """Removes what has arrived; also without a script."""
    upload = load(Upload, request.actor, "upload.send", pk=pk)
    target = Target.of(upload)
    give_up(request.actor, upload=pk)
    return redirect(address(booth, target.product.pk if target and target.product else None))
