"""What delegates of a recruiting unit upload: a workbook of its companies, or its own list."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import RecruitingUnit
from fairplatform.policy import permits
from fairplatform.workbook.actions import end_silent, upload_list, upload_of_unit
from fairplatform.workbook.models import WorkbookImport
from fairplatform.workbook.planning.bounds import OPEN_SHEETS
from fairplatform.workbook.writing import write_template

from .downloads import workbook_file
from .forms import UploadForm
from .list_forms import UnitListForm
from .queries import EARLIER
from .uploading import uploaded


@require_http_methods(["GET", "POST"])
@permits("unit.import", RecruitingUnit, fair="fair__slug", pk="pk")
def unit_imports(request: FairRequest, unit: RecruitingUnit) -> HttpResponse:
    """The form to upload a workbook, and what the unit's delegates have uploaded so far."""
    form, now = UploadForm(request.POST or None, request.FILES or None), timezone.now()
    if answer := uploaded(form, partial(upload_of_unit, request.actor, unit=unit, now=now)):
        return answer
    end_silent(unit.fair, now)
    earlier = (
        WorkbookImport.objects.filter(unit=unit, by_delegate=True)
        .select_related("user")
        .defer("preview", "choice")[:EARLIER]
    )
    context = {"fair": unit.fair, "unit": unit, "form": form, "earlier": earlier}
    return render(request, "office/imports/unit_imports.html", context)


@require_http_methods(["GET", "POST"])
@permits("unit.import", RecruitingUnit, fair="fair__slug", pk="pk")
def unit_list_add(request: FairRequest, unit: RecruitingUnit) -> HttpResponse:
    """The form to upload the unit's own list."""
    form = UnitListForm(request.POST or None, request.FILES or None)
    if answer := uploaded(form, partial(upload_list, request.actor, unit=unit, by_delegate=True, now=timezone.now())):
        return answer
    return render(request, "office/imports/unit_list.html", {"fair": unit.fair, "unit": unit, "form": form})


@require_GET
@permits("unit.import", RecruitingUnit, fair="fair__slug", pk="pk")
def unit_template(request: FairRequest, unit: RecruitingUnit) -> HttpResponse:
    """A workbook to fill in, with examples, of the sheets that delegates enter."""
    return workbook_file(lambda path: write_template(path, OPEN_SHEETS), _("workbook template") + ".xlsx")
