"""Why a matching has chosen nobody new, in words for organisers."""

from datetime import datetime

from django.utils.translation import gettext as _

from meetings.models import Match
from meetings.models.meeting import Side

from .situation import Situation


def why_nobody(match: Match, now: datetime) -> str:
    """The first cause without which there could be more pairs, and what would help. Empty: there are new pairs."""
    situation = Situation(match.fair, now)
    matched = match.pairs.filter(left_out="").values_list("exhibitor", "buyer")
    if not all(situation.has_met(*ends) for ends in matched):
        return ""
    if matched and not match.suiting:
        return _("All pairs that suit each other have a meeting.")
    if not situation.slots:
        return _("The fair has no meeting times. Enter its days first.")
    if len(situation.past | situation.reserve) == len(situation.slots):
        return _("All meeting times of the fair are past or kept in reserve. Add days, or keep fewer in reserve.")
    full = {side: _is_full(situation, side) for side in Side}
    if all(full.values()):
        return _("All companies already have as many meetings as they may. Raise the highest number of meetings.")
    if full[Side.EXHIBITOR]:
        return _("All exhibitors already have as many meetings as they may. Raise their highest number of meetings.")
    if full[Side.BUYER]:
        return _("All buyers already have as many meetings as they may. Raise their highest number of meetings.")
    return _(
        "No two companies that suit each other can meet: they have meetings already, or no free time, language or "
        "interpreter in common. Enter more products, demands or interpreters, or recruit more companies."
    )


def _is_full(situation: Situation, side: Side) -> bool:
    """Whether every company of the side has as many meetings as it may."""
    ones = [one.pk for one in situation.companies.values() if (one.sells if side == Side.EXHIBITOR else one.buys)]
    return bool(ones) and not any(situation.left(key, side) != 0 for key in ones)
