"""The hours in which companies would rather meet: of any day, by their own clock. They forbid nothing."""

from datetime import date, tzinfo

from fairplatform.i18n.zones import Interval, period

from .models import Participation


def has_preferred_hours(company: Participation) -> bool:
    return company.preferred_from is not None


def suits(company: Participation, zone: tzinfo, times: Interval) -> bool:
    """Whether the whole of a time lies in a company's preferred hours; any time does where it gave none.

    `zone`: of the company's place.
    """
    if company.preferred_from is None:
        return True
    begins, ends = preferred_on(company, zone, times[0].astimezone(zone).date())
    return begins <= times[0] and times[1] <= ends


def preferred_on(company: Participation, zone: tzinfo, on: date) -> Interval:
    """The preferred hours of a date, which the company must have."""
    return period(on, company.preferred_from, company.preferred_until, zone)
