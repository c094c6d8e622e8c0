"""Why a pair has no time, or a planned meeting cannot be published, in words; never with figures of other companies."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fairplatform.scheduling.reasons import Reason
from meetings.models import Pair

NOT_PLACED: Mapping[str, Promise] = {
    "no_common_slot": _("The two have no free time in common. Check working hours, holidays and absences."),
    "pinned_off_grid": _("No meeting of the fair starts at the time that this pair is pinned to."),
    "pinned_outside": _(
        "At the time that this pair is pinned to, one of the two is not at work, is absent or is taken."
    ),
    "pinned_conflict": _(
        "At the time that this pair is pinned to, another meeting comes first, or no room or interpreter is free."
    ),
    "ceiling": _("One of the two already has as many meetings as it may have."),
    "no_interpreter": _("It needs an interpreter, and nobody interprets these languages at the times the two share."),
    "interpreters_busy": _("It needs an interpreter, and none is free at the times that are left to the two."),
    "rooms_full": _("All rooms are taken at the times that are left to the two."),
    "slots_taken": _("All times that the two share are taken by other meetings of theirs."),
    "not_approved": _("One of the two is not approved for the fair."),
    "not_allowed": _("The two may no longer be paired. Run the matching again."),
    "cancelled": _("The meeting was cancelled after it was published."),
}
CONFLICTS: Mapping[str, Promise] = {
    "not_approved": NOT_PLACED["not_approved"],
    "not_allowed": NOT_PLACED["not_allowed"],
    "already_met": _("The two have a meeting already."),
    "slot_gone": _("The fair no longer has this time, or it is past."),
    "pin_changed": _("The pair has been pinned to another time."),
    "company_busy": _(
        "One of the two is no longer free at this time: its working hours, absences or meetings changed."
    ),
    "interpreter_gone": _("The interpreter is no longer free at this time, or no longer an interpreter of the fair."),
    "rooms_full": _("All rooms are taken at this time."),
    "ceiling": _(
        "One of the two would have more meetings than it may have. Run the draft again, or raise its maximum."
    ),
    "meeting_changed": _("The published meeting was moved or cancelled after this draft was made of it."),
    "people_busy": _("Someone who is named for this meeting has another one at the new time. Move one of the two."),
}


def code_of(reason: Reason, need: Pair.Need) -> str:
    """What is wrong with the time that a pair is pinned to is said in full."""
    if reason.code != "pinned_conflict":
        return reason.code
    if not reason.common:
        return "pinned_outside"
    return "no_interpreter" if need == Pair.Need.REQUIRED and not reason.interpreters else reason.code
