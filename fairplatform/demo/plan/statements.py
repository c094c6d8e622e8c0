"""What a side states as the outcome: goods, quantity and amount that fit the exhibitor's own products."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from ..content.terms import DELIVERIES, MEMORANDUM, NEXT_STEPS, PAYMENTS, PLACES
from .entities import DemoCompany, DemoProduct
from .events import DemoStatement

PRICED = frozenset({"quotation", "intended_deal", "trial_order", "order", "letter_of_intent"})
MONTHS = (3, 6, 9, 12)
MEMORANDUM_SETS = 6000
SAMPLE_UNITS = {"t": "kg", "40hq": "pcs"}


class StatementDrafter:
    """Draws statements. The order of calls matters: all draws come from the one sequence it was given."""

    def __init__(self, companies: dict[str, DemoCompany], products: tuple[DemoProduct, ...], random: Random) -> None:
        self._companies = companies
        self._random = random
        self._offers: dict[str, list[DemoProduct]] = {}
        for product in products:
            self._offers.setdefault(product.company, []).append(product)

    def without_amount(self, exhibitor: str, kind: str) -> DemoStatement:
        """A statement without an amount; samples and quotations have a quantity, quotations terms as well."""
        product = self._random.choice(self._offers[exhibitor])
        quantity, unit = {
            "sample": (self._random.choice((2, 3, 5)), SAMPLE_UNITS.get(product.unit, product.unit)),
            "quotation": (product.moq * self._random.choice((1, 2, 3, 4)), product.unit),
        }.get(kind, (None, None))
        return self._statement(exhibitor, product, kind, quantity, unit)

    def with_amount(self, exhibitor: str, kind: str, amount_minor: int, rate: int = 100) -> DemoStatement | None:
        """A statement of exactly this amount; None where no quantity of the exhibitor's products costs that much.

        `rate` is the price of one USD in hundredths of the amount's currency: 100 for USD itself, else CNY.
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
        """A memorandum on sole distribution, in sets a year; None where the exhibitor sells nothing by the set."""
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
            place=(PLACES[place] if place else self._companies[exhibitor].city) if priced else None,
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
    """Round quantities from the minimum order up, at which the unit price is in whole cents and within the range."""
    least = product.moq if product.unit == product.price_unit else 1
    step = 1000 if product.price_unit == "w" else 1 if least < 20 else 10 if least < 200 else 100
    low, high = product.price_low * rate, product.price_high * rate
    first = max(least, int(amount_minor / high))
    for quantity in range(-(-first // step) * step, int(amount_minor / low) + 1, step):
        if amount_minor % quantity == 0 and low <= amount_minor // quantity <= high:
            yield quantity
