"""The booths of approved exhibitors and the products shown there."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from booths.models import Booth, Display, Product
from fairplatform.fairs.models import Participation

from ..fields import Values
from ..keys import new_key
from .sheet import Change, in_parts, save

SLUG_LENGTH = 80


def store_booths(rows: Sequence[Participation], changes: Sequence[Change]) -> None:
    """Gives each approved selling company with a hall its booth there; moves those whose hall or number changed.

    A booth stays when its company withdraws: nobody sees it, and what was said there is kept.
    """
    concerned = [(row, change) for row, change in zip(rows, changes, strict=True) if has_booth(row)]
    if not concerned:
        return
    fair = concerned[0][0].fair
    others = Booth.objects.filter(fair=fair)
    slugs = set(others.values_list("slug", flat=True))
    places = Places(others)
    booths = []
    # Those with a number of their own first: nobody else may be given it.
    for row, change in sorted(concerned, key=lambda pair: "booth" not in pair[1].values):
        booth = getattr(row, "booth", None) or Booth(fair=fair, participation=row)
        booth.participation = row
        number = change.values.get("booth") or booth.number or 0
        places.put(booth, row.hall_id or 0, int(str(number)))
        if booth.pk is None:
            booth.slug = new_key([row.company.slug], slugs, SLUG_LENGTH)
        booths.append(booth)
    new = [booth for booth in booths if booth.pk is None]
    save(Booth, booths, ["hall", "number", "search"])
    _show_all_products(new)


def gets_booth(values: Values) -> bool:
    """Whether the row of a company is one of those that get a booth."""
    return bool(values.get("state") == Participation.State.APPROVED and values.get("sells") and values.get("hall"))


def has_booth(row: Participation) -> bool:
    return bool(row.state == Participation.State.APPROVED and row.sells and row.hall_id)


class Places:
    """Which numbers of which halls have a booth."""

    def __init__(self, booths: QuerySet[Booth]) -> None:
        self._taken = set(booths.values_list("hall", "number"))
        self._next: dict[int, int] = {}

    def put(self, booth: Booth, hall: int, number: int) -> None:
        """Puts a booth at a number, or at the hall's next free one if it has none or the number is taken."""
        if booth.pk:
            self._taken.discard((booth.hall_id, booth.number))
        if not number or (hall, number) in self._taken:
            number = self._free(hall)
        booth.hall_id, booth.number = hall, number
        self._taken.add((hall, number))

    def _free(self, hall: int) -> int:
        number = self._next.get(hall, 1)
        while (hall, number) in self._taken:
            number += 1
        self._next[hall] = number + 1
        return number


def _show_all_products(booths: Iterable[Booth]) -> None:
    """At a new booth, what its company already has from earlier fairs."""
    by_company = {booth.participation.company_id: booth for booth in booths}
    products: list[Any] = []
    for part in in_parts(list(by_company)):
        products += Product.objects.filter(company__in=part).order_by("pk").values_list("pk", "company")
    ranks = Counter[int]()
    displays = []
    for product, company in products:
        displays.append(Display(booth=by_company[company], product_id=product, rank=ranks[company]))
        ranks[company] += 1
    Display.objects.bulk_create(displays)


def refresh_product_search(companies: Sequence[int]) -> None:
    """Products are also found by their company's name, which has changed."""
    for part in in_parts(companies):
        save(Product, list(Product.objects.filter(company__in=part).select_related("company")), ["search"])
