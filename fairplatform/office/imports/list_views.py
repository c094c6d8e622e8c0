"""Uploading a unit's list, saying what its columns are, and the rows that go back to the unit."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import current_language
from fairplatform.policy import permits
from fairplatform.workbook.actions import check_rows, record_download, upload_list
from fairplatform.workbook.lists.mending import write_rows_to_mend
from fairplatform.workbook.models import WorkbookImport

from .downloads import workbook_file
from .list_forms import ListForm, chosen
from .list_pages import ColumnsPage
from .uploading import uploaded


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def list_add(request: FairRequest, fair: Fair) -> HttpResponse:
    """The form to upload a list."""
    form = ListForm(request.POST or None, request.FILES or None, fair=fair)

    def upload(name: str, content: bytes) -> WorkbookImport:
        unit = form.cleaned_data["unit"]
        return upload_list(request.actor, unit=unit, name=name, content=content, now=timezone.now())

    if answer := uploaded(form, upload):
        return answer
    return render(request, "office/imports/list.html", {"fair": fair, "form": form})


@require_http_methods(["GET", "POST"])
@permits("unit.import", WorkbookImport, fair="fair__slug", pk="pk")
def list_columns(request: FairRequest, shown: WorkbookImport) -> HttpResponse:
    """Which sheet and row of titles, what each column is, and what holds for all companies."""
    if not shown.preview:
        raise Http404
    data = request.POST if request.method == "POST" else None
    page = ColumnsPage(shown, data or request.GET, data)
    error = None
    if data is not None and page.is_valid():
        choice = chosen(page.place, page.columns, page.fixed, shown.unit)
        try:
            check_rows(request.actor, uploaded=shown, choice=choice, now=timezone.now())
            return redirect("office:import", shown.fair.slug, shown.pk)
        except Refused as refused:
            error = refused.sentence
    context = {"fair": shown.fair, "shown": shown, "error": error, **page.context}
    return render(request, "office/imports/columns.html", context)


@never_cache
@require_GET
@permits("unit.import", WorkbookImport, fair="fair__slug", pk="pk")
def list_mend(request: FairRequest, shown: WorkbookImport) -> HttpResponse:
    """The rows that could not be stored, in the language of the unit. It has contact data, so it is on record."""
    if not shown.report.get("rows"):
        raise Http404
    record_download(request.actor, shown, permission=shown.permission, what="rows_to_mend")
    with override(shown.unit.reads if shown.unit else current_language()):
        stem = shown.name.rpartition(".")[0] or shown.name
        name = _("to correct") + f" {stem}.xlsx"
        return workbook_file(lambda path: write_rows_to_mend(path, shown.report), name)
