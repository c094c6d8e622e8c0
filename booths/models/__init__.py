"""Booths, the products they show, demands, visits and inquiries."""

from .booth import Booth, Inquiry, Visit
from .demand import Demand
from .product import Display, Product, Unit

__all__ = ["Booth", "Demand", "Display", "Inquiry", "Product", "Unit", "Visit"]
