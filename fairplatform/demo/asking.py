"""Requests for a meeting that wait for an answer, and one that was declined with its reason."""

from datetime import time

from .buyers import DEMO_BUYER
from .chance import chance
from .content.letters import FRIDAY_DECLINED, REQUEST_BY_BUYER, REQUEST_BY_EXHIBITOR
from .content.text import CHINESE, ENGLISH, filled
from .encounters import DemoMeeting, DemoMessage, DemoRequest
from .exhibitors import DEMO_EXHIBITOR
from .grid import LATE
from .opening import free_slots
from .shapes import DemoCompany, DemoPerson, DemoProduct, DemoSlot, Moment

HOUR = 60 * 60
# Who asks, when, and how many seconds are left at the opening: the first waits for the visitor's exhibitor, the second
# for the visitor's buyer, the third is about to expire.
PENDING = (
    ("buyer", Moment(3, time(11, 2)), 23 * HOUR),
    ("exhibitor", Moment(3, time(10, 41)), 22 * HOUR + 1800),
    ("buyer", Moment(2, time(12, 9)), 360),
    ("exhibitor", Moment(3, time(10, 5)), 22 * HOUR),
)
DECLINED = Moment(2, time(14, 20))
DECLINED_AFTER = 1260


class Asking:
    """Finds pairs that look for each other and do not meet yet, each firm once."""

    def __init__(
        self,
        companies: dict[str, DemoCompany],
        people: tuple[DemoPerson, ...],
        products: tuple[DemoProduct, ...],
        meetings: tuple[DemoMeeting, ...],
        slots: tuple[DemoSlot, ...],
        seed: int,
    ) -> None:
        self._companies = companies
        self._firms = chance(seed, "asking").sample(list(companies.values()), len(companies))
        self._leads = {p.company: p for p in people if p.role in {"exhibitor_manager", "buyer_lead"}}
        self._goods = {product.company: product.name for product in products}
        self._meetings = meetings
        self._slots = slots
        self._met = {(meeting.buyer, meeting.exhibitor) for meeting in meetings}
        self._asked = {DEMO_BUYER, DEMO_EXHIBITOR}

    def requests(self) -> tuple[DemoRequest, ...]:
        """Four pending ones and the declined one."""
        pairs = [
            self._pair(exhibitor=DEMO_EXHIBITOR),
            self._pair(buyer=DEMO_BUYER),
            self._pair(),
            self._pair(),
        ]
        waiting = [
            self._request(number, pair, asked_by, asked, expires_in)
            for number, (pair, (asked_by, asked, expires_in)) in enumerate(zip(pairs, PENDING, strict=True), start=1)
        ]
        return (*waiting, self._declined(len(waiting) + 1))

    def _pair(self, buyer: str | None = None, exhibitor: str | None = None) -> tuple[str, str]:
        """A buyer and an exhibitor of one of its halls; the given one stands, the other is new to asking."""
        for seller in self._firms:
            for customer in self._firms:
                pair = (customer.key, seller.key)
                fits = seller.hall in customer.interests and pair not in self._met
                if fits and self._chosen(customer.key, buyer) and self._chosen(seller.key, exhibitor):
                    self._asked |= set(pair)
                    return pair
        raise ValueError("everybody meets everybody: choose another seed")

    def _chosen(self, firm: str, wanted: str | None) -> bool:
        return firm == wanted if wanted else firm not in self._asked

    def _request(
        self, number: int, pair: tuple[str, str], asked_by: str, asked: Moment, expires_in: int
    ) -> DemoRequest:
        free = [key for key in free_slots(self._meetings, self._slots, *pair) if not key.startswith("3")]
        return DemoRequest(
            key=f"r-{number}",
            buyer=pair[0],
            exhibitor=pair[1],
            asked_by=asked_by,
            slot=free[number],
            asked=asked,
            expires_in=expires_in,
            message=self._message(pair, asked_by),
            state="pending",
            reply=None,
        )

    def _declined(self, number: int) -> DemoRequest:
        """A buyer asked for the last slot of Friday, to which the exhibitor had not agreed."""
        pair = self._pair()
        while self._companies[pair[1]].late_friday:
            pair = self._pair()
        reply = DemoMessage(self._leads[pair[1]].key, DECLINED_AFTER, CHINESE, FRIDAY_DECLINED[CHINESE])
        return DemoRequest(
            key=f"r-{number}",
            buyer=pair[0],
            exhibitor=pair[1],
            asked_by="buyer",
            slot=LATE,
            asked=DECLINED,
            expires_in=None,
            message=self._message(pair, "buyer"),
            state="declined",
            reply=reply,
        )

    def _message(self, pair: tuple[str, str], asked_by: str) -> DemoMessage:
        author = self._leads[pair[0] if asked_by == "buyer" else pair[1]]
        pattern = REQUEST_BY_BUYER if asked_by == "buyer" else REQUEST_BY_EXHIBITOR
        language = ENGLISH if author.country == "CN" and "en" in author.speaks else author.language
        return DemoMessage(author.key, 0, language, filled(pattern, goods=self._goods[pair[1]])[language])
