"""Loads the whole demonstration: creates it at the first start, renews it at each later one."""

from datetime import datetime

from django.db import transaction

from fairplatform.fairs.models import Fair

from .anchor import anchor_at
from .loader.booths import load_booths, load_products
from .loader.companies import load_companies, load_people
from .loader.days_and_slots import current_anchor, load_days_and_slots
from .loader.fair import load_fair, load_halls_and_units
from .loader.meetings import load_meetings
from .loader.notices import load_notices
from .loader.outcomes import load_outcomes
from .loader.requests_and_inquiries import load_inquiries, load_requests
from .loader.rows import LoaderRun, RowRegistry
from .models import DemoRow
from .plan.fair_plan import fair_plan
from .renewal.opening_state import restore_opening_state

# The kind of a DemoRow that is for no row: its `row` is when the demonstration was loaded, in seconds since 1970.
# The value stands in databases that were loaded before it had this name.
LOADED = "laid"


@transaction.atomic
def load_demonstration(now: datetime) -> Fair:
    """Brings the fair into its opening state, with the running slot at `now`; what visitors did in it stays.

    Raises SlugTaken where a real fair has its slug.
    """
    plan = fair_plan()
    run = LoaderRun(plan=plan, anchor=anchor_at(now), now=now, fair=load_fair(plan), rows=RowRegistry())
    previous = current_anchor(run)
    load_days_and_slots(run)
    if previous is None:
        _create(run)
    else:
        restore_opening_state(run, previous)
    load_notices(run)
    DemoRow.objects.update_or_create(kind=LOADED, key="at", defaults={"row": int(now.timestamp())})
    return run.fair


def _create(run: LoaderRun) -> None:
    load_halls_and_units(run)
    load_companies(run)
    load_people(run)
    load_booths(run)
    load_products(run)
    load_meetings(run, run.plan.meetings)
    load_outcomes(run)
    load_requests(run)
    load_inquiries(run)
