"""A fair's workbook that is sent in parts, for the page's script; the parts themselves go to files:upload."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.files.upload_forms import DeclaredForm
from fairplatform.files.upload_views import begun_answer, refusals_in_json
from fairplatform.files.uploads import give_up
from fairplatform.policy import permits
from fairplatform.workbook.uploading import begin_workbook, finish_workbook, own_upload

from .uploading import page_of


@require_POST
@refusals_in_json
@permits("fair.organise", Fair, fair="slug")
def upload_begin(request: FairRequest, fair: Fair) -> HttpResponse:
    declared = DeclaredForm(request.POST).declared
    upload = begin_workbook(request.actor, fair=fair, declared=declared, now=timezone.now())
    return begun_answer(upload, "office", fair.slug)


@require_POST
@refusals_in_json
@permits("fair.organise", Fair, fair="slug")
def upload_finish(request: FairRequest, fair: Fair, upload: UUID) -> HttpResponse:
    """Starts the import, whose page the script goes to."""
    started = finish_workbook(request.actor, fair=fair, upload=upload, now=timezone.now())
    return JsonResponse({"page": page_of(started)})


@require_POST
@permits("fair.organise", Fair, fair="slug")
def upload_cancel(request: FairRequest, fair: Fair, upload: UUID) -> HttpResponse:
    """Removes what has arrived."""
    give_up(request.actor, upload=own_upload(request.actor, fair, upload).pk)
    return redirect("office:imports", fair.slug)
