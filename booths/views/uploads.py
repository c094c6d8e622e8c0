"""Files that are sent to the places of a page: with its plain form, or in parts by its script."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from booths import attachments
from booths.attachments import Target
from booths.models import Attachment, Demand
from booths.upload_forms import BeginForm, FileForm
from fairplatform.accounts.models import Company
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.files.upload_views import begun_answer


def add_sent(request: FairRequest, places: list[Target]) -> Attachment | None:
    """Puts the file of the plain form in its place, and says so or why not on the page that follows."""
    form = FileForm(places, request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, " ".join(str(said[0]) for said in form.errors.values()))
        return None
    file = form.cleaned_data["file"]
    try:
        added = attachments.attach(
            request.actor, target=form.target, name=file.name, content=file.read(), now=timezone.now()
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
        return None
    messages.success(request, _("Uploaded."))
    return added


def begun(request: FairRequest, places: list[Target], namespace: str, *own: object) -> HttpResponse:
    """Where the parts go and how large they may be, how much of the file is there, and what to call when all of it is.

    `namespace`: whose routes upload_finish and upload_cancel are called; they take `own` and the upload's key. Raises
    Refused, as `begin_upload` does.
    """
    form = BeginForm(places, request.POST)
    declared = form.declared
    upload = attachments.begin_upload(request.actor, target=form.target, declared=declared, now=timezone.now())
    return begun_answer(upload, namespace, *own)


def finished(request: FairRequest, company: Company, pk: UUID, demand: Demand | None = None) -> HttpResponse:
    """Puts what has arrived in its place. Raises Refused, as `finish_upload` does."""
    attachment = attachments.finish_upload(request.actor, company=company, demand=demand, upload=pk, now=timezone.now())
    return JsonResponse({"attachment": attachment.pk})
