"""How much a test does: a small amount in `make test`, the full one in `make proof`."""

import os
from typing import TypeVar

Amount = TypeVar("Amount")
IS_PROOF = os.environ.get("PROOF") == "1"


def full(amount: Amount, *, small: Amount) -> Amount:
    """The full amount with PROOF=1, else the small one. An amount of rounds, seconds, cases …"""
    return amount if IS_PROOF else small
