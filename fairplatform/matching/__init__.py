"""How well a seller and a buyer fit each other, with the reasons, and who of a fair meets whom.

Pure: no database, and no words for people.
"""

from .fit import Fit, fit
from .sides import Buyer, Need, Offer, Price, Reason, Seller

__all__ = ["Buyer", "Fit", "Need", "Offer", "Price", "Reason", "Seller", "fit"]
