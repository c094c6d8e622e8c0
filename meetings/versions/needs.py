"""How much a pair and a meeting need an interpreter, in the words of each."""

from collections.abc import Mapping

from meetings.models import Meeting, Pair

INTERPRETING: Mapping[str, Meeting.Interpreting] = {
    Pair.Need.REQUIRED: Meeting.Interpreting.REQUIRED,
    Pair.Need.WELCOME: Meeting.Interpreting.WELCOME,
    Pair.Need.NONE: Meeting.Interpreting.NOT_NEEDED,
    Pair.Need.ON_CALL: Meeting.Interpreting.ON_CALL,
    Pair.Need.OWN: Meeting.Interpreting.OWN,
}
_NEEDS = {level: Pair.Need(need) for need, level in INTERPRETING.items()}


def need_of(meeting: Meeting) -> Pair.Need:
    """As it was said of the meeting last, whatever the pair was."""
    return _NEEDS[Meeting.Interpreting(meeting.interpreting)]
