"""What the page of a company's people shows: who they are, who is invited, and when they are at the booth."""

from typing import Any

from django.utils import timezone

from booths.models import Booth
from fairplatform.accounts.request import FairRequest
from fairplatform.fairs.places import places_for
from fairplatform.i18n.text import current_language
from fairplatform.policy import may
from fairplatform.realtime import topic_names

from ..shifts.days import open_days
from ..shifts.forms import CopyForm, ShiftForm
from ..shifts.plan import shift_plan
from .actions import MANAGE
from .queries import colleagues, invited


def staff_page(request: FairRequest, booth: Booth) -> dict[str, Any]:
    may_manage, days, now = may(request.actor, MANAGE, booth), open_days(booth.fair), timezone.now()
    return {
        "booth": booth,
        "topic": topic_names.office(booth.pk, "staff"),
        # The page's own clocks are those of an open fair; this is planned while the fair is a draft.
        "places": places_for(request.actor.person, booth.fair, current_language()),
        "rows": colleagues(booth, now),
        "may_manage": may_manage,
        "invited": invited(booth) if may_manage else [],
        "plan": shift_plan(booth, days, now),
        "shift_form": ShiftForm(booth=booth, days=days),
        "copy_form": CopyForm(booth=booth, days=days),
    }
