"""The products of each exhibitor: four to nine goods of its hall, with its own minimum order and price range."""

from decimal import ROUND_HALF_UP, Decimal
from random import Random

from ..content.goods import GOODS, Good
from ..content.text import ENGLISH, LANGUAGES, URDU, Text
from .entities import DemoCompany, DemoProduct
from .random_source import random_for

FEWEST, MOST = 4, 9


def products(exhibitors: tuple[DemoCompany, ...], seed: int) -> tuple[DemoProduct, ...]:
    """The products of every exhibitor; one of each has a description that lacks a language, mostly Urdu."""
    shown = []
    for index, firm in enumerate(exhibitors):
        random = random_for(seed, f"offers:{firm.key}")
        goods = _chosen(firm, index, random)
        gap = 1 + random.randrange(len(goods) - 1)
        missing = ENGLISH if index % 4 == 3 else URDU
        for place, good in enumerate(goods):
            detail = _without(good.detail, missing) if place == gap else good.detail
            shown.append(_product(firm, good, detail, random))
    return tuple(shown)


def _chosen(firm: DemoCompany, index: int, random: Random) -> list[Good]:
    """Goods made in the exhibitor's own city first; the persona exhibitor (index 0) shows the first of its hall."""
    table = GOODS[firm.hall or ""]
    number = random.randint(FEWEST, min(MOST, len(table)))
    at_home = sorted(table, key=lambda good: (good.city != firm.city.key, random.random()))
    if index == 0:
        return list(table[:MOST])
    return at_home[:number]


def _without(text: Text, missing: str) -> Text:
    return {language: text[language] for language in LANGUAGES if language != missing}


def _product(firm: DemoCompany, good: Good, detail: Text, random: Random) -> DemoProduct:
    low, high = _price(good, random)
    return DemoProduct(
        key=f"{firm.key}/{good.hs6}",
        company=firm.key,
        hs6=good.hs6,
        name=good.name,
        detail=detail,
        moq=_round(good.moq * random.choice((50, 60, 80, 100, 100, 125, 150, 200)) // 100, good.moq),
        unit=good.unit,
        price_low=low,
        price_high=high,
        price_unit=good.price_unit,
        lead_days=good.days,
        certificates=good.certificates,
        ask=good.ask,
    )


def _round(quantity: int, usual: int) -> int:
    """Rounded down to two digits as people write it; at least 1 and half of the usual quantity."""
    step: int = 10 ** max(0, len(str(usual)) - 2)
    return max(1, -(-usual // 2), quantity // step * step)


def _price(good: Good, random: Random) -> tuple[Decimal, Decimal]:
    """A narrower range within the table's, in cents, or in whole dollars from 100 USD on."""
    step = Decimal(1) if good.low >= 100 else Decimal("0.01")
    width = good.high - good.low
    low = good.low + width * random.randint(0, 30) / 100
    high = good.high - width * random.randint(0, 30) / 100
    return low.quantize(step, ROUND_HALF_UP), high.quantize(step, ROUND_HALF_UP)
