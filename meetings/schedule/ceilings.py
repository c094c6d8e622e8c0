"""How many meetings companies agree on by themselves: as many as each may have in its role, and no more."""

from fairplatform.errors import Refused
from fairplatform.fairs.models import Participation
from meetings.models import Meeting
from meetings.models.meeting import Side


def check_ceilings(exhibitor: Participation, buyer: Participation, *, told: Participation) -> None:
    """Whether the two may have another meeting. `told`: the one that reads why not; never how many the other may have.

    Raises Refused: own_meets_enough, other_meets_enough.
    """
    full = [one for side, one in zip(Side, (exhibitor, buyer), strict=True) if _is_full(one, side)]
    if full:
        raise Refused("own_meets_enough" if told in full else "other_meets_enough")


def _is_full(company: Participation, side: Side) -> bool:
    most = company.ceiling(company.fair)
    if most is None:
        return False
    rows = Meeting.objects.filter(**{side: company}).exclude(state=Meeting.State.CANCELLED)
    return rows.count() >= most
