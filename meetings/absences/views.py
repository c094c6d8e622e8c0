"""The page of absences: those one may enter, the meetings that they fall on, and when companies would rather meet."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.db.keys import row_key
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits

from .actions import add_absence, keep_hours, remove_absence
from .forms import AbsenceForm, HoursForm
from .owners import owners
from .queries import absences_of, hours_of


@require_http_methods(["GET", "POST"])
@permits("absences.keep", Fair, fair="slug")
def absences(request: FairRequest, fair: Fair) -> HttpResponse:
    """An organiser comes from the page of a company (`?company=`), and sees its people's absences, too."""
    company, now = _company(request), timezone.now()
    every = owners(request.actor.person, fair, company=company)
    form, hours = AbsenceForm(fair=fair, owners=every), HoursForm(owners=every, company=company)
    if request.method == "POST" and HoursForm.is_sent(request.POST):
        hours = keep_hours(request.actor, fair=fair.pk, data=request.POST, company=company)
        if not hours.errors:
            _say_hours(request, hours)
            return redirect(_address(fair, company))
    elif request.method == "POST":
        form, hit = add_absence(request.actor, fair=fair.pk, data=request.POST, company=company, now=now)
        if not form.errors:
            _say(request, len(hit))
            return redirect(_back(request, fair) or _address(fair, company))
    context = {
        "fair": fair,
        "form": form,
        "absences": absences_of(fair, every, now),
        "company": company,
        "hours_form": hours,
        "preferred": hours_of(fair, every, now),
    }
    return render(request, "meetings/absences.html", context, status=409 if form.errors or hours.errors else 200)


@require_POST
@permits("absences.keep", Fair, fair="slug")
def absence_remove(request: FairRequest, fair: Fair, pk: int) -> HttpResponse:
    remove_absence(request.actor, fair=fair.pk, absence=pk)
    messages.success(request, _("Removed."))
    return redirect(_back(request, fair) or _address(fair, _company(request)))


def _say(request: FairRequest, meetings: int) -> None:
    messages.success(request, _("Saved. These times are no longer offered for meetings."))
    if meetings:
        words = ngettext(
            "%(count)s meeting is at this time and stays until it is moved or cancelled. The organisers know of it.",
            "%(count)s meetings are at this time and stay until they are moved or cancelled. The organisers know of "
            "it.",
            meetings,
        )
        messages.warning(request, words % {"count": meetings})


def _say_hours(request: FairRequest, form: HoursForm) -> None:
    """Nothing is promised: schedules keep to these hours where nothing else suffers."""
    if any(form.hours):
        messages.success(request, _("Saved. Meetings are held in these hours where possible."))
    else:
        messages.success(request, _("Saved. This company prefers no hours."))


def _company(request: HttpRequest) -> int | None:
    return row_key(request.GET.get("company", ""))


def _back(request: HttpRequest, fair: Fair) -> str:
    """The roster that a break was entered or removed on: one's own, or by its key an interpreter's; else nothing."""
    back = request.POST.get("back", "")
    if back == "roster":
        return reverse("meetings:roster", args=[fair.slug])
    key = row_key(back)
    return "" if key is None else reverse("meetings:roster_of", args=[fair.slug, key])


def _address(fair: Fair, company: int | None) -> str:
    address = reverse("meetings:absences", args=[fair.slug])
    return f"{address}?company={company}" if company else address
