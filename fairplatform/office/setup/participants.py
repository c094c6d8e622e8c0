"""Who and what takes part: the bodies behind a fair, the units that recruit its companies, and its halls."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fairplatform.fairs.models import Body, Fair, Hall, Participation, RecruitingUnit

from .forms import SetupForm
from .row_forms import BodyForm, HallForm, UnitForm
from .rows import RowKind, Words

NOT_COUNTED = (Participation.State.REFUSED, Participation.State.WITHDRAWN, Participation.State.INVITED)


class Bodies(RowKind[Body]):
    name, model, form = "bodies", Body, BodyForm
    words = Words(
        _("Hosts and organisers"),
        _("Add a host or organiser"),
        _("No hosts or organisers yet"),
        _("Add the bodies behind the fair: hosts, organisers, co-organisers and supporters."),
    )

    def rows(self, fair: Fair) -> QuerySet[Body]:
        return fair.bodies.order_by("rank", "pk")

    def save(self, form: SetupForm[Body]) -> None:
        if form.instance._state.adding:
            form.instance.rank = form.fair.bodies.count() + 1
        form.save()


class Units(RowKind[RecruitingUnit]):
    name, model, form = "units", RecruitingUnit, UnitForm
    words = Words(
        _("Recruiting units"),
        _("Add a recruiting unit"),
        _("No recruiting units yet"),
        _("Add the commerce bureaus, chambers and associations that bring companies to the fair."),
    )

    def rows(self, fair: Fair) -> QuerySet[RecruitingUnit]:
        return units(fair)

    def new(self, fair: Fair) -> RecruitingUnit:
        return RecruitingUnit(fair=fair, country=fair.host_country)

    def why_kept(self, row: RecruitingUnit) -> str:
        companies, people = row.participations.count(), row.delegates.count()
        if companies:
            return ngettext(
                "%(number)s company belongs to this unit. Move it to another unit first.",
                "%(number)s companies belong to this unit. Move them to another unit first.",
                companies,
            ) % {"number": companies}
        if people:
            return ngettext(
                "%(number)s person works for this unit in the fair. Remove their role first.",
                "%(number)s people work for this unit in the fair. Remove their roles first.",
                people,
            ) % {"number": people}
        return ""


class Halls(RowKind[Hall]):
    name, model, form = "halls", Hall, HallForm
    words = Words(
        _("Halls"),
        _("Add a hall"),
        _("No halls yet"),
        _("Add a hall for each trade. Exhibitors are listed in the halls."),
    )

    def rows(self, fair: Fair) -> QuerySet[Hall]:
        approved = Q(participations__state=Participation.State.APPROVED, participations__sells=True)
        return fair.halls.annotate(companies=Count("participations", filter=approved)).order_by("number")

    def new(self, fair: Fair) -> Hall:
        last = fair.halls.order_by("number").last()
        return Hall(fair=fair, number=last.number + 1 if last else 1)

    def save(self, form: SetupForm[Hall]) -> None:
        if form.instance._state.adding:
            form.instance.pattern = form.cleaned_data["number"]
        form.save()

    def why_kept(self, row: Hall) -> str:
        in_it = Q(hall=row) | Q(booth__hall=row)
        companies = Participation.objects.filter(in_it, fair=row.fair_id).count()
        if not companies:
            return ""
        return ngettext(
            "%(number)s company is in this hall. Move it to another hall first.",
            "%(number)s companies are in this hall. Move them to another hall first.",
            companies,
        ) % {"number": companies}


def units(fair: Fair) -> QuerySet[Any]:
    """The recruiting units, each with the number of companies it has brought so far as `brought`."""
    counts = Q(participations__isnull=False) & ~Q(participations__state__in=NOT_COUNTED)
    return fair.units.annotate(brought=Count("participations", filter=counts)).order_by("pk")


def brought(unit: Any) -> str:
    """How many of the companies of its quota a unit has brought, in the reader's language."""
    sentence = ngettext("%(brought)s of %(quota)s company", "%(brought)s of %(quota)s companies", unit.quota)
    return sentence % {"brought": unit.brought, "quota": unit.quota}
