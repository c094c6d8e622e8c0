"""Uploading a workbook, its report, storing it; the template and the export as files."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from fairplatform.accounts.actor import write_audit_entry
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits
from fairplatform.workbook.actions import end_silent, store_workbook, upload_workbook
from fairplatform.workbook.exporting import export_fair
from fairplatform.workbook.models import WorkbookImport
from fairplatform.workbook.writing import write_template

from .forms import UploadForm
from .queries import report_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EARLIER = 20  # imports that the page lists


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def imports(request: FairRequest, fair: Fair) -> HttpResponse:
    """The form to upload a workbook, and the imports so far."""
    form, now = UploadForm(request.POST or None, request.FILES or None), timezone.now()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            started = upload_workbook(request.actor, fair=fair, name=file.name, content=file.read(), now=now)
            return redirect("office:import", fair.slug, started.pk)
        except Refused as refused:
            form.add_error("file", refused.sentence)
    end_silent(fair, now)
    earlier = WorkbookImport.objects.filter(fair=fair).select_related("user")[:EARLIER]
    return render(request, "office/imports/imports.html", {"fair": fair, "form": form, "earlier": earlier})


@require_GET
@permits("fair.organise", WorkbookImport, fair="fair__slug", pk="pk")
def import_(request: FairRequest, shown: WorkbookImport) -> HttpResponse:
    """How far an import is, or its report."""
    end_silent(shown.fair, timezone.now())
    shown.refresh_from_db()
    return render(request, "office/imports/import.html", {"fair": shown.fair, "shown": shown, **report_of(shown)})


@require_POST
@permits("fair.organise", WorkbookImport, fair="fair__slug", pk="pk")
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
    return _file(write_template, _("workbook template") + ".xlsx")


@never_cache
@require_GET
@permits("fair.organise", Fair, fair="slug")
def export(request: FairRequest, fair: Fair) -> HttpResponse:
    """The whole fair as a workbook. It has everybody's contact data, so the download is on record."""
    write_audit_entry(request.actor, "fair.organise", fair, after={"exported": "workbook"})
    return _file(lambda path: export_fair(fair, path), f"{fair.slug}.xlsx")


def _file(write: Callable[[Path], object], name: str) -> HttpResponse:
    """What `write` writes, as a download."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        write(path)
        content = path.read_bytes()
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})
