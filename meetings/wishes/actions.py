"""A company says, changes or takes back a wish."""

from django.db import transaction

from fairplatform.accounts.actor import Actor, write_audit_entry
from fairplatform.errors import Refused
from fairplatform.fairs.models import Fair, Participation, Preference
from fairplatform.policy import load

Wish = Preference.Wish


@transaction.atomic
def keep_wish(actor: Actor, *, company: int, wanted: int, wish: str) -> Preference | None:
    """What a company wishes about another; an empty `wish` takes back what it has said.

    What the other wishes, and what the organisers have set, changes nothing here: the answer would tell of it.
    Raises Refused: not_found, same_company, not_both_sides, wish_unknown, not_now (the fair is closed),
    no_of_organisers for a "no" that organisers have entered for this company.
    """
    other = load(Participation, actor, "wish.say", pk=wanted)
    own = load(Participation, actor, "wishes.keep", lock=True, pk=company, fair=other.fair_id)
    check(own, other, wish)
    known = Preference.objects.filter(participation=own, wanted=other).first()
    before = {"wish": known.wish} if known else None
    if known and known.wish == wish:
        return known
    if known and known.is_prohibition:
        raise Refused("no_of_organisers")
    if not wish:
        if known:
            write_audit_entry(actor, "wish.say", known, before=before)
            known.delete()
        return None
    row, _made = Preference.objects.update_or_create(
        participation=own, wanted=other, defaults={"fair": own.fair, "wish": wish, "said_by": actor.user}
    )
    write_audit_entry(actor, "wish.say", row, before=before, after={"wish": wish})
    return row


def check(own: Participation, other: Participation, wish: str) -> None:
    if own.pk == other.pk:
        raise Refused("same_company")
    if not can_meet(own, other):
        raise Refused("not_both_sides")
    if wish and wish not in Wish.values:
        raise Refused("wish_unknown")
    if own.fair.state == Fair.State.CLOSED:
        raise Refused("not_now")


def can_meet(own: Participation, other: Participation) -> bool:
    """Whether one of the two sells and the other buys."""
    return (own.sells and other.buys) or (own.buys and other.sells)
