"""The whole demonstration fair, the same for the same seed, knowing no date and no database."""

from dataclasses import dataclass
from functools import cache

from .asking import Asking
from .attending import attendances
from .buyers import buyers
from .content.bodies import BODIES, FACTS, FAIR_NAME, FAIR_SECTOR, UNITS
from .content.cities import ZONE
from .content.halls import HALLS
from .content.terms import RATE_SOURCE, RATES
from .encounters import DemoAttendance, DemoInquiry, DemoMeeting, DemoOutcome, DemoRequest
from .exhibitors import exhibitors
from .grid import slots
from .inquiring import Inquiring
from .interpreting import tongues
from .matches import matches
from .offers import products
from .opening import Opening
from .outcomes import outcomes
from .seating import seated
from .shapes import DemoCompany, DemoFair, DemoHall, DemoPerson, DemoProduct, DemoSlot
from .staff import people

SLUG = "pk2020"
SEED = 2020


@dataclass(frozen=True)
class Plan:
    """The whole demonstration."""

    fair: DemoFair
    halls: tuple[DemoHall, ...]
    companies: tuple[DemoCompany, ...]
    people: tuple[DemoPerson, ...]
    products: tuple[DemoProduct, ...]
    slots: tuple[DemoSlot, ...]
    meetings: tuple[DemoMeeting, ...]
    attendances: tuple[DemoAttendance, ...]
    outcomes: tuple[DemoOutcome, ...]
    requests: tuple[DemoRequest, ...]
    inquiries: tuple[DemoInquiry, ...]


@cache
def plan(seed: int = SEED) -> Plan:
    """Everything of the demonstration; raises ValueError for a seed whose draw does not add up."""
    sellers, customers = exhibitors(seed), buyers(seed)
    companies = {firm.key: firm for firm in (*sellers, *customers)}
    everybody = people(sellers, customers, seed)
    shown = products(sellers, seed)
    grid = slots()
    pairs = matches(sellers, customers, seed)
    spoken = tongues(pairs, everybody)
    meetings = Opening(seated(pairs, companies, spoken), spoken, everybody, grid, seed).meetings()
    return Plan(
        fair=_fair(),
        halls=tuple(DemoHall(hall.key, hall.number, hall.name, hall.headings) for hall in HALLS),
        companies=tuple(companies.values()),
        people=everybody,
        products=shown,
        slots=grid,
        meetings=meetings,
        attendances=attendances(meetings, seed),
        outcomes=outcomes(meetings, companies, shown, seed),
        requests=Asking(companies, everybody, shown, meetings, grid, seed).requests(),
        inquiries=Inquiring(companies, everybody, shown, meetings, seed).inquiries(),
    )


def _fair() -> DemoFair:
    return DemoFair(
        slug=SLUG,
        name=FAIR_NAME,
        sector=FAIR_SECTOR,
        zones=(ZONE["CN"], ZONE["PK"]),
        bodies=BODIES,
        units=UNITS,
        facts=FACTS,
        rates=RATES,
        rate_source=RATE_SOURCE,
    )
