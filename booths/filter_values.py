"""The values of the filters, as the forms read them from an address and the queries use them."""

from decimal import Decimal
from typing import TypedDict


class FilterValues(TypedDict, total=False):
    """Only the filters that are used. Prices are in whole USD, `moq` is a quantity in the product's own unit."""

    q: str
    city: str
    kind: str
    heading: str
    certificate: str
    hall: str
    incoterm: str
    moq: Decimal
    price_from: Decimal
    price_to: Decimal
    sort: str
