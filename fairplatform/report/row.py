"""The rows that the figures of a fair are of.

Whoever has these rows can compute every figure again, but for sums in which hidden amounts are: no row tells these.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.functional import cached_property

from fairplatform.fairs.models import Fair, Participation
from fairplatform.i18n.text import Translated
from fairplatform.money.rates import Rate
from meetings.models import Meeting


@dataclass(frozen=True, slots=True)
class Purchaser:
    """A person whom a buyer has named as its purchaser: their title, and whether they may close a deal."""

    title: str
    decides: bool


@dataclass(frozen=True, slots=True)
class CompanyRow:
    """A company in the fair. `kind`: its type; `unit`: key of its recruiting unit; `floor`: meetings it should have."""

    key: str
    name: Translated
    state: str
    sells: bool
    buys: bool
    kind: str
    country: str
    city: str
    city_name: Translated
    prefecture: str
    county: str
    unit: str
    hall: int | None
    is_new: bool
    floor: int
    purchasers: tuple[Purchaser, ...]

    @property
    def is_approved(self) -> bool:
        return self.state == Participation.State.APPROVED


@dataclass(frozen=True, slots=True)
class Said:
    """What an outcome says it is, and its amount in minor units of the currency, if it has one.

    Of a band it is the lower end. `is_hidden`: a side hides the amount, so that it is shown nowhere, and is in sums
    as ledger/hidden.py says. `demand`: the key of the demand that an intended deal answers. `number`: of what both
    sides agreed, in the order in which they did.
    """

    kind: str
    amount_minor: int | None
    currency: str
    is_hidden: bool = False
    demand: str = ""
    number: int = 0

    @property
    def shown_minor(self) -> int | None:
        return None if self.is_hidden else self.amount_minor


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting with its outcome. `exhibitor` and `buyer`: keys of companies; `hall`: the exhibitor's.

    `connected_seconds`: how long both sides were connected at the same time. `outcome`: the state of the outcome, empty
    without one; `agreed`: what both sides confirmed; `submitted`: by side, what that side alone stands by so far.
    """

    key: str
    exhibitor: str
    buyer: str
    hall: int | None
    day: date
    starts_at: datetime
    ends_at: datetime
    state: str
    missed_because: str
    by_telephone: bool
    has_interpreter: bool
    connected_seconds: int
    outcome: str
    reference: str
    agreed: Said | None
    agreed_at: datetime | None
    submitted: dict[str, Said]

    @property
    def is_cancelled(self) -> bool:
        return self.state == Meeting.State.CANCELLED

    def is_over(self, at: datetime) -> bool:
        """Whether it is known how the meeting went: its time is over, or it was given up before."""
        return self.starts_at <= at and (self.ends_at <= at or self.state == Meeting.State.MISSED)

    def was_held(self, at: datetime) -> bool:
        return self.state == Meeting.State.HELD and self.is_over(at)

    def took_place(self, at: datetime) -> bool:
        """Whether its companies are asked how it was: of one by telephone they alone know whether it was held."""
        return self.was_held(at) or (self.by_telephone and self.state == Meeting.State.CONFIRMED and self.ends_at <= at)


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request for a meeting."""

    key: str
    sender: str
    receiver: str
    state: str
    made_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class InquiryRow:
    """A visitor's inquiry at a booth. `asking`: the visitor's company, empty of a visitor who was there for none.

    `answered_at`: when somebody of the booth first wrote in it.
    """

    key: str
    exhibitor: str
    asking: str
    opened_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class SatisfactionRow:
    """How one of a meeting's two companies found it. `right_partner`: None if it has not said; `because`: if wrong."""

    key: str
    meeting: str
    side: str
    company: str
    rating: int
    right_partner: bool | None
    because: str


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A standing entry of the ledger. `is_hidden`: as of what an outcome says; `realised_minor`: so far.

    `outcome`: the reference of the outcome that was agreed there, if it was; `is_released`: whether all its parties let
    everybody read it with its amount.
    """

    key: str
    kind: str
    provenance: str
    amount_minor: int | None
    currency: str
    is_hidden: bool = False
    realised_minor: int | None = None
    outcome: str = ""
    is_released: bool = False

    @property
    def shown_minor(self) -> int | None:
        return None if self.is_hidden else self.amount_minor


@dataclass(frozen=True)
class Rows:
    """All rows of a fair as they were at an instant."""

    fair: Fair
    at: datetime
    companies: list[CompanyRow]
    meetings: list[MeetingRow]
    requests: list[RequestRow]
    satisfaction: list[SatisfactionRow]
    papers: list[PaperRow]
    inquiries: list[InquiryRow]
    rates: list[Rate]
    units: dict[str, Translated]
    """The names of the recruiting units, by key."""
    halls: dict[int, Translated]

    def of_days(self, chosen: Callable[[date], bool]) -> "Rows":
        """The same with the meetings of these days of the fair alone, and what companies said of them."""
        meetings = {one.key: one for one in self.meetings if chosen(one.day)}
        said = [one for one in self.satisfaction if one.meeting in meetings]
        return replace(self, meetings=list(meetings.values()), satisfaction=said)

    @cached_property
    def company(self) -> dict[str, CompanyRow]:
        return {one.key: one for one in self.companies}

    @cached_property
    def meeting(self) -> dict[str, MeetingRow]:
        return {one.key: one for one in self.meetings}

    @cached_property
    def request(self) -> dict[str, RequestRow]:
        return {one.key: one for one in self.requests}

    @cached_property
    def inquiry(self) -> dict[str, InquiryRow]:
        return {one.key: one for one in self.inquiries}

    @cached_property
    def said(self) -> dict[str, SatisfactionRow]:
        return {one.key: one for one in self.satisfaction}

    @cached_property
    def paper(self) -> dict[str, PaperRow]:
        return {one.key: one for one in self.papers}
