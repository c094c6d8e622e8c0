"""A company's products and people by spreadsheet: the sheet to fill in, the upload, its report, storing it."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from booths.models import Booth
from booths.own_booth import OwnBooth
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.office.imports.downloads import workbook_file
from fairplatform.office.imports.queries import EARLIER, report_of
from fairplatform.office.imports.uploading import uploaded
from fairplatform.policy import check, permits
from fairplatform.workbook.actions import end_silent, record_download, store_workbook, upload_of_company
from fairplatform.workbook.lists.mending import write_rows_to_mend
from fairplatform.workbook.models import OF_COMPANY, WorkbookImport
from fairplatform.workbook.own.exporting import write_own

from .forms import OwnUploadForm

Kind = WorkbookImport.Kind
KEEP, MANAGE = OF_COMPANY[Kind.PRODUCTS], OF_COMPANY[Kind.PEOPLE]
PAGES = {Kind.PRODUCTS: "booth_office:products_import", Kind.PEOPLE: "booth_office:staff_import"}


@require_http_methods(["GET", "POST"])
@permits(KEEP, OwnBooth, fair="fair")
def products_import(request: FairRequest, booth: Booth) -> HttpResponse:
    return _import_page(request, booth, Kind.PRODUCTS)


@require_http_methods(["GET", "POST"])
@permits(MANAGE, OwnBooth, fair="fair")
def staff_import(request: FairRequest, booth: Booth) -> HttpResponse:
    return _import_page(request, booth, Kind.PEOPLE)


def _import_page(request: FairRequest, booth: Booth, kind: Kind) -> HttpResponse:
    """The form to upload a file, and what the company has uploaded so far."""
    form, now, company = _form(request), timezone.now(), booth.participation
    upload = partial(upload_of_company, request.actor, company=company, sheet=kind.value, now=now)
    if answer := uploaded(form, upload, _page_of):
        return answer
    end_silent(booth.fair, now)
    rows = WorkbookImport.objects.filter(participation=company, kind=kind).select_related("user")
    context = {"booth": booth, "form": form, "earlier": rows.defer("preview", "choice")[:EARLIER]}
    return render(request, f"booth_office/imports/{kind.value}.html", context)


def _form(request: FairRequest) -> OwnUploadForm:
    return OwnUploadForm(request.POST or None, request.FILES or None)


@require_GET
@permits(KEEP, OwnBooth, fair="fair")
def products_sheet(request: FairRequest, booth: Booth) -> HttpResponse:
    """The company's products as they are, to be changed and added to."""
    name = _("products") + ".xlsx"
    return workbook_file(lambda path: write_own(booth.participation, Kind.PRODUCTS, path), name)


@never_cache
@require_GET
@permits(MANAGE, OwnBooth, fair="fair")
def staff_sheet(request: FairRequest, booth: Booth) -> HttpResponse:
    """The company's people as they are. It has contact data, so the download is on record."""
    record_download(request.actor, booth.participation, permission=MANAGE, what=Kind.PEOPLE)
    return workbook_file(lambda path: write_own(booth.participation, Kind.PEOPLE, path), _("staff") + ".xlsx")


@require_GET
@permits(KEEP, WorkbookImport, fair="fair__slug", kind="kind", pk="pk")
def import_(request: FairRequest, shown: WorkbookImport) -> HttpResponse:
    """How far an import is, or its report."""
    end_silent(shown.fair, timezone.now())
    shown.refresh_from_db()
    context = {
        "booth": _booth_of(shown),
        "shown": shown,
        "upload_page": PAGES[Kind(shown.kind)],
        **report_of(shown),
    }
    return render(request, "booth_office/imports/import.html", context)


@require_POST
@permits(KEEP, WorkbookImport, fair="fair__slug", kind="kind", pk="pk")
def import_store(request: FairRequest, checked: WorkbookImport) -> HttpResponse:
    """Stores the rows that were found good."""
    try:
        store_workbook(request.actor, checked=checked, now=timezone.now())
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(_page_of(checked))


@never_cache
@require_GET
@permits(KEEP, WorkbookImport, fair="fair__slug", kind="kind", pk="pk")
def import_mend(request: FairRequest, shown: WorkbookImport) -> HttpResponse:
    """The rows that could not be stored, with what to correct in each."""
    check(request.actor, shown.permission, shown)
    if not shown.report.get("rows"):
        raise Http404
    record_download(request.actor, shown, permission=shown.permission, what="rows_to_mend")
    stem = shown.name.rpartition(".")[0] or shown.name
    return workbook_file(lambda path: write_rows_to_mend(path, shown.report), _("to correct") + f" {stem}.xlsx")


def _page_of(one: WorkbookImport) -> str:
    return reverse("booth_office:import", args=[one.fair.slug, one.kind, one.pk])


def _booth_of(shown: WorkbookImport) -> Booth:
    """Raises Refused("not_found") where the company has none any more."""
    rows = Booth.objects.select_related("fair", "participation__company")
    booth = rows.filter(participation=shown.participation).first()
    if booth is None:
        raise Refused("not_found")
    return booth
