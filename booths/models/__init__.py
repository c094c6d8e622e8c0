"""Booths, the products and files they show, shifts, demands with their quotes, visits and inquiries."""

from .attachment import Attachment
from .booth import Booth, Inquiry, Visit
from .demand import Demand
from .draft import Draft
from .favourite import Favourite
from .not_interested import NotInterested
from .product import Display, Product, Unit
from .quote import Quote, QuoteVersion
from .shift import Shift

__all__ = [
    "Attachment",
    "Booth",
    "Demand",
    "Display",
    "Draft",
    "Favourite",
    "Inquiry",
    "NotInterested",
    "Product",
    "Quote",
    "QuoteVersion",
    "Shift",
    "Unit",
    "Visit",
]
