"""The goods of each hall, in the order of its table."""

from . import (
    electrical,
    fasteners,
    hand_tools,
    household,
    locks,
    machine_tools,
    plastics,
    power_tools,
    pumps,
    sewing,
    solar,
    valves,
)
from .good import Good

GOODS: dict[str, tuple[Good, ...]] = {
    "hand-tools": hand_tools.GOODS,
    "power-tools": power_tools.GOODS,
    "locks": locks.GOODS,
    "fasteners": fasteners.GOODS,
    "valves": valves.GOODS,
    "pumps": pumps.GOODS,
    "electrical": electrical.GOODS,
    "solar": solar.GOODS,
    "machine-tools": machine_tools.GOODS,
    "plastics": plastics.GOODS,
    "sewing": sewing.GOODS,
    "household": household.GOODS,
}

__all__ = ["GOODS", "Good"]
