"""The fair, the bodies behind it, its halls and recruiting units, and what was reported of the real one."""

from datetime import date

from fairplatform.fairs.models import Body, Fact, Fair, Hall, RecruitingUnit

from ..content.bodies import STATION
from ..content.text import ENGLISH
from ..plan import Plan
from .rows import Load

REPORTED_ON = date(2020, 5, 13)


class SlugTaken(Exception):
    """A fair that is no demonstration bears the demonstration's slug."""


def load_fair(plan: Plan) -> Fair:
    """The fair, with its bodies and facts when it is new."""
    told = plan.fair
    names = {"name": told.name, "station": STATION, "theme": told.sector}
    opening = {"state": Fair.State.OPEN, "planned_rounds": len(plan.meetings), "is_demo": True}
    fair, is_new = Fair.objects.get_or_create(slug=told.slug, defaults={**names, **opening})
    if not fair.is_demo:
        raise SlugTaken(told.slug)
    if is_new:
        Body.objects.bulk_create(
            Body(fair=fair, part=body.role, name=body.name, rank=rank) for rank, body in enumerate(told.bodies, start=1)
        )
        Fact.objects.bulk_create(
            Fact(fair=fair, text=fact.statement, source=fact.source[ENGLISH], reported_on=REPORTED_ON, rank=rank)
            for rank, fact in enumerate(told.facts, start=1)
        )
    return fair


def load_halls_and_units(load: Load) -> None:
    load.rows.add(
        Hall,
        {
            hall.key: Hall(
                fair=load.fair, number=hall.number, name=hall.name, headings=list(hall.headings), pattern=hall.number
            )
            for hall in load.rows.missing(Hall, load.plan.halls)
        },
    )
    load.rows.add(
        RecruitingUnit,
        {
            unit.key: RecruitingUnit(fair=load.fair, name=unit.name, country=unit.country)
            for unit in load.rows.missing(RecruitingUnit, load.plan.fair.units)
        },
    )
