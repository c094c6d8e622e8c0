"""The fair with its bodies, facts, working hours, halls and recruiting units."""

from datetime import date

from fairplatform.fairs.models import Body, Fact, Fair, Hall, RecruitingUnit, WorkingHours

from ..content.bodies import STATION
from ..content.working_hours import WORKING_HOURS
from ..plan.fair_plan import FairPlan
from .rows import LoaderRun

REPORTED_ON = date(2020, 5, 13)  # of the press reports on the real fair that the facts are from


class SlugTaken(Exception):
    """A fair that is not a demonstration has the demonstration's slug."""


def load_fair(plan: FairPlan) -> Fair:
    """The fair; created with its bodies and facts where it does not exist. Raises SlugTaken for a real fair."""
    planned = plan.fair
    names = {"name": planned.name, "station": STATION, "theme": planned.sector}
    opening = {"state": Fair.State.OPEN, "planned_rounds": len(plan.meetings), "is_demo": True}
    fair, is_new = Fair.objects.get_or_create(slug=planned.slug, defaults={**names, **opening})
    if not fair.is_demo:
        raise SlugTaken(planned.slug)
    if is_new:
        Body.objects.bulk_create(
            Body(fair=fair, part=body.role, name=body.name, rank=rank)
            for rank, body in enumerate(planned.bodies, start=1)
        )
        Fact.objects.bulk_create(
            Fact(fair=fair, text=fact.statement, citation=fact.citation, reported_on=REPORTED_ON, rank=rank)
            for rank, fact in enumerate(planned.facts, start=1)
        )
    # A demonstration that was loaded before fairs had working hours gets them too.
    if not fair.working_hours.exists():
        _load_working_hours(fair)
    return fair


def _load_working_hours(fair: Fair) -> None:
    WorkingHours.objects.bulk_create(
        WorkingHours(
            fair=fair,
            country=hours.country,
            weekdays=list(hours.weekdays),
            opens=hours.opens,
            closes=hours.closes,
            pauses=[hours.stored_pause],
        )
        for hours in WORKING_HOURS
    )


def load_halls_and_units(run: LoaderRun) -> None:
    run.rows.add(
        Hall,
        {
            hall.key: Hall(
                fair=run.fair, number=hall.number, name=hall.name, headings=list(hall.headings), pattern=hall.number
            )
            for hall in run.rows.missing(Hall, run.plan.halls)
        },
    )
    run.rows.add(
        RecruitingUnit,
        {
            unit.key: RecruitingUnit(fair=run.fair, name=unit.name, country=unit.country)
            for unit in run.rows.missing(RecruitingUnit, run.plan.fair.units)
        },
    )
