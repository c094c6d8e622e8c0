"""The pages of one kind of rows: its list, and the pages that add, change and remove one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fairplatform.accounts.locations import CITY_NAMES
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits

from ..saved import tell_saved
from . import actions
from .rows import RowKind


@require_GET
@permits("fair.organise", Fair, fair="slug")
def listed(request: FairRequest, fair: Fair, kind: RowKind[Any]) -> HttpResponse:
    context = {"fair": fair, "kind": kind, "rows": kind.rows(fair), **kind.context(fair)}
    return render(request, f"office/setup/{kind.name}.html", context)


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def add(request: FairRequest, fair: Fair, kind: RowKind[Any]) -> HttpResponse:
    return _edit(request, fair, kind, None)


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def change(request: FairRequest, fair: Fair, kind: RowKind[Any], pk: int) -> HttpResponse:
    return _edit(request, fair, kind, pk)


def _edit(request: FairRequest, fair: Fair, kind: RowKind[Any], pk: int | None) -> HttpResponse:
    """Shows the form of a row, a new one without `pk`, or saves it and returns to the list."""
    row = kind.new(fair) if pk is None else kind.get(fair, pk)
    if request.method == "POST":
        form = actions.save_row(request.actor, fair=fair.pk, kind=kind, pk=pk, data=request.POST)
        if not form.errors:
            tell_saved(request, form)
            return redirect(kind.route, fair=fair.slug)
    else:
        form = kind.form(fair=fair, instance=row)
    shown = {"form": form, "row": row if pk else None, "name": kind.label(row), "cities": CITY_NAMES}
    context = {"fair": fair, "kind": kind, **shown}
    return render(request, "office/setup/row.html", context, status=409 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def remove(request: FairRequest, fair: Fair, kind: RowKind[Any], pk: int) -> HttpResponse:
    """Asks, or says why the row stays; then removes it."""
    row, is_act = kind.get(fair, pk), request.method == "POST"
    if is_act:
        reason = actions.remove_row(request.actor, fair=fair.pk, kind=kind, pk=pk)
        if not reason:
            messages.success(request, _("Removed."))
            return redirect(kind.route, fair=fair.slug)
    else:
        reason = kind.why_kept(row)
    context = {"fair": fair, "kind": kind, "row": row, "name": kind.label(row), "reason": reason}
    return render(request, "office/setup/row_remove.html", context, status=409 if is_act else 200)


def routes(kind: RowKind[Any]) -> list[URLPattern]:
    return [path(f"{kind.name}/", listed, {"kind": kind}, name=kind.name), *act_routes(kind)]


def act_routes(kind: RowKind[Any]) -> list[URLPattern]:
    """Of rows whose list is a page of its own."""
    extra = {"kind": kind}
    return [
        path(f"{kind.name}/new/", add, extra, name=f"{kind.name}_add"),
        path(f"{kind.name}/<int:pk>/", change, extra, name=f"{kind.name}_change"),
        path(f"{kind.name}/<int:pk>/remove/", remove, extra, name=f"{kind.name}_remove"),
    ]
