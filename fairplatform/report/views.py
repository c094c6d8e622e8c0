"""The report on the screen and on paper, the rows of each figure, and the report as a file."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits

from .briefs.days import read_date
from .briefs.figures import of_scope
from .building import build
from .definition import Group, Unit
from .figure import Figure
from .figures import compute
from .files import CONTENT_TYPES, WRITERS
from .models import BriefFigure
from .opened import opened
from .rows import read_rows
from .series import side_by_side
from .tables import PAIRS, Line, Report, Section, asked_languages, chosen_languages, sections, value_in_words

PER_PAGE = 100


@require_GET
@permits("report.see", Fair, fair="slug")
def report(request: FairRequest, fair: Fair) -> HttpResponse:
    """All figures but those of each company; beside them those of the last fair of the series."""
    found = build(fair, (), now=timezone.now())
    shown = [section for section in found.sections if section.group != Group.EACH_COMPANY]
    context = {
        "fair": fair,
        "at": found.rows.at,
        "last": found.last,
        "sections": [_shown(fair, section, found.before) for section in shown],
        "rates": found.rates,
        "has_each": len(shown) < len(found.sections),
        "forms": list(WRITERS),
        "pairs": PAIRS,
    }
    return render(request, "report/report.html", context)


@require_GET
@permits("report.see", Fair, fair="slug")
def companies(request: FairRequest, fair: Fair) -> HttpResponse:
    """The meetings of each company, those with the most first."""
    found = _counted(fair)
    own = [figure for figure in found.figures if figure.definition.group == Group.EACH_COMPANY]
    held = {figure.part.key: figure for figure in own if figure.definition.key == "held_by_company"}
    planned = [figure for figure in own if figure.definition.key == "planned_by_company"]
    planned.sort(key=lambda figure: -figure.value)
    page = Paginator(planned, PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "name": figure.part.name,
            "cells": [_cell(fair, one, {}) for one in (figure, held.get(figure.part.key))],
        }
        for figure in page.object_list
    ]
    blocks = sections(own)
    context = {"fair": fair, "at": found.rows.at, "page": page, "query": "", "lines": lines, "sections": blocks}
    return render(request, "report/companies.html", context)


@require_GET
@permits("report.see", Fair, fair="slug")
def rows(request: FairRequest, fair: Fair) -> HttpResponse:
    """The rows that a figure is of. `figure`: its key; without one the figures are shown to choose from.

    `day`: that of the day's brief, whose `scope` says whether of its meetings alone or of all up to that day.
    """
    key, on = request.GET.get("figure", ""), read_date(request.GET.get("day", ""))
    if not key:
        return redirect("report:report", fair=fair.slug)
    scope = BriefFigure.Scope.SO_FAR if request.GET.get("scope") == BriefFigure.Scope.SO_FAR else BriefFigure.Scope.DAY
    found = _counted(fair, on, scope)
    figure = next((one for one in found.figures if one.key == key), None)
    if figure is None:
        raise Refused("not_found")
    page = Paginator(figure.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "fair": fair,
        "figure": figure,
        "value": value_in_words(figure),
        "is_money": figure.definition.unit == Unit.MONEY,
        "at": found.rows.at,
        "page": page,
        "day": on,
        "scope": scope,
        "query": f"{urlencode({'figure': key} | ({'day': str(on), 'scope': str(scope)} if on else {}))}&",
        "rows": opened(found.rows, figure, list(page.object_list)),
    }
    return render(request, "report/rows.html", context)


@require_GET
@permits("fair.see", Fair, fair="slug")
def series(request: FairRequest, fair: Fair) -> HttpResponse:
    """The fairs of the series side by side, those that the reader may see: public ones, and drafts they organise."""
    found = side_by_side(fair, request.actor.person, now=timezone.now()) if fair.series else None
    return render(request, "report/series.html", {"fair": fair, "series": found})


@never_cache
@require_GET
@permits("report.see", Fair, fair="slug")
def download(request: FairRequest, fair: Fair, form: str) -> HttpResponse:
    """The report as a file. `lang`: its languages, as `zh+en` or once each."""
    if form not in WRITERS:
        raise Refused("not_found")
    wanted = asked_languages(request.GET.getlist("lang"))
    try:
        content = WRITERS[form](build(fair, chosen_languages(wanted), now=timezone.now()))
    except Refused as refused:
        messages.error(request, str(refused.sentence))
        return redirect("report:report", fair=fair.slug)
    disposition = content_disposition_header(as_attachment=True, filename=f"{fair.slug}-report.{form}") or "attachment"
    return HttpResponse(content, content_type=CONTENT_TYPES[form], headers={"Content-Disposition": disposition})


def _counted(fair: Fair, on: date | None = None, scope: BriefFigure.Scope = BriefFigure.Scope.DAY) -> Report:
    found = read_rows(fair, now=timezone.now())
    found = of_scope(found, scope, on) if on else found
    return Report(found, compute(found), ())


def _shown(fair: Fair, section: Section, before: Mapping[str, Figure]) -> dict[str, Any]:
    """A table: each block is a line, or a line with its parts below."""
    return {
        "group": section.group,
        "columns": max((block.columns for block in section.blocks), key=len),
        "blocks": [
            {
                "definition": block.definition,
                "is_divided": block.is_divided,
                "lines": [_line(fair, line, before) for line in block.lines],
            }
            for block in section.blocks
        ],
    }


def _line(fair: Fair, line: Line, before: Mapping[str, Figure]) -> dict[str, Any]:
    return {"part": line.part, "cells": [_cell(fair, figure, before) for figure in line.cells]}


def _cell(fair: Fair, figure: Figure | None, before: Mapping[str, Figure]) -> dict[str, Any]:
    if figure is None:
        return {}
    last = before.get(figure.key)
    url = reverse("report:rows", args=[fair.slug])
    return {
        "value": value_in_words(figure),
        "url": f"{url}?{urlencode({'figure': figure.key})}" if figure.rows else "",
        "hidden": figure.hidden,
        "conversion": figure.conversion,
        "last": value_in_words(last) if last else "",
        "last_hidden": last.hidden if last else 0,
    }
