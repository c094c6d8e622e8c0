"""The values of the filters, as the forms read them from an address and the queries use them."""

from decimal import Decimal
from typing import TypedDict


class FilterValues(TypedDict, total=False):
    """Only the filters that are used. Prices are in `currency`, `moq` is a quantity in the product's own unit.
    `unit`: what a price is for and a minimum order is counted in, of those that are asked for.
    Those of GOODS are about one product, which has to match them all.

    `heading`: 2, 4 or 6 digits of an HS code. `online`: staff are there; `mine`: they speak the reader's language.
    `cooperation` and `demands` are about buyers: what they are open to, and whether they have an open demand.
    """

    q: str
    country: str
    city: str
    kind: str
    heading: str
    certificate: str
    hall: str
    incoterm: str
    moq: Decimal
    unit: str
    currency: str
    price_from: Decimal
    price_to: Decimal
    online: bool
    mine: bool
    cooperation: str
    demands: bool
    sort: str


GOODS = frozenset({"heading", "certificate", "incoterm", "moq", "unit", "currency", "price_from", "price_to"})
