"""The whole planned fair: the same for the same seed, without dates and without a database."""

from dataclasses import dataclass
from functools import cache

from ..content.bodies import BODIES, FACTS, FAIR_NAME, FAIR_SECTOR, UNITS
from ..content.cities import ZONE
from ..content.halls import HALLS
from ..content.terms import RATE_SOURCE, RATES
from .attendances import attendances
from .buyers import buyers
from .entities import DemoCompany, DemoFair, DemoHall, DemoPerson, DemoProduct, DemoSlot
from .events import DemoAttendance, DemoInquiry, DemoMeeting, DemoOutcome, DemoRequest
from .exhibitors import exhibitors
from .inquiries import InquiryPlanner
from .interpreters import language_pairs
from .matches import matches
from .meetings import MeetingPlanner
from .outcomes import outcomes
from .people import people
from .products import products
from .requests import RequestPlanner
from .slots import slots
from .timetable import timetable

SLUG = "pk2020"
SEED = 2020


@dataclass(frozen=True)
class FairPlan:
    """Everything that is loaded into the database, with stable string keys instead of primary keys."""

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
def fair_plan(seed: int = SEED) -> FairPlan:
    """The plan of a seed, made once for each process; raises ValueError where the seed's draws do not add up."""
    exhibiting, buying = exhibitors(seed), buyers(seed)
    companies = {firm.key: firm for firm in (*exhibiting, *buying)}
    everybody = people(exhibiting, buying, seed)
    offered = products(exhibiting, seed)
    all_slots = slots()
    matched = matches(exhibiting, buying, seed)
    languages = language_pairs(matched, everybody)
    meetings = MeetingPlanner(
        timetable(matched, companies, languages), languages, everybody, all_slots, seed
    ).meetings()
    return FairPlan(
        fair=_fair(),
        halls=tuple(DemoHall(hall.key, hall.number, hall.name, hall.headings) for hall in HALLS),
        companies=tuple(companies.values()),
        people=everybody,
        products=offered,
        slots=all_slots,
        meetings=meetings,
        attendances=attendances(meetings, seed),
        outcomes=outcomes(meetings, companies, offered, seed),
        requests=RequestPlanner(companies, everybody, offered, meetings, all_slots, seed).requests(),
        inquiries=InquiryPlanner(companies, everybody, offered, meetings, seed).inquiries(),
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
