"""The work of a run, by its kind."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from fairplatform.accounts.actor import Actor
from fairplatform.errors import Refused
from meetings.matching.making import make_match
from meetings.models import Run, ScheduleVersion
from meetings.models.meeting import Side
from meetings.rounds.actions import open_round
from meetings.running import GivenUp, Pulse, actor_of, end, fail
from meetings.versions.drafting import make_draft
from meetings.versions.rerunning import rerun_draft, rerun_published

logger = logging.getLogger(__name__)
Kind = Run.Kind


def work(run: Run, pulse: Pulse) -> None:
    """Does it; whatever fails, the run does not stay at work."""
    actor = actor_of(run)
    try:
        made = _MAKING[Kind(run.kind)](run, actor=actor, now=timezone.now(), watch=pulse.watch, begins=lambda: end(run))
    except GivenUp:
        logger.warning("a run was given up before it had finished")
    except Refused as refused:
        fail(run, refused.code)
    except Exception:
        fail(run)
        raise
    else:
        if isinstance(made, ScheduleVersion):
            Run.objects.filter(pk=run.pk).update(version=ScheduleVersion.objects.filter(pk=made.pk).first())


def _open_round(run: Run, *, actor: Actor, now: datetime, **how: Any) -> object:
    assert run.deadline is not None
    return open_round(actor, fair=run.fair_id, side=Side(run.side), deadline=run.deadline, now=now, **how)


def _of_fair(make: Callable[..., object]) -> Callable[..., object]:
    return lambda run, **how: make(run.fair, **how)


_MAKING: Mapping[Kind, Callable[..., object]] = {
    Kind.MATCH: _of_fair(make_match),
    Kind.ROUND: _open_round,
    Kind.NEW: _of_fair(make_draft),
    Kind.DRAFT: _of_fair(rerun_draft),
    Kind.PUBLISHED: _of_fair(rerun_published),
}
