"""From when on only a person moves a meeting."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fairplatform.fairs.models import Fair, Slot

FREEZE_AT = time(18)  # on the day before, in the organisers' zone, which is that of the host country


def frozen_slots(fair: Fair, now: datetime) -> frozenset[int]:
    """The keys of the slots in whose meetings no re-run may change anything: those of days that are frozen by now.

    A day freezes at FREEZE_AT of the day before its first slot, by the organisers' clock: an evening in America is the
    next morning in China.
    """
    zone = ZoneInfo(fair.host_zone)
    first: dict[int, date] = {}
    slots = list(Slot.objects.filter(fair=fair).select_related("day").order_by("starts_at"))
    for slot in slots:
        first.setdefault(slot.day_id, slot.planned_times()[0].astimezone(zone).date())
    frozen = {day: now >= datetime.combine(on - timedelta(days=1), FREEZE_AT, zone) for day, on in first.items()}
    return frozenset(slot.pk for slot in slots if frozen[slot.day_id])
