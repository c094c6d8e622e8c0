"""The 214 inquiries of the first days: who asked whom for what, and how soon somebody answered."""

from datetime import time

from .buyers import DEMO_BUYER
from .chance import chance
from .content.halls import HEAVY
from .content.letters import ANSWERS, ASKED_OF_MACHINES, INQUIRIES, THANKS
from .content.terms import UNITS
from .content.text import ENGLISH, Text, filled
from .encounters import DemoInquiry, DemoMeeting, DemoMessage
from .exhibitors import DEMO_EXHIBITOR
from .matches import Pair
from .shapes import DemoCompany, DemoPerson, DemoProduct, Moment

Words = dict[str, Text | str | int]

INQUIRED = 214
UNANSWERED, BECAME_MEETINGS = 17, 11
MEDIAN, LIMIT = 110, 180  # seconds
# How many were answered sooner than the median, exactly at it, and later but within the limit.
SOONER, AT_MEDIAN, LATER = 95, 15, 87

# The hours in which each day's inquiries came, as minutes of the day in Pakistan.
OPEN = {1: (11 * 60, 14 * 60 + 55), 2: (10 * 60, 14 * 60 + 55), 3: (10 * 60, 11 * 60 + 50)}


class Inquiring:
    """Writes the inquiries, each of a buyer to an exhibitor of a hall it looks in, none twice."""

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
        self._meetings = {(m.buyer, m.exhibitor): m for m in meetings}
        self._random = chance(seed, "inquiring")

    def inquiries(self) -> tuple[DemoInquiry, ...]:
        """In the order in which they were opened."""
        later, others = self._pairs()
        delays = self._delays()
        opened: list[tuple[Moment, Pair, int | None, str | None]] = [
            (self._moment(1, 2), pair, None, self._meetings[pair].key) for pair in later
        ]
        opened += [(self._moment(1, 3), pair, delay, None) for pair, delay in zip(others, delays, strict=True)]
        opened.sort(key=lambda row: row[0])
        return tuple(
            self._inquiry(number, moment, pair, delay, meeting)
            for number, (moment, pair, delay, meeting) in enumerate(opened, start=1)
        )

    def _pairs(self) -> tuple[list[Pair], list[Pair]]:
        """Eleven pairs that were given a meeting of day 3 or later instead of an answer, and all the others."""
        visitors = (DEMO_BUYER, DEMO_EXHIBITOR)
        fitting = [
            (buyer.key, seller.key)
            for buyer in self._companies.values()
            for seller in self._companies.values()
            if seller.hall in buyer.interests
        ]
        self._random.shuffle(fitting)
        planned = [pair for pair in fitting if pair in self._meetings and self._meetings[pair].state == "planned"]
        later = planned[:BECAME_MEETINGS]
        others = [pair for pair in fitting if pair not in self._meetings and pair not in later]
        return later, [visitors, *others][: INQUIRED - BECAME_MEETINGS]

    def _delays(self) -> list[int | None]:
        """Seconds to the first answer; the first, the visitor's own, was answered at the median."""
        answered = [
            *(self._random.randint(20, MEDIAN - 1) for _ in range(SOONER)),
            *(MEDIAN for _ in range(AT_MEDIAN - 1)),
            *(self._random.randint(MEDIAN + 1, LIMIT) for _ in range(LATER)),
        ]
        rest: list[int | None] = [*answered, *(None for _ in range(UNANSWERED - BECAME_MEETINGS))]
        self._random.shuffle(rest)
        return [MEDIAN, *rest]

    def _moment(self, first: int, last: int) -> Moment:
        day = self._random.randint(first, last)
        minutes, second = divmod(self._random.randrange(OPEN[day][0] * 60, OPEN[day][1] * 60), 60)
        return Moment(day, time(minutes // 60, minutes % 60, second))

    def _inquiry(self, number: int, opened: Moment, pair: Pair, delay: int | None, meeting: str | None) -> DemoInquiry:
        product = self._random.choice(self._offers[pair[1]])
        return DemoInquiry(
            key=f"i-{number:03d}",
            buyer=pair[0],
            exhibitor=pair[1],
            product=product.key,
            opened=opened,
            answer_after=delay,
            meeting=meeting,
            messages=self._messages(pair, product, delay),
        )

    def _messages(self, pair: Pair, product: DemoProduct, delay: int | None) -> tuple[DemoMessage, ...]:
        asker, seller = self._leads[pair[0]], self._leads[pair[1]]
        heavy = self._companies[pair[1]].hall in HEAVY
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
    return {"goods": product.name, "quantity": f"{quantity:,}", "unit": unit, "days": product.lead_days}


def _message(author: DemoPerson, after: int, text: Text, words: Words) -> DemoMessage:
    """An exhibitor who speaks English writes it, everybody else their own language."""
    language = ENGLISH if author.country == "CN" and "en" in author.speaks else author.language
    return DemoMessage(author.key, after, language, filled(text, **words)[language])
