"""Two companies as the pair of a meeting: which one is the exhibitor, and which HS headings both named."""

from booths.hs_codes import HEADING
from booths.models import Product
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


def common_headings(exhibitor: Participation, buyer: Participation) -> list[str]:
    """The HS headings (four digits) that the buyer looks for and the exhibitor shows at its booth."""
    shown = Product.objects.filter(displays__booth__participation=exhibitor).values_list("hs6", flat=True)
    wanted = {code[:HEADING] for code in buyer.wants}
    return sorted(wanted & {hs6[:HEADING] for hs6 in shown})
