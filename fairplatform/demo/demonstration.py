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
from .loader.rows import Load, RowRegistry
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
    load = Load(plan=plan, anchor=anchor_at(now), now=now, fair=load_fair(plan), rows=RowRegistry())
    previous = current_anchor(load)
    load_days_and_slots(load)
    if previous is None:
        _create(load)
    else:
        restore_opening_state(load, previous)
    load_notices(load)
    DemoRow.objects.update_or_create(kind=LOADED, key="at", defaults={"row": int(now.timestamp())})
    return load.fair


def _create(load: Load) -> None:
    load_halls_and_units(load)
    load_companies(load)
    load_people(load)
    load_booths(load)
    load_products(load)
    load_meetings(load, load.plan.meetings)
    load_outcomes(load)
    load_requests(load)
    load_inquiries(load)
