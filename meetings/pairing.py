"""Two companies as the pair of a meeting: which one is the exhibitor."""

from fairplatform.errors import Refused
from fairplatform.fairs.models import Participation


def exhibitor_and_buyer(sender: Participation, receiver: Participation) -> tuple[Participation, Participation]:
    """(exhibitor, buyer). If both companies sell and buy, the one that is asked is the exhibitor.

    Raises Refused: same_company, not_both_sides.
    """
    if sender.company_id == receiver.company_id:
        raise Refused("same_company")
    for exhibitor, buyer in ((receiver, sender), (sender, receiver)):
        if exhibitor.sells and buyer.buys:
            return exhibitor, buyer
    raise Refused("not_both_sides")
