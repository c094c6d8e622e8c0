"""Why a pair has no time, or a planned meeting cannot be published, in words.

Organisers read them with the figures that the solver counted for the two, and what would help. What a company reads of
its own wishes is in `meetings.wishes.words`.
"""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fairplatform.scheduling.reasons import Reason
from meetings.models import Pair, PlannedMeeting

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
HELP: Mapping[str, Promise] = {
    "pinned_off_grid": _("Pin it to a time of the fair, or remove the time."),
    "pinned_outside": _("Pin it to another time, or remove the time."),
    "pinned_conflict": _("Pin it to another time, or remove the time."),
    "ceiling": _("Raise the highest number of meetings, or remove another pair of this company."),
    "no_interpreter": _("Add an interpreter for these languages, or say that this pair needs none."),
    "interpreters_busy": _("Add an interpreter for these languages, or ask the two whether English is enough."),
    "rooms_full": _("Raise the number of rooms, or add meeting times."),
    "slots_taken": _("Move one of these meetings on the board, add a desk, or add meeting times."),
    "not_approved": _("Approve the company, or remove the pair."),
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
    "interpreter_rest": _("The interpreter would have too little rest before or after this meeting."),
    "interpreter_minutes": _("The interpreter would have more minutes than they may on this day."),
    "rooms_full": _("All rooms are taken at this time."),
    "ceiling": _(
        "One of the two would have more meetings than it may have. Run the draft again, or raise its maximum."
    ),
    "meeting_changed": _("The published meeting was changed after this draft was made of it."),
    "frozen": _(
        "This day was frozen at 18:00 the day before. Run the draft again: only a person can move this meeting now."
    ),
    "people_busy": _("Someone who is named for this meeting has another one at the new time. Move one of the two."),
}


def why_not_placed(row: PlannedMeeting) -> str:
    """For organisers: the cause, what the solver counted, and what would help."""
    sentences = [str(NOT_PLACED[row.not_placed]), *_figures(row.not_placed_counts or {})]
    if row.not_placed in HELP:
        sentences.append(str(HELP[row.not_placed]))
    return " ".join(sentences)


def _figures(counts: Mapping[str, int]) -> Iterator[str]:
    """Nothing where the two share no time at all."""
    if not (common := counts.get("common", 0)):
        return
    yield ngettext("The two share %(count)s time.", "The two share %(count)s times.", common) % {"count": common}
    if taken := counts.get("taken", 0):
        words = ngettext(
            "At %(count)s of them one of the two or both have another meeting.",
            "At %(count)s of them one of the two or both have other meetings.",
            taken,
        )
        yield words % {"count": taken}
    if full := counts.get("without_room", 0):
        yield ngettext(
            "At %(count)s of them all rooms are taken.", "At %(count)s of them all rooms are taken.", full
        ) % {"count": full}
    if alone := counts.get("without_interpreter", 0):
        words = ngettext(
            "At %(count)s of them no interpreter is free.", "At %(count)s of them no interpreter is free.", alone
        )
        yield words % {"count": alone}


def counts_of(reason: Reason) -> dict[str, int]:
    """The figures of a reason, as they are stored."""
    names = ("common", "taken", "without_room", "without_interpreter")
    return {name: getattr(reason, name) for name in names}


def code_of(reason: Reason, need: Pair.Need) -> str:
    """What is wrong with the time that a pair is pinned to is said in full."""
    if reason.code != "pinned_conflict":
        return reason.code
    if not reason.common:
        return "pinned_outside"
    return "no_interpreter" if need == Pair.Need.REQUIRED and not reason.interpreters else reason.code
