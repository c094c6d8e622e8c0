"""The companies of a fair that are recommended to the reader's own, with the reasons, and those they are spared."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from booths.interest import set_interest
from booths.match_reasons import ReasonInWords, all_in_words
from booths.models import Demand, NotInterested
from booths.models.demand import fair_date
from booths.permissions import may_meet, may_say_wish
from booths.recommending import MOST, Recommendation, missing, recommendations
from booths.shortlists import Side
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.memberships import memberships
from fairplatform.fairs.models import Fair, Participation
from fairplatform.policy import permits

IN_SHORT = 3
# By side and what is missing: what to do about it. Exhibitors keep the languages of their staff themselves.
ADVICE: dict[tuple[Side, str], Promise] = {
    ("seller", "goods"): _("Add your products with their HS codes to your booth."),
    ("seller", "languages"): _("Add the languages your staff speak on the Staff page."),
    ("buyer", "wants"): _("Enter the goods you need as a demand, with their HS code."),
    ("buyer", "languages"): _("Tell the organisers which languages your staff speak."),
}


@dataclass(frozen=True)
class Row:
    """A recommendation as it is shown."""

    one: Recommendation
    reasons: list[ReasonInWords]
    booth: str
    may_request_meeting: bool


@dataclass(frozen=True)
class Section:
    """The recommendations to one company as a seller, or as a buyer; without any, what it has not said of itself."""

    company: Participation
    side: Side
    rows: list[Row]
    missing: list[str]

    @property
    def advice(self) -> list[Promise]:
        return [ADVICE[self.side, name] for name in self.missing]


@require_GET
@permits("recommendations.see", Fair, fair="slug")
def recommended(request: FairRequest, fair: Fair) -> HttpResponse:
    sections = list(_sections(request, fair, MOST))
    own = memberships(request.actor.person, fair.pk).staff_of
    spared = NotInterested.objects.filter(participation__in=own, other__state=Participation.State.APPROVED)
    hidden = Participation.objects.filter(pk__in=spared.values("other")).select_related("company")
    context = {
        "fair": fair,
        "sections": sections,
        "may_wish": may_say_wish(request.actor, fair.pk),
        "hidden": hidden.order_by("company__slug"),
        "several": len({section.company.pk for section in sections}) > 1,
    }
    return render(request, "booths/recommended.html", context)


@require_GET
@permits("recommendations.see", Fair, fair="slug")
def in_short(request: FairRequest, fair: Fair) -> HttpResponse:
    """The first few, as a part of another page."""
    rows = [row for section in _sections(request, fair, IN_SHORT) for row in section.rows]
    return render(request, "booths/recommended_in_short.html", {"fair": fair, "rows": rows[:IN_SHORT]})


@require_POST
@permits("recommendation.hide", Participation, fair="fair__slug", pk="pk")
def interest(request: FairRequest, other: Participation) -> HttpResponse:
    """Spares the reader's company a recommendation, or takes that back."""
    is_back = request.POST.get("interested") == "yes"
    set_interest(request.actor, other=other.pk, interested=is_back, now=timezone.now())
    return redirect("booths:recommended", other.fair.slug)


def _sections(request: FairRequest, fair: Fair, most: int) -> Iterator[Section]:
    on = fair_date(fair, timezone.now())
    own = memberships(request.actor.person, fair.pk).staff_of
    for company in Participation.objects.filter(pk__in=own).select_related("company", "fair").order_by("pk"):
        if company.sells:
            yield _section(request, company, "seller", on, most)
        if company.buys:
            yield _section(request, company, "buyer", on, most)


def _section(request: FairRequest, company: Participation, side: Side, on: date, most: int) -> Section:
    seen = Demand.objects.visible_to(request.actor.person)
    rows = [_row(request, one) for one in recommendations(company, side, on, most, seen)]
    return Section(company, side, rows, [] if rows else missing(company, side, on))


def _row(request: FairRequest, one: Recommendation) -> Row:
    booth = getattr(one.other, "booth", None)
    address = reverse("booths:booth", args=[one.other.fair.slug, booth.slug]) if booth else ""
    return Row(one, all_in_words(one.found.reasons), address, may_meet(request.actor, one.other, one.other.fair))
