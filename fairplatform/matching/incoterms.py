"""The eleven delivery terms of Incoterms (ICC, edition 2020), from the least that the seller does to the most."""

from collections.abc import Mapping
from typing import Literal

# Who pays the main carriage.
CARRIAGE: Mapping[str, Literal["buyer", "seller"]] = {
    "EXW": "buyer",
    "FCA": "buyer",
    "FAS": "buyer",
    "FOB": "buyer",
    "CFR": "seller",
    "CIF": "seller",
    "CPT": "seller",
    "CIP": "seller",
    "DAP": "seller",
    "DPU": "seller",
    "DDP": "seller",
}
INCOTERMS = tuple(CARRIAGE)
