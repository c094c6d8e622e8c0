"""Who has a booth, and where: one rule for the office, for workbooks and for companies that become one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from fairplatform.fairs.keys import new_key
from fairplatform.fairs.models import Participation

from .models import Booth, Display, Product

_SLUG_LENGTH = 80
_AT_ONCE = 500  # companies that one statement asks for


def is_due(state: object, sells: object, hall: object) -> bool:
    """Whether a company with these values of its participation gets a booth."""
    return bool(state == Participation.State.APPROVED and sells and hall)


def place(participations: Sequence[Participation], numbers: Mapping[int, str]) -> None:
    """Gives these companies of one fair the booths that are due to them, and moves the ones they have to their halls.

    `numbers`: which are wanted, by the participation's primary key; companies may exchange theirs. A booth without one
    keeps its number; where that is taken, or it has none, it gets the lowest free whole number. A booth stays when its
    company withdraws: nobody sees it, and what was said there is kept.
    """
    if not participations:
        return
    fair = participations[0].fair
    booths = {booth.participation_id: booth for booth in Booth.objects.filter(fair=fair)}
    moving = {row.pk for row in participations if row.hall_id}
    places = Places(booth for pk, booth in booths.items() if pk not in moving)
    slugs, before = {booth.slug for booth in booths.values()}, {one.pk: _place(one) for one in booths.values()}
    old: list[Booth] = []
    new: list[Booth] = []
    # Those with a number of their own first, then those that have a booth: nobody else may be given their number.
    for row in sorted(participations, key=lambda row: (row.pk not in numbers, row.pk not in booths)):
        booth = booths.get(row.pk)
        if not row.hall_id or not (booth or is_due(row.state, row.sells, row.hall_id)):
            continue
        if booth is None:
            # A company that became another one may have left its address in the fair to that one's booth.
            booth = Booth(fair=fair, slug=new_key([row.company.slug], slugs, _SLUG_LENGTH))
        booth.participation = row
        places.put(booth, row.hall_id, numbers.get(row.pk) or booth.number)
        (old if booth.pk else new).append(booth)
    _clear(old, before)
    # Found by the name that the company has by now.
    Booth.objects.bulk_create(
        old, update_conflicts=True, unique_fields=["pk"], update_fields=["hall", "number", "sort_key", "search"]
    )
    Booth.objects.bulk_create(new)
    _show_all_products(new)


def _place(booth: Booth) -> tuple[int, str]:
    return booth.hall_id, booth.number


def _clear(moved: Sequence[Booth], before: Mapping[int, tuple[int, str]]) -> None:
    """Leaves the places that another of these booths gets: no two may have one, not even within a statement."""
    got = {_place(booth) for booth in moved if before[booth.pk] != _place(booth)}
    for booth in moved:
        if before[booth.pk] in got and before[booth.pk] != _place(booth):
            Booth.objects.filter(pk=booth.pk).update(number=f"-{booth.pk}")


class Places:
    """Which numbers of which halls have a booth."""

    def __init__(self, booths: Iterable[Booth]) -> None:
        self._taken = set(map(_place, booths))
        self._next: dict[int, int] = {}

    def put(self, booth: Booth, hall: int, number: str) -> None:
        """Puts a booth at a number, or at the hall's next free one if it has none or the number is taken."""
        if not number or (hall, number) in self._taken:
            number = self._free(hall)
        booth.hall_id, booth.number = hall, number
        self._taken.add((hall, number))

    def _free(self, hall: int) -> str:
        """The lowest positive whole number that no booth of the hall has."""
        number = self._next.get(hall, 1)
        while (hall, str(number)) in self._taken:
            number += 1
        self._next[hall] = number + 1
        return str(number)


def _show_all_products(booths: Sequence[Booth]) -> None:
    """At a new booth, what its company already has from earlier fairs."""
    by_company = {booth.participation.company_id: booth for booth in booths}
    companies, ranks, displays = list(by_company), Counter[int](), []
    for start in range(0, len(companies), _AT_ONCE):
        products = Product.objects.filter(company__in=companies[start : start + _AT_ONCE])
        for product, company in products.order_by("pk").values_list("pk", "company"):
            displays.append(Display(booth=by_company[company], product_id=product, rank=ranks[company]))
            ranks[company] += 1
    Display.objects.bulk_create(displays)
