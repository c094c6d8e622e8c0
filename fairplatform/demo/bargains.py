"""What a side says was agreed: goods, quantity and money that fit the exhibitor's own offer."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from .content.stories import MEMORANDUM
from .content.terms import DELIVERIES, NEXT_STEPS, PAYMENTS, PLACES
from .encounters import DemoStatement
from .shapes import DemoCompany, DemoProduct

PRICED = frozenset({"quotation", "intended_deal", "trial_order", "order", "letter_of_intent"})
MONTHS = (3, 6, 9, 12)
MEMORANDUM_SETS = 6000
SAMPLE_UNITS = {"t": "kg", "40'HQ": "pcs"}


class Bargains:
    """Writes statements for the meetings of one exhibitor after another."""

    def __init__(self, companies: dict[str, DemoCompany], products: tuple[DemoProduct, ...], random: Random) -> None:
        self._companies = companies
        self._random = random
        self._offers: dict[str, list[DemoProduct]] = {}
        for product in products:
            self._offers.setdefault(product.company, []).append(product)

    def talk(self, exhibitor: str, kind: str) -> DemoStatement:
        """An outcome without money: what was talked about, a sample's number, a quotation's quantity and terms."""
        product = self._random.choice(self._offers[exhibitor])
        quantity, unit = {
            "sample": (self._random.choice((2, 3, 5)), SAMPLE_UNITS.get(product.unit, product.unit)),
            "quotation": (product.moq * self._random.choice((1, 2, 3, 4)), product.unit),
        }.get(kind, (None, None))
        return self._statement(exhibitor, product, kind, quantity, unit)

    def deal(self, exhibitor: str, kind: str, amount_minor: int, rate: int = 100) -> DemoStatement | None:
        """An outcome over exactly this amount; None where no quantity of the exhibitor's goods comes to it.

        `rate` is hundredths of the amount's currency for one USD, so that a price in CNY can be found too.
        """
        for product in self._random.sample(self._offers[exhibitor], len(self._offers[exhibitor])):
            for quantity in _quantities(product, amount_minor, rate):
                priced = self._statement(exhibitor, product, kind, quantity, product.price_unit)
                return replace(
                    priced,
                    amount_minor=amount_minor,
                    currency="USD" if rate == 100 else "CNY",
                    payment=priced.payment if rate == 100 else "cny",
                    within_months=self._random.choice(MONTHS) if kind == "intended_deal" else None,
                )
        return None

    def memorandum(self, exhibitor: str) -> DemoStatement | None:
        """Sole distribution with sets a year and no money; None where nothing is sold by the set."""
        sold = [p for p in self._offers[exhibitor] if p.unit == "sets" and p.moq < MEMORANDUM_SETS]
        if not sold:
            return None
        return replace(
            self._statement(exhibitor, sold[0], "memorandum", MEMORANDUM_SETS, "sets"),
            note=MEMORANDUM,
        )

    def _statement(
        self, exhibitor: str, product: DemoProduct, kind: str, quantity: int | None, unit: str | None
    ) -> DemoStatement:
        incoterm, place = self._drawn_delivery()
        step = self._random.choice(NEXT_STEPS[kind]) if NEXT_STEPS[kind] else (None, None, None)
        priced = kind in PRICED
        return DemoStatement(
            kind=kind,
            goods=product.name,
            hs6=product.hs6,
            quantity=quantity,
            unit=unit,
            amount_minor=None,
            currency=None,
            incoterm=incoterm if priced else None,
            place=(PLACES[place] if place else self._companies[exhibitor].city.name) if priced else None,
            payment=self._drawn_payment() if priced else None,
            within_months=None,
            note=None,
            next_step=step[0],
            next_by=step[1],
            next_due_days=step[2],
        )

    def _drawn_delivery(self) -> tuple[str, str]:
        incoterm, place, _ = self._random.choices(DELIVERIES, weights=[share for *_, share in DELIVERIES])[0]
        return incoterm, place

    def _drawn_payment(self) -> str:
        return self._random.choices(PAYMENTS, weights=[share for _, share in PAYMENTS])[0][0]


def _quantities(product: DemoProduct, amount_minor: int, rate: int) -> Iterator[int]:
    """Round quantities from the MOQ up whose unit price is whole cents within the offered range."""
    least = product.moq if product.unit == product.price_unit else 1
    step = 1000 if product.price_unit == "W" else 1 if least < 20 else 10 if least < 200 else 100
    low, high = product.price_low * rate, product.price_high * rate
    first = max(least, int(amount_minor / high))
    for quantity in range(-(-first // step) * step, int(amount_minor / low) + 1, step):
        if amount_minor % quantity == 0 and low <= amount_minor // quantity <= high:
            yield quantity
