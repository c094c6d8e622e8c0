"""The drawings of the goods, a module for each hall."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ..shapes import Shapes
from .appliances import APPLIANCES
from .electrical import ELECTRICAL
from .fasteners import FASTENERS
from .hand_tools import HAND_TOOLS
from .hospital_furniture import HOSPITAL_FURNITURE
from .household import HOUSEHOLD
from .locks import LOCKS
from .machine_tools import MACHINE_TOOLS
from .medical_equipment import MEDICAL_EQUIPMENT
from .medical_instruments import MEDICAL_INSTRUMENTS
from .plastics import PLASTICS
from .power_tools import POWER_TOOLS
from .pumps import PUMPS
from .sewing import SEWING
from .solar import SOLAR
from .valves import VALVES

# By HS code of six digits.
GOODS: Mapping[str, Callable[[], Shapes]] = MappingProxyType(
    {
        **HAND_TOOLS, **POWER_TOOLS, **LOCKS, **FASTENERS, **VALVES, **PUMPS, **ELECTRICAL, **SOLAR, **MACHINE_TOOLS,
        **PLASTICS, **SEWING, **HOUSEHOLD, **APPLIANCES, **MEDICAL_EQUIPMENT, **MEDICAL_INSTRUMENTS,
        **HOSPITAL_FURNITURE,
    }
)  # fmt: skip
