"""What a page shows of the run that it has started: how far it is, or why it has made nothing."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from meetings.running import last_run


def run_context(fair: Fair, kinds: Collection[str], now: datetime) -> dict[str, Any]:
    """Of the last run of these kinds, for office/run.html."""
    run = last_run(fair, kinds, now)
    return {
        "run": run,
        "refusal_of_run": Refused(run.refusal).sentence if run and run.refusal else "",
        "is_running": bool(run and run.is_working),
    }
