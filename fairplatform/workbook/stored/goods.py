"""What companies offer and what they look for."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar

from booths.models import Booth, Demand, Display, Product
from booths.models.product import PRICE_SCALE
from booths.search import knowing
from booths.search_texts import own_texts
from fairplatform.accounts.models import Company
from fairplatform.fairs.keys import new_key
from fairplatform.fairs.models import Fair, Participation
from fairplatform.fairs.sharing import Elsewhere

from ..fields import Field, Plain, Reference, Scaled, Values, Words, attributes_of, read_all, write_all
from ..keys import KeyBook
from .sheet import Change, Stored, TableSheet, Tiers, Work, by_names, save

ARTICLE_LENGTH = 60
PRODUCT: tuple[Field, ...] = (
    Plain("article"),
    Words("name"),
    Words("description"),
    Plain("moq"),
    Plain("pieces_per_carton"),
    Plain("lead_days"),
    Scaled("price_low", PRICE_SCALE),
    Scaled("price_high", PRICE_SCALE),
    Plain("currency", empty=""),
    Plain("incoterm", empty=""),
    Plain("place", empty=""),
    Plain("certificates"),
)


@contextmanager
def prepared(changes: Sequence[Change], keys: KeyBook) -> Iterator[None]:
    """Writes what products say into their rows, and knows the words that a search finds them by.

    Both before the transaction, which everyone who writes waits for: of a large fair it is a third of the work.
    """
    for change in changes:
        change.row = change.stored.row if change.stored else Product()
        write_all(PRODUCT, change.row, change.values, keys)
        _write_hs_and_unit(change.row, change)
    with knowing(text for change in changes for text in own_texts(change.row)):
        yield


@dataclass(frozen=True)
class ProductSheet:
    """The products of the fair's companies. They stay with the company after it; the booth shows them.

    `company`: the key of the only one whose products are read.
    """

    company: int | None = None
    name: ClassVar[str] = "products"

    def read(self, fair: Fair, keys: KeyBook, elsewhere: Elsewhere) -> list[Stored]:
        accepted = Participation.objects.filter(fair=fair).accepted()
        if self.company:
            accepted = accepted.filter(company=self.company)
        participations = {row.company_id: row.pk for row in accepted}
        shown = Display.objects.filter(booth__fair=fair, product__company__in=accepted.values("company"))
        displays = {row.product_id: row for row in shown}
        products = Product.objects.filter(company__in=accepted.values("company")).order_by("pk")
        found = [
            Stored(_cells(row, keys, participations[row.company_id], displays.get(row.pk)), row) for row in products
        ]
        _give_articles(found)
        return found

    def tiers(self, values: Values) -> Tiers:
        article = values.get("article")
        own: Tiers = [[("article", values.get("company"), article)]] if article else []
        return [*own, by_names("name", values, values.get("company"))]

    def store(self, work: Work, changes: Sequence[Change]) -> None:
        companies = {row.pk: row.company_id for row in Participation.objects.filter(fair=work.the_fair)}
        named = _companies(work.the_fair)
        rows = []
        for change in changes:
            company = companies[work.keys.row("companies", change.values["company"]) or 0]
            change.row.company = named[company]
            rows.append(change.row)
        attributes = [*attributes_of(PRODUCT), "hs6", "hs_code", "moq_unit", "price_unit"]
        own = [
            row for row, change in zip(rows, changes, strict=True) if not (change.stored and change.stored.is_shared)
        ]
        save(Product, own, attributes)
        _show(work, rows, changes)


def _cells(row: Product, keys: KeyBook, participation: int, display: Display | None) -> dict[str, object]:
    cells = read_all(PRODUCT, row, keys)
    cells |= {"company": keys.key("companies", participation), "hs": row.stated_hs}
    if unit := row.moq_unit or row.price_unit:
        cells["unit"] = unit
    if display and display.hall_id:
        cells["hall_shown"] = keys.key("halls", display.hall_id)
    return cells


def _give_articles(rows: Sequence[Stored]) -> None:
    """An article number, for the export, to each product without one: the same at every reading."""
    taken = defaultdict[int, set[str]](set)
    for stored in rows:
        taken[stored.row.company_id].add(str(stored.values.get("article", "")))
    for stored in rows:
        if "article" not in stored.values:
            names = [stored.row.name.get("en", ""), "product"]
            stored.has_key = False
            stored.values["article"] = new_key(names, taken[stored.row.company_id], ARTICLE_LENGTH)


def _companies(fair: Fair) -> dict[int, Company]:
    return {company.pk: company for company in Company.objects.filter(participations__fair=fair)}


def _write_hs_and_unit(row: Product, change: Change) -> None:
    row.state_hs(str(change.values["hs"]))
    if change.stored is None or "unit" in change.changed:
        row.moq_unit = row.price_unit = str(change.values.get("unit", ""))


def _show(work: Work, rows: Sequence[Product], changes: Sequence[Change]) -> None:
    """Shows new products at their company's booth, and each in the hall that the sheet names for it."""
    booths = {booth.participation.company_id: booth.pk for booth in _booths(work.the_fair)}
    shown = {row.product_id: row for row in Display.objects.filter(booth__fair=work.the_fair)}
    ranks = Counter(row.booth_id for row in shown.values())
    displays = []
    for row, change in zip(rows, changes, strict=True):
        booth = booths.get(row.company_id)
        if booth is None:
            continue
        display = shown.get(row.pk) or (
            None if change.stored else Display(booth_id=booth, product_id=row.pk, rank=ranks[booth])
        )
        if display is None:
            continue
        ranks[booth] += display.pk is None
        display.hall_id = work.keys.row("halls", change.values.get("hall_shown"))
        displays.append(display)
    save(Display, displays, ["hall"])


def _booths(fair: Fair) -> Any:
    return Booth.objects.filter(fair=fair).select_related("participation")


@dataclass(frozen=True)
class DemandState(Plain):
    """Whether a demand is open. One that is open has no reason why it was closed."""

    @property
    def attributes(self) -> tuple[str, ...]:
        return (self.name, "closed_reason")

    def write(self, row: Any, values: Values, keys: KeyBook) -> None:
        super().write(row, values, keys)
        if row.state in (Demand.State.OPEN, Demand.State.WAITING):
            row.closed_reason = ""


DEMANDS = TableSheet(
    "demands",
    Demand,
    (
        Plain("key"),
        Reference("company", "companies", "participation_id"),
        Plain("kind"),
        Words("text"),
        Plain("hs", "hs_code"),
        Plain("quantity"),
        Plain("unit"),
        Scaled("target_price", PRICE_SCALE),
        Plain("currency"),
        Plain("incoterm"),
        Plain("place"),
        Plain("certificates"),
        Plain("origin_certificate", "needs_origin"),
        Plain("deadline"),
        Plain("entered_by"),
        DemandState("state"),
    ),
    lambda values: [by_names("text", values, values.get("company"), values.get("kind"))],
    key="key",
    names=lambda demand: [demand.text.get("en", ""), "demand"],
)
