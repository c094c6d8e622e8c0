"""From when on only a person moves a meeting."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from fairplatform.fairs.models import Fair, Slot

FREEZE_AT = time(18)  # on the day before, in the organisers' zone, which is that of the host country


def frozen_slots(fair: Fair, now: datetime) -> frozenset[int]:
    """The keys of the slots in whose meetings no re-run may change anything: those of days that are frozen by now.

    A day freezes at FREEZE_AT of the day before its date.
    """
    rows = Slot.objects.filter(fair=fair).values_list("pk", "day__date")
    zone = ZoneInfo(fair.host_zone)
    frozen = {day: now >= datetime.combine(day - timedelta(days=1), FREEZE_AT, zone) for _pk, day in rows}
    return frozenset(pk for pk, day in rows if frozen[day])
