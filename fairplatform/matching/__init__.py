"""How well a seller and a buyer fit each other, with the reasons, and who of a fair meets whom.

Pure: no database, and no words for people.
"""

from .fit import Fit, both_ways, fit
from .sides import Buyer, Need, Offer, Price, Reason, Seller

__all__ = ["Buyer", "Fit", "Need", "Offer", "Price", "Reason", "Seller", "both_ways", "fit"]
