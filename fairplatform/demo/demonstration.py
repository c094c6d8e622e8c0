"""Loads the whole demonstration: creates it at the first start, renews it at each later one."""

from datetime import datetime

from django.db import transaction

from fairplatform.fairs.models import Fair

from .anchor import anchor_at
from .loader.days_and_slots import current_anchor, load_days_and_slots, remove_imported_slots
from .loader.demands import load_demands
from .loader.fair import (
    import_fair,
    load_additions,
    load_missing_hours,
    raise_old_ceilings,
    register_rows,
    stored_fair,
    workbook_from,
)
from .loader.favourites import load_favourites
from .loader.history import load_history
from .loader.notices import load_notices
from .loader.outcomes import load_entries
from .loader.papers import load_later_entries, load_rates
from .loader.pictures import load_pictures
from .loader.rows import LoaderRun, RowRegistry
from .loader.satisfaction import load_satisfaction
from .loader.shifts import load_shifts
from .loader.version import load_version
from .models import DemoRow
from .plan.fair_plan import fair_plan
from .renewal.former_history import replace_former_history
from .renewal.moved_days import move_calendars, move_demands, move_shifts
from .renewal.opening_state import restore_opening_state

# The kind of a DemoRow that is for no row: its `row` is when the demonstration was loaded, in seconds since 1970.
# The value stands in databases that were loaded before it had this name.
LOADED = "laid"


@transaction.atomic
def load_demonstration(now: datetime) -> Fair:
    """Brings the fair into its opening state, with the running slot at `now`; what visitors did in it stays.

    Raises SlugTaken where a real fair has its slug, and SourceFaulty where its workbook cannot be stored.
    """
    anchor, stored = anchor_at(now), stored_fair()
    fair = stored or import_fair(workbook_from(anchor.days[0]), now)
    run = LoaderRun(plan=fair_plan(), anchor=anchor, now=now, fair=fair, rows=RowRegistry())
    if stored:
        previous = current_anchor(run)
        load_days_and_slots(run)
        move_calendars(run, previous)
        load_missing_hours(run)
        raise_old_ceilings(run)
        replace_former_history(run)
        restore_opening_state(run, previous)
        move_demands(run, previous)
        move_shifts(run, previous)
    else:
        _create(run)
    load_entries(run)
    load_satisfaction(run)
    load_rates(run)
    load_later_entries(run)
    load_version(run)
    load_demands(run)
    load_shifts(run)
    load_favourites(run)
    load_pictures(run)
    load_notices(run)
    DemoRow.objects.update_or_create(kind=LOADED, key="at", defaults={"row": int(now.timestamp())})
    return run.fair


def _create(run: LoaderRun) -> None:
    register_rows(run)
    load_additions(run)
    remove_imported_slots(run)
    load_days_and_slots(run)
    load_history(run)
