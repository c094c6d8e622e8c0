"""Loads the demonstration again for the first visitor, who finds its opening however long ago it was started."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from django.db import transaction

from fairplatform.accounts.models import User
from fairplatform.fairs.models import Fair
from meetings.models import Attendance

from .demonstration import LOADED, load_demonstration
from .loader.meetings import SIMULATED_PREFIX
from .models import DemoRow
from .plan.fair_plan import SLUG

FRESH_FOR = timedelta(minutes=1)


@transaction.atomic
def reload_before_first_visit(now: datetime) -> None:
    """Loads the demonstration for `now`, if it was loaded over a minute ago and nobody has used it since."""
    list(Fair.objects.select_for_update().filter(slug=SLUG))  # one at a time
    loaded_at = _loaded_at()
    if loaded_at is None:
        return
    signed_in = User.objects.filter(is_demo=True, last_login__gte=loaded_at)
    visits = Attendance.objects.filter(entered_at__gte=loaded_at).exclude(connection_id__startswith=SIMULATED_PREFIX)
    if now - loaded_at >= FRESH_FOR and not signed_in.exists() and not visits.exists():
        load_demonstration(now)


def record_presence(people: Collection[int], now: datetime) -> None:
    """Counts people with an open page, who signed in before the last loading, as signed in since: they are using it."""
    loaded_at = _loaded_at() if people else None
    if loaded_at is not None:
        signed_in_before = User.objects.filter(pk__in=people, is_demo=True).exclude(last_login__gte=loaded_at)
        if signed_in_before.exists():
            signed_in_before.update(last_login=now)


def _loaded_at() -> datetime | None:
    row = DemoRow.objects.filter(kind=LOADED).first()
    return datetime.fromtimestamp(row.row, UTC) if row else None
