"""The pages of one kind of rows: its list, and the pages that add, change and remove one."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fairplatform.accounts.locations import CITY_NAMES
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import load, permits

from .forms import SetupForm
from .rows import RowKind, audit


@require_GET
@permits("fair.organise", Fair, fair="slug")
def listed(request: FairRequest, fair: Fair, kind: RowKind) -> HttpResponse:
    context = {"fair": fair, "kind": kind, "rows": kind.rows(fair), **kind.context(fair)}
    return render(request, f"office/setup/{kind.name}.html", context)


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def add(request: FairRequest, fair: Fair, kind: RowKind) -> HttpResponse:
    return _edit(request, fair, kind, None)


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def change(request: FairRequest, fair: Fair, kind: RowKind, pk: int) -> HttpResponse:
    return _edit(request, fair, kind, pk)


def _edit(request: FairRequest, fair: Fair, kind: RowKind, pk: int | None) -> HttpResponse:
    """Shows the form of a row, a new one without `pk`, or saves it and returns to the list."""
    data = request.POST if request.method == "POST" else None
    with transaction.atomic():
        if data is not None:
            # Rows that must not be alike are compared while nobody else adds one.
            fair = load(Fair, request.actor, "fair.organise", lock=True, pk=fair.pk)
        row = kind.new(fair) if pk is None else _row(kind, fair, pk, lock=data is not None)
        name = kind.label(row)
        form: SetupForm[Any] = kind.form(data, fair=fair, instance=row)
        saved = data is not None and form.is_valid() and _saved(request, kind, form)
        if saved:
            before, after = (None, form.values()) if pk is None else form.changes()
            audit(request.actor, row, before=before, after=after)
    if saved:
        messages.success(request, _("Saved."))
        return redirect(kind.route, fair=fair.slug)
    context = {"fair": fair, "kind": kind, "form": form, "row": row if pk else None, "name": name, "cities": CITY_NAMES}
    return render(request, "office/setup/row.html", context, status=409 if form.errors else 200)


def _saved(request: FairRequest, kind: RowKind, form: SetupForm[Any]) -> bool:
    try:
        # Undone by itself where it is refused: the form is shown again from the same transaction.
        with transaction.atomic():
            kind.save(form)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return False
    return True


@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def remove(request: FairRequest, fair: Fair, kind: RowKind, pk: int) -> HttpResponse:
    """Asks, or says why the row stays; then removes it."""
    is_act = request.method == "POST"
    with transaction.atomic():
        if is_act:
            fair = load(Fair, request.actor, "fair.organise", lock=True, pk=fair.pk)
        row = _row(kind, fair, pk, lock=is_act)
        reason = kind.kept_because(row)
        if is_act and not reason:
            audit(request.actor, row, before=kind.form(fair=fair, instance=row).values(), after=None)
            kind.remove(row)
    if is_act and not reason:
        messages.success(request, _("Removed."))
        return redirect(kind.route, fair=fair.slug)
    context = {"fair": fair, "kind": kind, "row": row, "name": kind.label(row), "reason": reason}
    return render(request, "office/setup/row_remove.html", context, status=409 if is_act else 200)


def _row(kind: RowKind, fair: Fair, pk: int, *, lock: bool) -> Any:
    rows = kind.model._default_manager.filter(fair=fair, pk=pk)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise Refused("not_found")
    return row


def routes(kind: RowKind) -> list[URLPattern]:
    extra = {"kind": kind}
    return [
        path(f"{kind.name}/", listed, extra, name=kind.name),
        path(f"{kind.name}/new/", add, extra, name=f"{kind.name}_add"),
        path(f"{kind.name}/<int:pk>/", change, extra, name=f"{kind.name}_change"),
        path(f"{kind.name}/<int:pk>/remove/", remove, extra, name=f"{kind.name}_remove"),
    ]
