"""The roster of an interpreter, and the sheet of all interpreters' hours by which they are paid."""

import csv
import io

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.files.spreadsheets import neutral, without_impossible
from fairplatform.i18n.times import zone_name
from fairplatform.policy import may, permits

from .forms import BreakForm
from .roster import Roster, rosters


@require_GET
@permits("roster.see", Fair, fair="slug")
def roster(request: FairRequest, fair: Fair) -> HttpResponse:
    """One's own."""
    return _shown(request, fair, rosters(fair, [request.actor.person.pk]), "roster")


@require_GET
@permits("fair.organise", Fair, fair="slug")
def roster_of(request: FairRequest, fair: Fair, user: int) -> HttpResponse:
    return _shown(request, fair, rosters(fair, [user]), str(user))


@require_GET
@permits("fair.organise", Fair, fair="slug")
def hours(request: FairRequest, fair: Fair) -> HttpResponse:
    """Each interpreter's minutes of each day, planned and held."""
    return render(request, "meetings/interpreters_hours.html", {"fair": fair, "rosters": rosters(fair)})


@require_GET
@permits("fair.organise", Fair, fair="slug")
def hours_csv(request: FairRequest, fair: Fair) -> HttpResponse:
    """A line for each interpreter and day; in UTF-8 with its mark, by which spreadsheet programs know the encoding."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_("Interpreter"), _("Date"), _("Meetings"), _("Minutes planned"), _("Minutes held")])
    for one in rosters(fair):
        for day in one.days:
            name = neutral(without_impossible(str(one.user.name)))
            writer.writerow([name, day.day.date.isoformat(), len(day.meetings), day.planned, day.held])
    content = text.getvalue().encode("utf-8-sig")
    headers = {"Content-Disposition": f'attachment; filename="{fair.slug}-interpreters.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _shown(request: FairRequest, fair: Fair, found: list[Roster], back: str) -> HttpResponse:
    """`back`: which roster the page of absences leads back to."""
    if not found:
        raise Refused("not_found")
    user = found[0].user
    context = {
        "fair": fair,
        "roster": found[0],
        "form": BreakForm(found[0], back),
        "back": back,
        "zone": zone_name(user.zone or fair.zone_of(user.country)),
        "may_organise": may(request.actor, "fair.organise", fair),
    }
    return render(request, "meetings/roster.html", context)
