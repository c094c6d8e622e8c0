"""From when on only a person moves a meeting."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from fairplatform.fairs.models import Fair, Slot

FREEZE_AT = time(18)  # on the day before


def frozen_slots(fair: Fair, now: datetime) -> frozenset[int]:
    """The keys of the slots in whose meetings no re-run may change anything: those of days that are frozen by now.

    A day freezes at FREEZE_AT of the day before its first slot, by the clock of the host country or by that of the
    station, whichever comes first: from then on the people of neither find their list changed.
    """
    slots = list(Slot.objects.filter(fair=fair).select_related("day").order_by("starts_at"))
    first: dict[int, datetime] = {}
    for slot in slots:
        first.setdefault(slot.day_id, slot.planned_times()[0])
    zones = [ZoneInfo(zone) for zone in (fair.host_zone, fair.station_zone)]
    frozen = {day for day, starts_at in first.items() if now >= _freezes_at(starts_at, zones)}
    return frozenset(slot.pk for slot in slots if slot.day_id in frozen)


def _freezes_at(starts_at: datetime, zones: Iterable[ZoneInfo]) -> datetime:
    return min(
        datetime.combine(starts_at.astimezone(zone).date() - timedelta(days=1), FREEZE_AT, zone) for zone in zones
    )
