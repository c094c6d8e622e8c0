"""How much a test does: little each time that something has changed (`make test`), all of it in `make proof`."""

import os
from typing import TypeVar

Amount = TypeVar("Amount")
IS_PROOF = os.environ.get("PROOF") == "1"


def full(amount: Amount, *, small: Amount) -> Amount:
    """The whole amount with PROOF=1, a small one otherwise: rounds, seconds, cases."""
    return amount if IS_PROOF else small
