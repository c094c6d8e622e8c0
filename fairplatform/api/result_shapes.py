"""The shapes of what the API says of the results of a fair: amounts in the currency's smallest unit, times in UTC."""

from ninja import Schema
from pydantic import Field


class Amount(Schema):
    """An amount, null where there is none or a party hides it (`amount_hidden`)."""

    amount_minor: int | None
    currency: str | None = Field(description="ISO 4217.")
    amount_hidden: bool


class Said(Amount):
    """What an outcome says it is. Of a range it is the lower end."""

    kind: str
    demand: str | None = Field(description="The demand of the buyer that an intended deal answers.")


class ReportMeeting(Schema):
    """A meeting with its outcome; `exhibitor` and `buyer` are keys of companies."""

    key: str
    exhibitor: str
    buyer: str
    hall: int | None
    day: str
    starts_at: str
    ends_at: str
    state: str
    missed_because: str | None
    by_telephone: bool
    interpreter: bool
    connected_seconds: int = Field(description="How long both sides were connected at the same time.")
    outcome: str | None = Field(description="The state of the outcome.")
    reference: str | None
    agreed: Said | None
    agreed_at: str | None
    submitted: dict[str, Said] = Field(description="By side, what it stands by.")


class OutcomeRecord(ReportMeeting):
    """A meeting, with what was agreed once more in short."""

    held: bool = Field(description="Whether it is over and was held, as the figure meetings_held counts it.")
    kind: str | None
    amount_minor: int | None
    currency: str | None
    states: dict[str, str] = Field(description="By side: confirmed or open.")


class LedgerName(Schema):
    """Somebody that an entry names; `company` is a key, null for who is no company of the fair."""

    part: str
    company: str | None
    name: dict[str, str]
    title: str = Field("", description="Left out where it is not known.")


class LedgerRecord(Schema):
    """An entry of the agreement ledger. What holds today stands; `digest` is of `previous`, a line feed and `written`.

    Where a party hides the amount, `amount_minor`, `realised_minor` and `written`, which has both, are null.
    """

    number: int
    key: str
    kind: str
    provenance: str
    outcome: str
    subject: str
    sector: str
    amount_minor: int | None
    quantity_unit: str
    signed_at: str
    is_binding: bool | None
    languages: list[str]
    prevailing: str
    realised_minor: int | None
    evidence: str
    source: str
    reason: str
    amount_hidden: bool
    corrects: int | None
    withdrawn: bool
    currency: str | None
    quantity: str | None
    agreed_on: str | None
    signed_on: str | None
    valid_until: str | None
    entered_at: str
    names: list[LedgerName]
    stands: bool
    released_with_amount: bool = Field(description="Whether all parties let everybody read it with its amount.")
    previous: str
    written: str | None
    digest: str


class Purchaser(Schema):
    title: str
    decides: bool


class ReportCompany(Schema):
    """A company in the fair."""

    key: str
    name: dict[str, str]
    state: str
    sells: bool
    buys: bool
    type: str
    country: str
    city: str
    prefecture: str
    county: str
    recruiting_unit: str
    hall: int | None
    new_to_market: bool
    min_meetings: int
    purchasers: list[Purchaser]


class ReportRequest(Schema):
    """A request for a meeting."""

    key: str
    sender: str
    receiver: str
    state: str
    made_at: str
    answered_at: str | None


class ReportSatisfaction(Schema):
    """How one company found a meeting, from 1 to 5."""

    key: str
    meeting: str
    side: str
    company: str
    rating: int
    right_partner: bool | None
    because: str | None


class ReportPaper(Amount):
    """A standing entry of the ledger."""

    key: str
    kind: str
    provenance: str
    realised_minor: int | None = Field(description="Of the amount, so far.")
    outcome: str | None = Field(description="Reference of the outcome that was agreed there.")
    released_with_amount: bool = Field(description="Whether all parties let everybody read it with its amount.")


class ReportInquiry(Schema):
    """A visitor's enquiry at a booth; `asking` is the key of the visitor's company."""

    key: str
    exhibitor: str
    asking: str | None
    opened_at: str
    answered_at: str | None = Field(description="When the booth first wrote in it.")


class ReportRate(Schema):
    """What one unit of the currency `base` was worth in `quote`."""

    date: str
    base: str
    quote: str
    rate: str
    source: str


class LastValue(Schema):
    """The same figure of the last fair of the series."""

    value: int
    hidden: int


class Converted(Schema):
    """What a sum comes to in another currency, and by which rate."""

    amount_minor: int
    currency: str
    rate: ReportRate


class FigureRecord(Schema):
    """A figure: what it counts, its value, and the keys of the rows that it is of."""

    name: str
    definition: str
    value: int
    hidden: int = Field(description="How many amounts that a party hides the value is without.")
    currency: str | None
    unit: str = Field(
        description="number, money (in the currency's smallest unit), minutes, seconds, hundredths or percent (tenths)."
    )
    of: str = Field(description="Which rows: companies, meetings, requests, inquiries, satisfaction or ledger.")
    rows: list[str]
    last: LastValue | None
    converted: Converted | None


class ReportRows(Schema):
    """All rows that figures are of."""

    companies: list[ReportCompany]
    meetings: list[ReportMeeting]
    requests: list[ReportRequest]
    inquiries: list[ReportInquiry]
    satisfaction: list[ReportSatisfaction]
    ledger: list[ReportPaper]
    rates: list[ReportRate]


class FiguresRecord(Schema):
    """All figures of a fair, by key, and the rows by which each can be computed again."""

    fair: str
    demo: bool = Field(description="Whether the data are invented, for a demonstration.")
    as_at: str
    last_fair: str | None = Field(description="The fair of the series that was held before.")
    figures: dict[str, FigureRecord]
    rows: ReportRows
