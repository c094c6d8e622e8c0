"""The first visitor after a start finds the opening as it is told of, however long nobody came."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from django.db import transaction

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair
from meetings.models import Attendance

from .load.everything import LAID, load_demonstration
from .load.meetings import SIMULATED
from .models import DemoRow
from .plan import SLUG

FRESH = timedelta(minutes=1)


@transaction.atomic
def open_for(now: datetime) -> None:
    """Lays the demonstration around `now`, if it was laid a while ago and nobody has entered it since."""
    list(Fair.objects.select_for_update().filter(slug=SLUG))
    laid = _laid()
    if laid is None:
        return
    entered = User.objects.filter(is_demo=True, last_login__gte=laid)
    visits = Attendance.objects.filter(entered_at__gte=laid).exclude(connection_id__startswith=SIMULATED)
    if now - laid >= FRESH and not entered.exists() and not visits.exists():
        load_demonstration(now)


def stay(people: Collection[int], now: datetime) -> None:
    """Whoever has a page open, and signed in before the demonstration was laid, has entered it as it lies now."""
    laid = _laid() if people else None
    if laid is not None:
        before = User.objects.filter(pk__in=people, is_demo=True).exclude(last_login__gte=laid)
        if before.exists():
            before.update(last_login=now)


def _laid() -> datetime | None:
    row = DemoRow.objects.filter(kind=LAID).first()
    return datetime.fromtimestamp(row.row, UTC) if row else None
