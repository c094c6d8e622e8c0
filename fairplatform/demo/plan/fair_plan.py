"""The whole planned fair: the same for the same seed, without dates and without a database."""

from dataclasses import dataclass
from functools import cache

from .attendances import attendances
from .entities import DemoCompany, DemoPerson, DemoProduct, DemoSlot
from .events import DemoAttendance, DemoInquiry, DemoMeeting, DemoOutcome, DemoRequest, DemoSatisfaction
from .inquiries import InquiryPlanner
from .meetings import MeetingPlanner
from .outcomes import outcomes
from .published import published
from .requests import RequestPlanner
from .satisfaction import satisfaction
from .shifts import DemoShift, shifts
from .slots import slots
from .source import source

SLUG = "pk2020"
SEED = 2020


@dataclass(frozen=True)
class FairPlan:
    """The history of the fair and whom it is about, with stable string keys instead of primary keys."""

    companies: tuple[DemoCompany, ...]
    people: tuple[DemoPerson, ...]
    products: tuple[DemoProduct, ...]
    slots: tuple[DemoSlot, ...]
    meetings: tuple[DemoMeeting, ...]
    attendances: tuple[DemoAttendance, ...]
    outcomes: tuple[DemoOutcome, ...]
    satisfaction: tuple[DemoSatisfaction, ...]
    requests: tuple[DemoRequest, ...]
    inquiries: tuple[DemoInquiry, ...]
    shifts: tuple[DemoShift, ...]


@cache
def fair_plan(seed: int = SEED) -> FairPlan:
    """The plan of a seed, made once for each process; raises ValueError where the seed's draws do not add up."""
    entered = source()
    companies = {firm.key: firm for firm in entered.companies}
    people, products = entered.people, entered.products
    all_slots = slots()
    meetings = MeetingPlanner(published(), people, all_slots, seed).meetings()
    return FairPlan(
        companies=entered.companies,
        people=people,
        products=products,
        slots=all_slots,
        meetings=meetings,
        attendances=attendances(meetings, seed),
        outcomes=outcomes(meetings, companies, products, seed),
        satisfaction=satisfaction(meetings, seed),
        requests=RequestPlanner(companies, people, products, meetings, all_slots, seed).requests(),
        inquiries=InquiryPlanner(companies, people, products, meetings, seed).inquiries(),
        shifts=shifts(people, all_slots),
    )
