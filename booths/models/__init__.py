"""Booths, the products they show, visits and inquiries."""

from .booth import Booth, Inquiry, Visit
from .product import Display, Product

__all__ = ["Booth", "Display", "Inquiry", "Product", "Visit"]
