"""The values of the filters above the demands of a fair."""

from datetime import date
from decimal import Decimal
from typing import TypedDict


class DemandFilterValues(TypedDict, total=False):
    """Only the filters that are used. `show`: "all" for those that do not suit the reader's company too.

    `quantity`: at least so many of `unit`, or of the demand's own unit.
    """

    show: str
    q: str
    heading: str
    kind: str
    certificate: str
    country: str
    quantity: Decimal
    unit: str
    until: date
    unanswered: bool
