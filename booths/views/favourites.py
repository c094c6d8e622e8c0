"""A person's favourites in a fair: the list, the page of one, and which stars of a page are marked."""

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from booths import favourites as kept
from booths.models.favourite import LONGEST_NOTE
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import isolated
from fairplatform.policy import permits

SCRIPT = "fetch"  # the header X-Requested-With of what a page's script sends


class NoteForm(forms.Form):
    note = forms.CharField(
        required=False,
        max_length=LONGEST_NOTE,
        label=_("Your note"),
        help_text=_("Only you can see it."),
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )


@require_GET
@permits("favourites.keep", Fair, fair="slug")
def favourites(request: FairRequest, fair: Fair) -> HttpResponse:
    rows = kept.rows(request.actor, fair)
    text = "\n\n".join(_as_text(request, row) for row in rows)
    return render(request, "booths/favourites.html", {"fair": fair, "rows": rows, "text": text})


@require_GET
@permits("favourites.keep", Fair, fair="slug")
def favourite_keys(request: FairRequest, fair: Fair) -> HttpResponse:
    return JsonResponse(kept.keys(request.actor, fair))


@require_http_methods(["GET", "POST"])
@permits("favourites.keep", Fair, fair="slug")
def favourite_booth(request: FairRequest, fair: Fair, *, pk: int) -> HttpResponse:
    return _favourite(request, fair, "booth", pk)


@require_http_methods(["GET", "POST"])
@permits("favourites.keep", Fair, fair="slug")
def favourite_product(request: FairRequest, fair: Fair, *, pk: int) -> HttpResponse:
    return _favourite(request, fair, "product", pk)


def _favourite(request: FairRequest, fair: Fair, kind: kept.Kind, key: int) -> HttpResponse:
    """The star's own page, which works without a script; a script posts `marked` here and gets what is stored then."""
    sent = request.POST
    if request.method == "POST" and sent.get("marked") == "0":
        kept.unmark(request.actor, fair=fair, kind=kind, key=key)
        return _done(request, fair, is_marked=False)
    form = NoteForm(sent if request.method == "POST" else None)
    if form.is_valid():
        note = form.cleaned_data["note"] if "note" in sent else None
        kept.mark(request.actor, fair=fair, kind=kind, key=key, note=note, now=timezone.now())
        return _done(request, fair, is_marked=True)
    row = kept.row_of(request.actor, fair, kind, key)
    form.initial["note"] = row.favourite.note
    return render(
        request, "booths/favourite.html", {"fair": fair, "row": row, "form": form}, status=409 if sent else 200
    )


def _done(request: FairRequest, fair: Fair, *, is_marked: bool) -> HttpResponse:
    if request.headers.get("X-Requested-With") == SCRIPT:
        return JsonResponse({"marked": is_marked})
    return redirect("booths:favourites", fair.slug)


def _as_text(request: FairRequest, row: kept.Row) -> str:
    """A favourite as lines of text in the reader's language: name, company and place, note, address."""
    seller = [] if row.kind == "booth" else [str(row.company.name)]
    place = " · ".join([*seller, _place(row)])
    address = request.build_absolute_uri(row.path) if row.path else ""
    return "\n".join(filter(None, [str(row.name), place, row.favourite.note, address]))


def _place(row: kept.Row) -> str:
    if not row.is_there or row.booth is None:
        return str(_("No longer at the fair"))
    hall, number = isolated(row.booth.hall.name), isolated(row.booth.number)
    return str(_("%(hall)s, booth %(number)s") % {"hall": hall, "number": number})
