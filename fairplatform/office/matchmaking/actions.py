"""What organisers do about who meets whom: set a pair, say a wish for a company."""

from collections.abc import Mapping

from django.db import transaction

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation, Preference
from fairplatform.policy import load
from meetings.matching.wishes import forbidden
from meetings.models import MatchedPair, Pair

PERMISSION = "fair.organise"
Wish = Preference.Wish
# By why two companies may not meet: the code of what is refused to whoever would set them as a pair.
REFUSALS: Mapping[str, str] = {
    MatchedPair.LeftOut.NO: "pair_against_no",
    MatchedPair.LeftOut.SOLE_AGENT: "pair_of_sole_agent",
}


@transaction.atomic
def pin(actor: Actor, *, fair: int, exhibitor: int, buyer: int) -> Pair:
    """Sets two companies as a pair, which comes before all others; once, however often it is pressed.

    Raises Refused: not_found, same_company, not_both_sides, pair_against_no, pair_of_sole_agent.
    """
    owner = load(Fair, actor, PERMISSION, lock=True, pk=fair)
    seller, wanted = (_company(actor, owner, key) for key in (exhibitor, buyer))
    check_pair(owner, seller, wanted)
    known = Pair.objects.filter(exhibitor=seller, buyer=wanted).first()
    if known:
        return known
    pair = Pair.objects.create(fair=owner, exhibitor=seller, buyer=wanted)
    write_audit_entry(actor, PERMISSION, pair, after={"exhibitor": seller.pk, "buyer": wanted.pk})
    return pair


def check_pair(fair: Fair, exhibitor: Participation, buyer: Participation) -> None:
    """Raises Refused where the two cannot be a pair."""
    if exhibitor.pk == buyer.pk:
        raise Refused("same_company")
    if not (exhibitor.sells and buyer.buys):
        raise Refused("not_both_sides")
    if why := forbidden(fair).get(frozenset((exhibitor.pk, buyer.pk))):
        raise Refused(REFUSALS[why])


@transaction.atomic
def say_wish(actor: Actor, *, fair: int, company: int, wanted: int, wish: str) -> Preference | None:
    """What a company wishes about another, said on its behalf; an empty `wish` takes back what it has said.

    Raises Refused: not_found, same_company, wish_unknown; no_against_pair for a "no" against a pair of the organisers.
    """
    owner = load(Fair, actor, PERMISSION, lock=True, pk=fair)
    own, other = (_company(actor, owner, key) for key in (company, wanted))
    known = Preference.objects.filter(participation=own, wanted=other).first()
    check_wish(own, other, wish)
    before = {"wish": known.wish} if known else None
    if known and known.wish == wish:
        return known
    if not wish:
        if known:
            write_audit_entry(actor, PERMISSION, known, before=before)
            known.delete()
        return None
    row, _made = Preference.objects.update_or_create(
        participation=own, wanted=other, defaults={"fair": owner, "wish": wish, "said_by": None}
    )
    write_audit_entry(actor, PERMISSION, row, before=before, after={"wish": wish})
    return row


def check_wish(own: Participation, other: Participation, wish: str) -> None:
    """Raises Refused where organisers cannot say this for the company."""
    if own.pk == other.pk:
        raise Refused("same_company")
    if wish and wish not in Wish.values:
        raise Refused("wish_unknown")
    both = (own.pk, other.pk)
    if wish == Wish.NO and Pair.objects.filter(exhibitor__in=both, buyer__in=both).exists():
        raise Refused("no_against_pair")
    if wish == Wish.MUST and Preference.objects.filter(participation=other, wanted=own, wish=Wish.NO).exists():
        raise Refused("pair_against_no")


def _company(actor: Actor, fair: Fair, key: int) -> Participation:
    return load(Participation, actor, PERMISSION, pk=key, fair=fair.pk)
