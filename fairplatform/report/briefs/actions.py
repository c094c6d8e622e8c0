"""Writing the words of a day's brief, and approving it, which freezes its figures."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair
from fairplatform.i18n.text import Translated
from fairplatform.policy import load

from ..models import BriefDraft, BriefFigure, DailyBrief
from ..rows import read_rows
from .days import day_of
from .figures import brief_figures, open_meetings
from .frozen import as_rows


@dataclass(frozen=True)
class Words:
    """What people write in a brief: the best stories of the day, and its problems."""

    stories: Translated
    problems: Translated


@transaction.atomic
def write_brief(actor: Actor, *, fair: int, on: date, words: Words, base: int, now: datetime) -> BriefDraft:
    """Replaces the words of revision `base`, 0 for none.

    Raises Refused: brief_approved, brief_rewritten if the newest is another, and what loading raises.
    """
    loaded = _locked(actor, "brief.write", fair, on)
    draft = _newest(loaded, on, base) or BriefDraft(fair=loaded, date=on, revision=0)
    draft.stories, draft.problems = words.stories, words.problems
    draft.revision += 1
    draft.written_by, draft.written_at = actor.user, now
    draft.save()
    return draft


@transaction.atomic
def approve_brief(actor: Actor, *, fair: int, on: date, base: int, is_early: bool, now: datetime) -> DailyBrief:
    """Freezes the words of revision `base` and the figures of the moment.

    Raises Refused: brief_approved; brief_rewritten; brief_early of a day that is not over, unless the person knows it
    (`is_early`); and what loading raises.
    """
    loaded = _locked(actor, "brief.approve", fair, on)
    draft = _newest(loaded, on, base) or BriefDraft()
    rows = read_rows(loaded, now=now)
    is_over = day_of(loaded, on).ends_at <= now and not open_meetings(rows, on)
    if not is_over and not is_early:
        raise Refused("brief_early")
    brief = DailyBrief.objects.create(
        fair=loaded,
        date=on,
        as_at=now,
        approved_by=actor.user,
        approver=actor.user.name,
        stories=draft.stories,
        problems=draft.problems,
    )
    BriefFigure.objects.bulk_create(as_rows(brief, brief_figures(rows, on)))
    write_audit_entry(actor, "brief.approve", brief, after={"date": on.isoformat()})
    return brief


def _locked(actor: Actor, permission: str, fair: int, on: date) -> Fair:
    """The fair, locked, unless the brief of that day was approved."""
    loaded: Fair = load(Fair, actor, permission, lock=True, pk=fair)
    day_of(loaded, on)
    if DailyBrief.objects.filter(fair=loaded, date=on).exists():
        raise Refused("brief_approved")
    return loaded


def _newest(fair: Fair, on: date, base: int) -> BriefDraft | None:
    draft = BriefDraft.objects.filter(fair=fair, date=on).first()
    if (draft.revision if draft else 0) != base:
        raise Refused("brief_rewritten")
    return draft
