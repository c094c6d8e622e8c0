"""Entering, copying and removing shifts. Nobody has two at one time."""

from collections.abc import Iterable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.http import QueryDict

from booths.models import Booth, Shift
from booths.own_booth import load_own
from fairplatform.accounts.actor import Actor
from fairplatform.accounts.models import Staff, User
from fairplatform.errors import Refused
from fairplatform.i18n.zones import Interval
from fairplatform.policy import load

from .days import NoSuchTime, OpenDay, zone_of
from .forms import CopyForm, ShiftForm, clock_times

PERMISSION = "booth.keep"


class Copied(NamedTuple):
    """How many shifts were copied, and how many left out because their time is taken or not within the day."""

    copied: int
    left_out: int


@transaction.atomic
def add_shift(actor: Actor, *, fair: str, data: QueryDict) -> ShiftForm:
    """The form, stored unless it has errors."""
    booth = load_own(actor, PERMISSION, fair)
    form = ShiftForm(data, booth=booth)
    if form.is_valid():
        staff, times = form.cleaned_data["staff"], form.cleaned_data["times"]
        if not _add(booth, staff, times, _lock([staff])):
            form.add_error("starts", Refused("shift_taken").sentence)
    return form


@transaction.atomic
def copy_shifts(actor: Actor, *, fair: str, data: QueryDict) -> tuple[CopyForm, Copied]:
    """The form, and what it has copied: each shift to the same time on the clock of its person."""
    booth = load_own(actor, PERMISSION, fair)
    form = CopyForm(data, booth=booth)
    if not form.is_valid():
        return form, Copied(0, 0)
    source = form.source.whole
    rows = Shift.objects.filter(booth=booth, starts_at__gte=source[0], ends_at__lte=source[1])
    shifts = list(rows.select_related("staff__user"))
    locked = _lock([shift.staff for shift in shifts])
    added = [_copy(booth, shift, day, locked) for day in form.targets for shift in shifts]
    return form, Copied(added.count(True), added.count(False))


@transaction.atomic
def remove_shift(actor: Actor, *, shift: int) -> None:
    load(Shift, actor, PERMISSION, lock=True, pk=shift).delete()


def _copy(booth: Booth, shift: Shift, day: OpenDay, locked: set[int]) -> bool:
    zone = ZoneInfo(zone_of(booth.fair, shift.staff.user))
    try:
        times = day.times(*clock_times((shift.starts_at, shift.ends_at), zone), zone)
    except NoSuchTime:
        return False
    return times is not None and _add(booth, shift.staff, times, locked)


def _add(booth: Booth, staff: Staff, times: Interval, locked: set[int]) -> bool:
    """Whether the person, who is locked, works for the company still and has no other shift then, at any booth."""
    others = Shift.objects.filter(staff__user=staff.user_id, starts_at__lt=times[1], ends_at__gt=times[0])
    if staff.pk not in locked or others.exists():
        return False
    Shift.objects.create(fair=booth.fair, booth=booth, staff=staff, starts_at=times[0], ends_at=times[1])
    return True


def _lock(staff: Iterable[Staff]) -> set[int]:
    """So that nobody gives them another shift meanwhile, or ends their work: the keys of those who work still."""
    rows = list(staff)
    people = User.objects.select_for_update(no_key=True).filter(pk__in=[row.user_id for row in rows]).order_by("pk")
    locked = list(people.values_list("pk", flat=True))
    return set(Staff.objects.filter(pk__in=[row.pk for row in rows], user__in=locked).values_list("pk", flat=True))
