"""The page on which a booth's texts are written."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from booths.models import Booth
from booths.own_booth import OwnBooth
from fairplatform.accounts.request import FairRequest
from fairplatform.files.upload_views import refusals_in_json
from fairplatform.policy import permits

from ..drafts.subject import Subject
from ..drafts.views import edit, preview, typed
from ..forms.texts import BoothForm
from ..missing import missing_texts


@require_http_methods(["GET", "POST"])
@permits("booth.keep", OwnBooth, fair="fair")
def texts(request: FairRequest, booth: Booth) -> HttpResponse:
    context = {"missing": missing_texts(BoothForm.texts(booth.participation.company))}
    return edit(
        request, Subject.of(booth, request.actor.person, None), "booth_office/booth.html", "booth_office:booth", context
    )


@require_POST
@refusals_in_json
@permits("booth.keep", OwnBooth, fair="fair")
def texts_typed(request: FairRequest, booth: Booth) -> HttpResponse:
    return typed(request, booth, None)


@require_GET
@permits("booth.keep", OwnBooth, fair="fair")
def texts_preview(request: FairRequest, booth: Booth) -> HttpResponse:
    return preview(request, Subject.of(booth, request.actor.person, None), _("Booth texts"))
