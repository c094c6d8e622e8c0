"""The home page with the fairs of this installation, and where people arrive when they have signed in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Max, Min, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET

from booths.models import Booth, Demand
from fairplatform.accounts.models import User, Viewer
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.invited_companies import invitations_of
from fairplatform.fairs.models import Fair, FairDay, Participation, RecruitingUnit, Registration, RoleAssignment
from fairplatform.i18n.text import current_language
from fairplatform.i18n.times import format_days
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
    """The fairs this person may see, and the units they import for in drafts; a single fair itself.

    Without any fair at all: how to make the first.
    """
    person = request.actor.person
    fairs = list(Fair.objects.visible_to(person).newest_first()[:MOST_FAIRS])
    registrations = _not_shown_yet(person, fairs)
    invitations = list(invitations_of(person).filter(declined_at=None))
    units = list(_delegated(person).filter(fair__state=Fair.State.DRAFT).exclude(fair__in=fairs))
    booths, buyers = list(_booths_in_drafts(person)), list(_buyers_in_drafts(person))
    if len(fairs) == 1 and not (registrations or invitations or units or booths or buyers):
        return redirect(_address(fairs[0]))
    if not fairs and not Fair.objects.exists():
        return render(request, "pages/no_fair.html", FIRST_COMMANDS)
    context = {"fairs": _listed(fairs), "registrations": registrations, "invitations": invitations, "units": units}
    context |= {"booths": booths, "buyers": buyers}
    return render(request, "pages/home.html", context)


@require_GET
@permits("page.signed_in")
def arrival(request: FairRequest) -> HttpResponse:
    """After signing in: to what waits for an answer, else to the page of `?next=`; organisers to their office.

    Delegates go to their unit, exhibitors of a fair that is not open yet to their booth, buyers to their demands;
    everybody else goes home.
    """
    person = request.actor.person
    if question := waiting_question(person):
        return redirect(question)
    wanted = request.GET.get("next", "")
    if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return redirect(wanted)
    organised = list(
        Fair.objects.exclude(state=Fair.State.CLOSED)
        .filter(roles__user=person, roles__role=RoleAssignment.Kind.ORGANISER)
        .distinct()[:2]
    )
    if len(organised) == 1:
        return redirect("office:overview", organised[0].slug)
    if not organised and (unit := _delegated(person).first()):
        return redirect(_of_unit(unit))
    if not organised and (booth := _booths_in_drafts(person).first()):
        return redirect("booth_office:booth", booth.fair.slug)
    if not organised and (buyer := _buyers_in_drafts(person).first()):
        return redirect("demands:own", buyer.fair.slug)
    return redirect("home")


def _delegated(person: Viewer) -> "QuerySet[RecruitingUnit]":
    """The recruiting units that the person is a delegate of, the newest fair first."""
    if not person.is_active:
        return RecruitingUnit.objects.none()
    units = RecruitingUnit.objects.filter(delegates__user=person, delegates__role=RoleAssignment.Kind.DELEGATED)
    return units.exclude(fair__state=Fair.State.CLOSED).select_related("fair").order_by("-fair", "pk")


def _booths_in_drafts(person: Viewer) -> "QuerySet[Booth]":
    """Their company's booths in fairs that are not open yet, the newest fair first."""
    own = Booth.objects.visible_to(person).filter(fair__state=Fair.State.DRAFT)
    rows: QuerySet[Booth] = own.select_related("fair", "participation__company").order_by("-fair", "pk")
    return rows


def _buyers_in_drafts(person: Viewer) -> "QuerySet[Participation]":
    """Their companies that buy in fairs that are not open yet, the newest fair first."""
    if not person.is_active:
        return Participation.objects.none()
    rows = Participation.objects.filter(state=Participation.State.APPROVED, buys=True, fair__state=Fair.State.DRAFT)
    return rows.filter(company__staff__user=person).select_related("fair", "company").order_by("-fair", "pk")


def _of_unit(unit: RecruitingUnit) -> str:
    return reverse("office:unit_imports", args=[unit.fair.slug, unit.pk])


def waiting_question(person: User) -> str:
    """The address of what waits for their answer; empty when nothing does.

    What another fair asks them comes last: being invited keeps nobody from the fair that they are in.
    """
    mine = Registration.objects.filter(user=person).exclude(fair__state=Fair.State.CLOSED).select_related("fair")
    if waiting := mine.unanswered().order_by(F("accepted_at").asc(nulls_last=True), "-fair").first():
        return reverse("pages:registration", args=[waiting.fair.slug])
    if invitation := invitations_of(person).filter(declined_at=None).first():
        return reverse("pages:company_invitation", args=[invitation.fair.slug, invitation.pk])
    if demand := _unconfirmed(person).first():
        return reverse("demands:confirm", args=[demand.fair.slug, demand.pk])
    return ""


def _unconfirmed(person: Viewer) -> "QuerySet[Demand]":
    """What was entered for the person's company, also in a draft: exhibitors see it once it is confirmed."""
    waiting = Demand.objects.filter(state=Demand.State.WAITING).exclude(fair__state=Fair.State.CLOSED)
    own = waiting.filter(participation__company__staff__user=person.pk, participation__state="approved")
    return own.select_related("fair").order_by("-fair", "pk")


def landing(person: User, fair: Fair) -> str:
    """Where they go on from an answer to this fair: to what else waits for one, then to the fair."""
    if question := waiting_question(person):
        return question
    if unit := _delegated(person).filter(fair=fair).first():
        return _of_unit(unit)
    if _booths_in_drafts(person).filter(fair=fair).exists():
        return reverse("booth_office:booth", args=[fair.slug])
    if _buyers_in_drafts(person).filter(fair=fair).exists():
        return reverse("demands:own", args=[fair.slug])
    return _address(fair) if Fair.objects.visible_to(person).filter(pk=fair.pk).exists() else reverse("home")


def _address(fair: Fair) -> str:
    """A draft has no public page: its organisers come to its office."""
    return reverse("office:overview", args=[fair.slug]) if fair.state == Fair.State.DRAFT else fair.get_absolute_url()


def _listed(fairs: Iterable[Fair]) -> list[ListedFair]:
    rows = FairDay.objects.filter(fair__in=fairs).values_list("fair").annotate(Min("date"), Max("date"))
    dates = {fair: format_days(first, last, current_language()) for fair, first, last in rows}
    return [ListedFair(fair, dates.get(fair.pk, ""), _address(fair)) for fair in fairs]


def _not_shown_yet(person: Viewer, fairs: Iterable[Fair]) -> list[Registration]:
    """Their invitations, and their registrations in fairs that are not open yet and that they do not organise."""
    if not person.is_authenticated:
        return []
    mine = Registration.objects.filter(user=person).select_related("fair").order_by("-fair")
    waiting = Q(accepted_at=None, declined_at=None) | Q(fair__state=Fair.State.DRAFT)
    return list(mine.filter(waiting).exclude(fair__in=[fair for fair in fairs if fair.state == Fair.State.DRAFT]))
