"""The slots that are kept free for what goes wrong: companies agree on no meeting there, organisers may."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from fairplatform.fairs.models import Fair, Participation, Slot
from meetings.models import Pair

from .free_slots import FreeSlots, Places


def reserve_slots(fair: Fair) -> frozenset[int]:
    """The keys of the fair's slots that are kept free; what is past does not matter, for they are the last of a day."""
    slots = list(fair.slots.filter(day__reserve_slots__gt=0).select_related("day").order_by("number"))
    if not slots:
        return frozenset()
    rows = fair.participations.filter(state=Participation.State.APPROVED).select_related("company")
    companies = list(rows.order_by("pk"))
    pins = set(Pair.objects.filter(fair=fair).exclude(starts_at=None).values_list("starts_at", flat=True))
    pinned = {at for at, slot in enumerate(slots) if slot.starts_at in pins}
    found = reserved(slots, usable(companies, FreeSlots(fair, slots, companies).at_work) - pinned)
    return frozenset(slots[at].pk for at in found)


def usable(companies: Iterable[Participation], free: Mapping[int, Places]) -> Places:
    """Where somebody who sells and somebody who buys, in another country where there are several, are free."""
    selling, buying = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for one in companies:
        for found, has_role in ((selling, one.sells), (buying, one.buys)):
            if has_role:
                found[one.company.country] |= free[one.pk]
    is_abroad = len(selling.keys() | buying.keys()) > 1
    return frozenset(
        at
        for country, places in selling.items()
        for other, others in buying.items()
        if country != other or not is_abroad
        for at in places & others
    )


def reserved(slots: Sequence[Slot], usable: Places) -> Places:
    """As many of each day as it says, from its end; where too few are usable, all of these."""
    of_day: dict[int, list[int]] = defaultdict(list)
    for at, slot in enumerate(slots):
        if at in usable:
            of_day[slot.day_id].append(at)
    most = {slot.day_id: slot.day.reserve_slots for slot in slots}
    return frozenset(at for day, places in of_day.items() if most[day] for at in places[-most[day] :])
