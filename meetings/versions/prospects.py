"""What companies will read of the pairs of a draft that have no time: figures of each for itself."""

from collections.abc import Sequence
from datetime import datetime

from fairplatform.fairs.models import Participation
from meetings.matching.unmet import Prospects, prospects
from meetings.models import Meeting, ScheduleVersion

from .short import short_of_meetings


def prospects_in(version: ScheduleVersion, now: datetime) -> Sequence[tuple[Participation, Prospects]]:
    """Of the approved companies with a pair that is not placed, or with fewer meetings than they should have."""
    rows = list(version.rows.select_related("exhibitor__company", "buyer__company").order_by("pk"))
    companies = {end.pk: end for row in rows if row.not_placed for end in (row.exhibitor, row.buyer)}
    companies |= {one.company.pk: one.company for one in short_of_meetings(version)}
    asked = [one for _pk, one in sorted(companies.items()) if one.state == Participation.State.APPROVED]
    met = {frozenset((row.exhibitor_id, row.buyer_id)) for row in rows if not row.not_placed}
    held = Meeting.objects.filter(fair=version.fair).exclude(state=Meeting.State.CANCELLED)
    held = held.exclude(pk__in=[row.existing_id for row in rows if row.existing_id])
    met |= {frozenset(ends) for ends in held.values_list("exhibitor", "buyer")}
    return list(zip(asked, prospects(version.fair, asked, met, now), strict=True))
