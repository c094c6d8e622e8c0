"""Moves what is planned for a day of the fair along with that day: deadlines, quotes, shifts, absences and hours."""

from datetime import datetime, timedelta

from django.db.models import Count, F

from booths.models import Demand, Quote, QuoteVersion, Shift
from fairplatform.fairs.models import Absence

from ..additions import additions
from ..anchor import Anchor
from ..loader.demands import write_versions
from ..loader.rows import LoaderRun
from ..plan.entities import Moment
from ..plan.slots import slots


def move_demands(run: LoaderRun, previous: Anchor) -> None:
    """Moves when the demonstration's demands were entered, and their deadlines; and the quotes for them."""
    by = run.anchor.days[0] - previous.days[0]
    if run.anchor == previous:
        return
    demands = list(Demand.objects.filter(pk__in=run.rows.ids(Demand).values()))
    for demand in demands:
        demand.created_at += by
        demand.deadline = demand.deadline and demand.deadline + by
    Demand.objects.bulk_update(demands, ["created_at", "deadline"])
    _rewrite_quotes(run)


def _rewrite_quotes(run: LoaderRun) -> None:
    """Writes those anew that no visitor has changed: a version cannot be changed, not even its dates."""
    keys = {pk: key for key, pk in run.rows.ids(Quote).items()}
    planned = {answer.key: answer for answer in additions().answers}
    quotes = Quote.objects.in_bulk(keys)
    numbers = Quote.objects.filter(pk__in=keys).annotate(number=Count("versions")).values_list("pk", "number")
    unchanged = {keys[pk]: quotes[pk] for pk, number in numbers if number == len(planned[keys[pk]].versions)}
    rows = Quote.objects.filter(pk__in=[quote.pk for quote in unchanged.values()])
    rows.update(newest=None)
    QuoteVersion.objects.filter(quote__in=rows).delete()
    write_versions(run, [planned[key] for key in unchanged], unchanged)


def move_shifts(run: LoaderRun, previous: Anchor) -> None:
    """Moves all shifts with their days, also those that visitors have planned: they say who is there on that day.

    They are inserted anew, because in an update one could meet another one that has not been moved yet.
    """
    if run.anchor == previous:
        return
    shifts = list(run.fair.shifts.all())
    for shift in shifts:
        by = _by(run.anchor, previous, shift.starts_at)
        shift.starts_at += by
        shift.ends_at += by
    run.fair.shifts.all().delete()
    Shift.objects.bulk_create(shifts)


def move_calendars(run: LoaderRun, previous: Anchor) -> None:
    """Moves all absences, and the working hours of certain dates, as shifts move."""
    by = run.anchor.days[0] - previous.days[0]
    if not by:
        return
    absences = list(run.fair.absences.all())
    for absence in absences:
        absence.date += by
    run.fair.absences.all().delete()
    Absence.objects.bulk_create(absences)
    run.fair.working_hours.update(first=F("first") + by, last=F("last") + by)


def _by(anchor: Anchor, previous: Anchor, starts_at: datetime) -> timedelta:
    """How far the day has moved on which something begins: the day whose slots are the nearest."""
    day = min(_mornings(), key=lambda morning: abs(previous.instant(morning) - starts_at))
    return anchor.instant(day) - previous.instant(day)


def _mornings() -> list[Moment]:
    first = {slot.start.day: slot.start for slot in reversed(slots())}
    return list(first.values())
