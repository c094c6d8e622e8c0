"""An outage of a city or a hall: the meetings that it hits, and what becomes of each."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from fairplatform.accounts.locations import city_label
from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import isolated
from fairplatform.policy import permits
from meetings.changes.acting import Span
from meetings.changes.outage import TELEPHONE, Place, bridge, hit
from meetings.changes.queries import done_by, places
from meetings.contacts import mobiles
from meetings.models import Change

from .forms import SpanForm, numbers


@never_cache
@require_http_methods(["GET", "POST"])
@permits("fair.organise", Fair, fair="slug")
def outage(request: FairRequest, fair: Fair) -> HttpResponse:
    """With GET and all of the form, the meetings with both companies' numbers; POST does what was chosen for each."""
    if done := done_by(fair, request.POST.get("key", "")):
        return redirect("office:change", fair=fair.slug, pk=done.pk)
    now, sent, reader = timezone.now(), request.POST if request.method == "POST" else request.GET, request.actor.person
    whose = [(place.key, named(fair, place)) for place in places(fair, now)]
    form = SpanForm(
        sent or None, label=_("City, hall or room"), whose=whose, fair=fair, reader=reader, now=now, in_progress=True
    )
    context: dict[str, Any] = {"fair": fair, "form": form, "telephone": TELEPHONE}
    if form.is_valid():
        if request.method == "POST" and (change := _bridged(request, fair, form, now)):
            return redirect("office:change", fair=fair.slug, pk=change.pk)
        place = Place.read(form.cleaned_data["whose"])
        found = hit(fair, place, Span.of(fair, form.begins, form.ends), now)
        companies = {one.pk: one for hit in found for one in (hit.meeting.exhibitor, hit.meeting.buyer)}
        known = mobiles(reader, fair, list(companies.values()))
        rows = [(one, known.get(one.meeting.exhibitor_id), known.get(one.meeting.buyer_id)) for one in found]
        context |= {"rows": rows, "place": named(fair, place), "key": form.key_of_press}
    return render(request, "office/changes/outage.html", context, status=409 if form.errors and sent else 200)


def named(fair: Fair, place: Place) -> str:
    """In the reader's language."""
    if place.room is not None:
        return _("Room %(number)s") % {"number": place.room}
    if place.hall is None:
        return isolated(city_label(place.city, {}))
    hall = fair.halls.filter(number=place.hall).first()
    return f"{place.hall} · {isolated(hall.name)}" if hall else str(place.hall)


def _bridged(request: FairRequest, fair: Fair, form: SpanForm, now: datetime) -> Change | None:
    given = form.cleaned_data
    try:
        return bridge(
            request.actor,
            fair=fair.pk,
            place=Place.read(given["whose"]),
            first=given["first"],
            last=given["last"],
            acts={pk: request.POST.get(f"chosen-{pk}", "") for pk in numbers(request.POST, "meeting")},
            key=form.key_of_press,
            now=now,
        )
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return None
