"""The values of the filters, as the forms read them from an address and the queries use them."""

from decimal import Decimal
from typing import TypedDict

USUAL_CURRENCY = "USD"  # of prices without one: two currencies are never compared


class FilterValues(TypedDict, total=False):
    """Only the filters that are used. Prices are in `currency`, `moq` is a quantity in the product's own unit.

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
    currency: str
    price_from: Decimal
    price_to: Decimal
    online: bool
    mine: bool
    cooperation: str
    demands: bool
    sort: str
