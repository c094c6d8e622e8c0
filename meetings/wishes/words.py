"""Why a company's wish to meet another has no meeting, in words for that company.

They tell neither figures of the other company nor whether it wants to meet: all causes from which that could be guessed
are one sentence.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

# By the code of `meetings.versions.reasons`.
_UNPLANNED: Mapping[str, Promise] = {
    "no_common_slot": _("No meeting is planned: the two of you share no free time."),
    "no_interpreter": _("No meeting is planned: there is no interpreter for the two of you at the times you share."),
    "interpreters_busy": _("No meeting is planned: no interpreter was free at the times you share."),
    "rooms_full": _("No meeting is planned: no meeting room was free at the times you share."),
    "slots_taken": _("No meeting is planned: other meetings take the times you share."),
}
_UNPLANNED_ELSE = _("No meeting is planned. Ask the organisers if you would still like one.")


def why_unplanned(code: str, shared: int) -> str:
    """`code`: of a pair that was matched and found no time; empty where matching did not choose the two.

    `shared`: the times that the two share by their hours.
    """
    if not shared:
        return str(_UNPLANNED["no_common_slot"])
    share = ngettext(
        "The two of you share %(count)s free time.", "The two of you share %(count)s free times.", shared
    ) % {"count": shared}
    return f"{_UNPLANNED.get(code, _UNPLANNED_ELSE)} {share}"
