"""What a page shows of the run that it has started: how far it is, or why it has made nothing."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from fairplatform.accounts.request import FairRequest
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.policy import permits
from meetings.models import Run
from meetings.running import dismiss_failed, last_run

PAGES = {Run.Kind.MATCH: "office:matching", Run.Kind.ROUND: "office:rounds"}


def run_context(fair: Fair, kinds: Collection[str], now: datetime) -> dict[str, Any]:
    """Of the last run of these kinds, for office/run.html."""
    run = last_run(fair, kinds, now)
    return {
        "run": run,
        "refusal_of_run": Refused(run.refusal).sentence if run and run.refusal else "",
        "is_running": bool(run and run.is_working),
    }


@require_POST
@permits("fair.organise", Fair, fair="slug")
def dismiss(request: FairRequest, fair: Fair, run: int) -> HttpResponse:
    """Takes away the notice of a run that was stopped or has failed."""
    found = dismiss_failed(request.actor, fair=fair.pk, run=run)
    return redirect(PAGES.get(Run.Kind(found.kind), "office:schedule"), fair=fair.slug)
