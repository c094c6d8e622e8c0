"""The 214 inquiries of days 1 to 3: which buyer asked which exhibitor, and after how long they were answered."""

from datetime import time

from ..content.messages import ANSWERS, ASKED_OF_MACHINES, INQUIRIES, THANKS
from ..content.terms import UNITS
from ..content.text import ENGLISH, Text, filled, within_a_sentence
from .entities import DemoCompany, DemoPerson, DemoProduct, Moment
from .events import DemoInquiry, DemoMeeting, DemoMessage
from .matches import PERSONA_BUYER, PERSONA_EXHIBITOR, Match
from .random_source import random_for

Words = dict[str, Text | str | int]

INQUIRED = 214
UNANSWERED, BECAME_MEETINGS = 17, 11
MEDIAN, LIMIT = 110, 180  # seconds
# How many were answered faster than the median, exactly at it, and slower but within the limit.
FASTER, AT_MEDIAN, SLOWER = 95, 15, 87

# When each day's inquiries came, from and until, in minutes of the day in Pakistan.
HOURS = {1: (11 * 60, 14 * 60 + 55), 2: (10 * 60, 14 * 60 + 55), 3: (10 * 60, 11 * 60 + 50)}


class InquiryPlanner:
    """Draws the inquiries: a buyer writes at most once to an exhibitor, in a hall the buyer looks in."""

    def __init__(
        self,
        companies: dict[str, DemoCompany],
        people: tuple[DemoPerson, ...],
        products: tuple[DemoProduct, ...],
        meetings: tuple[DemoMeeting, ...],
        seed: int,
    ) -> None:
        self._companies = companies
        self._leads = {p.company: p for p in people if p.role in {"exhibitor_manager", "buyer_lead"}}
        self._offers: dict[str, list[DemoProduct]] = {}
        for product in products:
            self._offers.setdefault(product.company, []).append(product)
        self._meetings = {Match(m.buyer, m.exhibitor): m for m in meetings}
        self._random = random_for(seed, "inquiring")

    def inquiries(self) -> tuple[DemoInquiry, ...]:
        """In the order in which they were opened."""
        later, others = self._matches()
        delays = self._delays()
        opened: list[tuple[Moment, Match, int | None, str | None]] = [
            (self._moment(1, 2), match, None, self._meetings[match].key) for match in later
        ]
        opened += [(self._moment(1, 3), match, delay, None) for match, delay in zip(others, delays, strict=True)]
        opened.sort(key=lambda row: row[0])
        return tuple(
            self._inquiry(number, moment, match, delay, meeting)
            for number, (moment, match, delay, meeting) in enumerate(opened, start=1)
        )

    def _matches(self) -> tuple[list[Match], list[Match]]:
        """Eleven matches that got a planned meeting instead of an answer, and all the other inquiries' companies."""
        personas = Match(PERSONA_BUYER, PERSONA_EXHIBITOR)
        fitting = [
            Match(buyer.key, seller.key)
            for buyer in self._companies.values()
            for seller in self._companies.values()
            if seller.hall in buyer.interests
        ]
        self._random.shuffle(fitting)
        planned = [match for match in fitting if match in self._meetings and self._meetings[match].state == "planned"]
        later = planned[:BECAME_MEETINGS]
        others = [match for match in fitting if match not in self._meetings and match not in later]
        return later, [personas, *others][: INQUIRED - BECAME_MEETINGS]

    def _delays(self) -> list[int | None]:
        """Seconds to the first answer, None for no answer; the first is the personas' own, answered at the median."""
        answered = [
            *(self._random.randint(20, MEDIAN - 1) for _ in range(FASTER)),
            *(MEDIAN for _ in range(AT_MEDIAN - 1)),
            *(self._random.randint(MEDIAN + 1, LIMIT) for _ in range(SLOWER)),
        ]
        rest: list[int | None] = [*answered, *(None for _ in range(UNANSWERED - BECAME_MEETINGS))]
        self._random.shuffle(rest)
        return [MEDIAN, *rest]

    def _moment(self, first: int, last: int) -> Moment:
        day = self._random.randint(first, last)
        first_minute, last_minute = HOURS[day]
        minutes, second = divmod(self._random.randrange(first_minute * 60, last_minute * 60), 60)
        return Moment(day, time(minutes // 60, minutes % 60, second))

    def _inquiry(
        self, number: int, opened: Moment, match: Match, delay: int | None, meeting: str | None
    ) -> DemoInquiry:
        product = self._random.choice(self._offers[match.exhibitor])
        return DemoInquiry(
            key=f"i-{number:03d}",
            buyer=match.buyer,
            exhibitor=match.exhibitor,
            product=product.key,
            opened=opened,
            answer_after=delay,
            meeting=meeting,
            messages=self._messages(match, product, delay),
        )

    def _messages(self, match: Match, product: DemoProduct, delay: int | None) -> tuple[DemoMessage, ...]:
        asker, seller = self._leads[match.buyer], self._leads[match.exhibitor]
        heavy = self._companies[match.exhibitor].sells_machines
        topic = self._random.randrange(ASKED_OF_MACHINES if heavy else len(INQUIRIES))
        turns = [(asker, 0, INQUIRIES[topic])]
        if delay is not None:
            turns.append((seller, delay, ANSWERS[topic]))
            if self._random.random() < 0.6:
                turns.append((asker, delay + self._random.randint(30, 240), THANKS[heavy]))
        words = _words(product, product.moq * self._random.choice((1, 2, 3)))
        return tuple(_message(author, after, text, words) for author, after, text in turns)


def _words(product: DemoProduct, quantity: int) -> Words:
    unit = UNITS[product.unit]
    if quantity == 1:
        unit = unit | {ENGLISH: unit[ENGLISH].removesuffix("s")}
    goods = within_a_sentence(product.name)
    return {"goods": goods, "quantity": f"{quantity:,}", "unit": unit, "days": product.lead_days}


def _message(author: DemoPerson, after: int, text: Text, words: Words) -> DemoMessage:
    """The message in the author's language; exhibitors who speak English write English."""
    language = ENGLISH if author.country == "CN" and "en" in author.speaks else author.language
    return DemoMessage(author.key, after, language, filled(text, **words)[language])
