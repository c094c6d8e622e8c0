"""The eleven delivery terms of Incoterms (ICC, edition 2020), from the least that the seller does to the most."""

from collections.abc import Mapping

# By what the price includes: nothing (E), delivery to the carrier (F), the main carriage (C), the way to the buyer (D),
# of one the duty too. Prices are compared within a group.
GROUPS: Mapping[str, str] = {
    "EXW": "E",
    "FCA": "F",
    "FAS": "F",
    "FOB": "F",
    "CFR": "C",
    "CIF": "C",
    "CPT": "C",
    "CIP": "C",
    "DAP": "D",
    "DPU": "D",
    "DDP": "D with duty",
}
INCOTERMS = tuple(GROUPS)
