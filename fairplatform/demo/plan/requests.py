"""The meeting requests: four that wait for an answer, and one that was declined with its reason."""

from datetime import time

from ..content.messages import FRIDAY_DECLINED, REQUEST_BY_BUYER, REQUEST_BY_EXHIBITOR
from ..content.text import CHINESE, ENGLISH, filled, within_a_sentence
from .entities import DemoCompany, DemoPerson, DemoProduct, DemoSlot, Moment
from .events import DemoMeeting, DemoMessage, DemoRequest
from .matches import PERSONA_BUYER, PERSONA_EXHIBITOR, Match
from .meetings import free_slots
from .random_source import random_for
from .slots import LATE_FRIDAY_SLOT

HOUR = 60 * 60
# Which side asks, when, and how many seconds are left at the opening. The first waits for the persona exhibitor, the
# second for the persona buyer; the third is about to expire.
PENDING = (
    ("buyer", Moment(3, time(11, 2)), 23 * HOUR),
    ("exhibitor", Moment(3, time(10, 41)), 22 * HOUR + 1800),
    ("buyer", Moment(2, time(12, 9)), 360),
    ("exhibitor", Moment(3, time(10, 5)), 22 * HOUR),
)
DECLINED_REQUEST_AT = Moment(2, time(14, 20))
DECLINED_AFTER = 1260  # seconds


class RequestPlanner:
    """Finds buyers and exhibitors of the same hall that do not meet yet, each company once."""

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
        self._shuffled = random_for(seed, "asking").sample(list(companies.values()), len(companies))
        self._leads = {p.company: p for p in people if p.role in {"exhibitor_manager", "buyer_lead"}}
        self._goods = {product.company: within_a_sentence(product.name) for product in products}
        self._meetings = meetings
        self._slots = slots
        self._meet = {Match(meeting.buyer, meeting.exhibitor) for meeting in meetings}
        self._used = {PERSONA_BUYER, PERSONA_EXHIBITOR}

    def requests(self) -> tuple[DemoRequest, ...]:
        """Four pending requests, then the declined one."""
        matches = [
            self._match(exhibitor=PERSONA_EXHIBITOR),
            self._match(buyer=PERSONA_BUYER),
            self._match(),
            self._match(),
        ]
        pending = [
            self._request(number, match, asked_by, asked, expires_in)
            for number, (match, (asked_by, asked, expires_in)) in enumerate(zip(matches, PENDING, strict=True), start=1)
        ]
        return (*pending, self._declined(len(pending) + 1))

    def _match(self, buyer: str | None = None, exhibitor: str | None = None) -> Match:
        """A buyer and an exhibitor that could meet: the given company, and others that have no request yet."""
        for seller in self._shuffled:
            for customer in self._shuffled:
                match = Match(customer.key, seller.key)
                fits = seller.hall in customer.interests and match not in self._meet
                if fits and self._is_candidate(customer.key, buyer) and self._is_candidate(seller.key, exhibitor):
                    self._used |= set(match)
                    return match
        raise ValueError("everybody meets everybody: choose another seed")

    def _is_candidate(self, firm: str, wanted: str | None) -> bool:
        return firm == wanted if wanted else firm not in self._used

    def _request(self, number: int, match: Match, asked_by: str, asked: Moment, expires_in: int) -> DemoRequest:
        free = [key for key in free_slots(self._meetings, self._slots, *match) if not key.startswith("3")]
        return DemoRequest(
            key=f"r-{number}",
            buyer=match.buyer,
            exhibitor=match.exhibitor,
            asked_by=asked_by,
            slot=free[number],
            asked=asked,
            expires_in=expires_in,
            message=self._message(match, asked_by),
            state="pending",
            reply=None,
        )

    def _declined(self, number: int) -> DemoRequest:
        """A buyer asked for the last slot of Friday, to which the exhibitor had not agreed."""
        match = self._match()
        while self._companies[match.exhibitor].late_friday:
            match = self._match()
        reply = DemoMessage(self._leads[match.exhibitor].key, DECLINED_AFTER, CHINESE, FRIDAY_DECLINED[CHINESE])
        return DemoRequest(
            key=f"r-{number}",
            buyer=match.buyer,
            exhibitor=match.exhibitor,
            asked_by="buyer",
            slot=LATE_FRIDAY_SLOT,
            asked=DECLINED_REQUEST_AT,
            expires_in=None,
            message=self._message(match, "buyer"),
            state="declined",
            reply=reply,
        )

    def _message(self, match: Match, asked_by: str) -> DemoMessage:
        author = self._leads[match.buyer if asked_by == "buyer" else match.exhibitor]
        pattern = REQUEST_BY_BUYER if asked_by == "buyer" else REQUEST_BY_EXHIBITOR
        language = ENGLISH if author.country == "CN" and "en" in author.speaks else author.language
        return DemoMessage(author.key, 0, language, filled(pattern, goods=self._goods[match.exhibitor])[language])
