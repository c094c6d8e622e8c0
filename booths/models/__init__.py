"""Booths, the products they show, who visits and who asks."""

from .booth import Booth, Inquiry, Visit
from .product import Display, Product

__all__ = ["Booth", "Display", "Inquiry", "Product", "Visit"]
