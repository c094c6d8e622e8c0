"""The gap list, for organisers alone: it tells what all buyers look for, also those of other recruiting units."""

import csv
import io

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.files.spreadsheets import neutral, without_impossible
from fairplatform.i18n.text import current_language, direction
from fairplatform.office.imports.downloads import workbook_file
from fairplatform.policy import permits
from fairplatform.workbook.actions import record_download

from .. import gaps as found_gaps

COLUMN_WIDTH = 24  # characters


@require_GET
@permits("fair.organise", Fair, fair="slug")
def gaps(request: FairRequest, fair: Fair) -> HttpResponse:
    now = timezone.now()
    found = found_gaps.gaps(fair, now)
    context = {
        "fair": fair,
        "gaps": found,
        "is_anything_wanted": bool(found) or found_gaps.is_anything_wanted(fair, now),
        "message": found_gaps.message(fair, found),
        "enough": found_gaps.ENOUGH,
    }
    return render(request, "demands/gaps.html", context)


@require_GET
@permits("fair.organise", Fair, fair="slug")
def gaps_xlsx(request: FairRequest, fair: Fair) -> HttpResponse:
    rows = _rows(fair)
    record_download(request.actor, fair, permission="fair.organise", what="gaps")
    book = Workbook()
    page = book.worksheets[0]
    page.sheet_view.rightToLeft = direction(current_language()) == "rtl"
    for row in rows:
        page.append(row)
    for number in range(1, len(rows[0]) + 1):
        page.column_dimensions[get_column_letter(number)].width = COLUMN_WIDTH
    return workbook_file(book.save, f"{_name(fair)}.xlsx")


@require_GET
@permits("fair.organise", Fair, fair="slug")
def gaps_csv(request: FairRequest, fair: Fair) -> HttpResponse:
    """In UTF-8 with its mark, by which spreadsheet programs know the encoding."""
    text = io.StringIO()
    csv.writer(text).writerows(_rows(fair))
    record_download(request.actor, fair, permission="fair.organise", what="gaps")
    disposition = content_disposition_header(as_attachment=True, filename=f"{_name(fair)}.csv") or "attachment"
    content = text.getvalue().encode("utf-8-sig")
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": disposition})


def _rows(fair: Fair) -> list[list[str | int]]:
    """With the titles first; no cell is a formula, whatever a buyer has written."""
    found = found_gaps.gaps(fair, timezone.now())
    rows: list[list[str | int]] = [[*found_gaps.titles()], *found_gaps.rows(found)]
    return [[neutral(without_impossible(cell)) if isinstance(cell, str) else cell for cell in row] for row in rows]


def _name(fair: Fair) -> str:
    return f"{fair.slug} {_('gap list')}"
