"""Uploading a workbook, its report, storing it; the template and the export as files."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.files.kinds import MAX_MEGABYTES
from fairplatform.policy import permits
from fairplatform.workbook.actions import end_silent, record_download, store_workbook, upload_workbook
from fairplatform.workbook.exporting import export_fair
from fairplatform.workbook.models import WorkbookImport
from fairplatform.workbook.writing import write_template

from .downloads import workbook_file
from .forms import WholeFairForm
from .queries import EARLIER, report_of, upload_page
from .uploading import uploaded


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def imports(request: FairRequest, fair: Fair) -> HttpResponse:
    """The form to upload a workbook, and the imports so far."""
    form, now = WholeFairForm(request.POST or None, request.FILES or None), timezone.now()
    if answer := uploaded(form, partial(upload_workbook, request.actor, fair=fair, now=now)):
        return answer
    end_silent(fair, now)
    rows = WorkbookImport.objects.filter(fair=fair, participation=None).select_related("user", "unit")
    earlier = rows.defer("preview", "choice")[:EARLIER]
    context = {"fair": fair, "form": form, "plain_megabytes": MAX_MEGABYTES, "earlier": earlier}
    return render(request, "office/imports/imports.html", context)


@require_GET
@permits("unit.import", WorkbookImport, fair="fair__slug", pk="pk")
def import_(request: FairRequest, shown: WorkbookImport) -> HttpResponse:
    """How far an import is, or its report."""
    end_silent(shown.fair, timezone.now())
    shown.refresh_from_db()
    context = {"fair": shown.fair, "shown": shown, "upload_page": upload_page(shown), **report_of(shown)}
    return render(request, "office/imports/import.html", context)


@require_POST
@permits("unit.import", WorkbookImport, fair="fair__slug", pk="pk")
def store(request: FairRequest, checked: WorkbookImport) -> HttpResponse:
    """Stores what was checked."""
    try:
        store_workbook(request.actor, checked=checked, now=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused.sentence))
    return redirect("office:import", checked.fair.slug, checked.pk)


@require_GET
@permits("fair.organise", Fair, fair="slug")
def template(request: FairRequest, fair: Fair) -> HttpResponse:
    """An empty workbook to fill in, with examples."""
    return workbook_file(write_template, _("workbook template") + ".xlsx")


@never_cache
@require_GET
@permits("fair.organise", Fair, fair="slug")
def export(request: FairRequest, fair: Fair) -> HttpResponse:
    """The whole fair as a workbook. It has everybody's contact data, so the download is on record."""
    record_download(request.actor, fair, permission="fair.organise", what="workbook")
    return workbook_file(lambda path: export_fair(fair, path, request.actor.person), f"{fair.slug}.xlsx")
