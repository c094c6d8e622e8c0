"""The values of the filters above the demands of a fair."""

from datetime import date
from typing import TypedDict


class DemandFilterValues(TypedDict, total=False):
    """Only the filters that are used. `show`: "all" for those that do not suit the reader's company too."""

    show: str
    heading: str
    kind: str
    certificate: str
    until: date
    unanswered: bool
