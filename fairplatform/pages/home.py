"""The home page with the fairs of this installation, and where people arrive when they have signed in."""

from collections.abc import Iterable
from dataclasses import dataclass

from babel.dates import format_interval
from django.db.models import Max, Min, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from fairplatform.accounts.models import Viewer
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.models import Fair, FairDay, Registration, RoleAssignment
from fairplatform.i18n.text import current_language
from fairplatform.i18n.times import BABEL_LOCALE
from fairplatform.policy import permits

MOST_FAIRS = 50
FIRST_COMMANDS = {
    "prepare": "python manage.py prepare",
    "new_fair": "python manage.py new_fair spring-fair --organiser name@chamber.example",
}


@dataclass(frozen=True)
class ListedFair:
    """`dates`: its first and last day as text, empty while it has none; `url`: a draft's is that of its office."""

    fair: Fair
    dates: str
    url: str


@require_GET
@permits("page.open")
def home(request: FairRequest) -> HttpResponse:
    """The fairs this person may see; a single one itself; without any fair at all, how to make the first."""
    person = request.actor.person
    fairs = list(Fair.objects.visible_to(person).order_by("-pk")[:MOST_FAIRS])
    registrations = _not_shown_yet(person, fairs)
    if len(fairs) == 1 and not registrations:
        return redirect(_address(fairs[0]))
    if not fairs and not Fair.objects.exists():
        return render(request, "pages/no_fair.html", FIRST_COMMANDS)
    return render(request, "pages/home.html", {"fairs": _listed(fairs), "registrations": registrations})


@require_GET
@permits("page.signed_in")
def arrival(request: FairRequest) -> HttpResponse:
    """After signing in: to a registration that waits for an answer, an organiser to their office, else home."""
    person = request.actor.person
    mine = Registration.objects.filter(user=person).exclude(fair__state=Fair.State.CLOSED).select_related("fair")
    if waiting := mine.unanswered().order_by("-fair").first():
        return redirect("pages:registration", waiting.fair.slug)
    organised = list(
        Fair.objects.exclude(state=Fair.State.CLOSED)
        .filter(roles__user=person, roles__role=RoleAssignment.Kind.ORGANISER)
        .distinct()[:2]
    )
    return redirect("office:overview", organised[0].slug) if len(organised) == 1 else redirect("home")


def _address(fair: Fair) -> str:
    """A draft has no public page: its organisers come to its office."""
    return reverse("office:overview", args=[fair.slug]) if fair.state == Fair.State.DRAFT else fair.get_absolute_url()


def _listed(fairs: Iterable[Fair]) -> list[ListedFair]:
    rows = FairDay.objects.filter(fair__in=fairs).values_list("fair").annotate(Min("date"), Max("date"))
    locale = BABEL_LOCALE[current_language()]
    dates = {fair: format_interval(first, last, "yMMMd", locale=locale) for fair, first, last in rows}
    return [ListedFair(fair, dates.get(fair.pk, ""), _address(fair)) for fair in fairs]


def _not_shown_yet(person: Viewer, fairs: Iterable[Fair]) -> list[Registration]:
    """Their invitations, and their registrations in fairs that are not open yet and that they do not organise."""
    if not person.is_authenticated:
        return []
    mine = Registration.objects.filter(user=person).select_related("fair").order_by("-fair")
    waiting = Q(accepted_at=None, declined_at=None) | Q(fair__state=Fair.State.DRAFT)
    return list(mine.filter(waiting).exclude(fair__in=[fair for fair in fairs if fair.state == Fair.State.DRAFT]))
