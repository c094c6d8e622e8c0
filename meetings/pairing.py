"""Two companies of a fair: which of them sells in their meeting, what both named, and who sits at the table."""

from collections.abc import Iterable
from typing import Any

from booths.models import Product
from fairplatform.accounts.models import Staff, User
from fairplatform.errors import Refused
from fairplatform.fairs.models import Participation, RoleAssignment, Slot
from fairplatform.policy import Role
from meetings.models import Booking
from meetings.models.booking import person


def seller_and_buyer(sender: Participation, receiver: Participation) -> tuple[Participation, Participation]:
    """(exhibitor, buyer). Of two that both sell and buy, the one that is asked sells."""
    if sender.company_id == receiver.company_id:
        raise Refused("same_company")
    for exhibitor, buyer in ((receiver, sender), (sender, receiver)):
        if exhibitor.sells and buyer.buys:
            return exhibitor, buyer
    raise Refused("not_both_sides")


def common_headings(exhibitor: Participation, buyer: Participation) -> list[str]:
    """The HS headings (four digits) that the buyer looks for and the exhibitor shows at its booth."""
    shown = Product.objects.filter(displays__booth__participation=exhibitor).values_list("hs6", flat=True)
    wanted = {str(code).replace(".", "")[:4] for code in buyer.wants}
    return sorted(wanted & {hs6[:4] for hs6 in shown})


def office(participation: Participation) -> list[User]:
    """Whom a company's requests and answers concern: its managers and its lead."""
    return [place.user for place in _staff(participation) if place.is_manager or place.is_lead]


def _staff(participation: Participation) -> list[Staff]:
    """The company's people who can sign in."""
    places = Staff.objects.filter(company=participation.company_id, user__is_active=True)
    return list(places.select_related("user").order_by("pk"))


def at_table(participation: Participation, slot: Slot, wanted: Iterable[User]) -> list[User]:
    """The company's people for a meeting: those wanted and its office, as far as nothing else holds them then.

    Who was wanted and has left the company since is none of them.
    """
    staff = {place.user_id for place in _staff(participation)}
    people = {user.pk: user for user in (*wanted, *office(participation)) if user.pk in staff}
    busy = _busy(people, slot)
    free = [user for pk, user in people.items() if pk not in busy]
    if people and not free:
        raise Refused("slot_taken")
    return free


def free_interpreter(fair: Any, slot: Slot) -> User | None:
    """An interpreter on duty who can sign in, and whom nobody has in that slot."""
    places = RoleAssignment.objects.filter(fair=fair, role=Role.INTERPRETER, on_call=False, user__is_active=True)
    people = {place.user_id: place.user for place in places.select_related("user").order_by("pk")}
    busy = _busy(people, slot)
    return next((user for pk, user in people.items() if pk not in busy), None)


def _busy(people: Iterable[int], slot: Slot) -> set[int]:
    names = {person(pk): pk for pk in people}
    taken = Booking.objects.filter(slot=slot, resource__in=names).values_list("resource", flat=True)
    return {names[name] for name in taken}
