"""The whole demonstration, made at the first start and put back into place at each one after."""

from datetime import datetime

from django.db import transaction

from fairplatform.fairs.models import Fair

from ..anchor import anchored
from ..models import DemoRow
from ..plan import plan
from .booths import load_booths, load_products
from .fair import load_fair, load_halls_and_units
from .firms import load_firms, load_people
from .letters import load_inquiries, load_requests
from .meetings import load_meetings
from .notices import load_notices
from .outcomes import load_outcomes
from .renewal import renew
from .rows import Load, Rows
from .times import load_times, standing_anchor

LAID = "laid"  # beside the kinds of rows: when, in seconds since 1970


@transaction.atomic
def load_demonstration(now: datetime) -> Fair:
    """The demonstration fair as it stands at its opening, its running slot laid at `now`."""
    made = plan()
    load = Load(plan=made, anchor=anchored(now), now=now, fair=load_fair(made), rows=Rows())
    before = standing_anchor(load)
    load_times(load)
    if before is None:
        _make(load)
    else:
        renew(load, before)
    load_notices(load)
    DemoRow.objects.update_or_create(kind=LAID, key="at", defaults={"row": int(now.timestamp())})
    return load.fair


def _make(load: Load) -> None:
    load_halls_and_units(load)
    load_firms(load)
    load_people(load)
    load_booths(load)
    load_products(load)
    load_meetings(load, load.plan.meetings)
    load_outcomes(load)
    load_requests(load)
    load_inquiries(load)
