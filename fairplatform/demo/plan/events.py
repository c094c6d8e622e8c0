"""What happens between companies: meetings with attendances and outcomes, meeting requests, inquiries."""

from dataclasses import dataclass

from ..content.text import Text
from .entities import Moment


@dataclass(frozen=True)
class DemoMeeting:
    """A meeting of one buyer with one exhibitor in one slot.

    `people` are the keys of the exhibitor's manager, the lead purchaser and sometimes a colleague of the exhibitor.

    `state` at the opening: held, not_held, running or planned. `reason` says why one was not held: exhibitor_absent,
    buyer_absent, line_failed (no connection) or both_absent. `scene` is set for running ones: well,
    interpreter_missing, buyer_alone, sound_only, or walk (nobody is in it: it is the personas' own). `language_pair` is
    what it needs an interpreter for (`zh-ur`), `moved_from` the slot it was first agreed for.
    """

    key: str
    slot: str
    buyer: str
    exhibitor: str
    people: tuple[str, ...]
    language_pair: str | None
    interpreter: str | None
    state: str
    reason: str | None
    scene: str | None
    moved_from: str | None


@dataclass(frozen=True)
class DemoAttendance:
    """One person in a meeting, in seconds from the slot's start; `connected` is None where nobody was reached."""

    meeting: str
    person: str
    side: str
    entered: int
    connected: int | None
    left: int | None
    media: str


@dataclass(frozen=True)
class DemoStatement:
    """The outcome as one side (or an interpreter's draft) states it; amounts in minor units of the currency.

    `highest_minor`: the upper end of a band, which begins at the amount.
    """

    kind: str
    goods: Text
    hs6: str
    quantity: int | None
    unit: str | None
    amount_minor: int | None
    currency: str | None
    incoterm: str | None
    place: Text | None
    payment: str | None
    within_months: int | None
    note: Text | None
    next_step: str | None
    next_by: str | None
    next_due_days: int | None
    highest_minor: int | None = None


@dataclass(frozen=True)
class DemoOutcome:
    """The outcome of a held meeting, with `state` agreed, one_side, differing or none.

    `exhibitor` and `buyer` are the sides' statements, equal if agreed; `_by` is who made one, `_at` when, in seconds
    from the slot's start. `draft` is an interpreter's that no side has stated yet. `hides_amount`: who stated it hides
    its amount from everyone but the other side.
    """

    meeting: str
    state: str
    exhibitor: DemoStatement | None
    exhibitor_by: str | None
    exhibitor_at: int | None
    buyer: DemoStatement | None
    buyer_by: str | None
    buyer_at: int | None
    draft: DemoStatement | None
    draft_by: str | None
    hides_amount: bool = False


@dataclass(frozen=True)
class DemoSatisfaction:
    """How a side found its meeting, `after` seconds from the slot's start; `by` is who answered for it."""

    key: str
    meeting: str
    side: str
    by: str
    rating: int
    right_partner: bool | None
    because: str
    after: int


@dataclass(frozen=True)
class DemoMessage:
    """A message in its author's language, `after` seconds from the start of the request or inquiry it belongs to."""

    author: str
    after: int
    language: str
    body: str


@dataclass(frozen=True)
class DemoRequest:
    """A request for a meeting, with `state` pending, or declined with a reply.

    `expires_in` is in seconds from the opening, so that one request is always about to expire. `asked_by` is buyer or
    exhibitor.
    """

    key: str
    buyer: str
    exhibitor: str
    asked_by: str
    slot: str
    asked: Moment
    expires_in: int | None
    message: DemoMessage
    state: str
    reply: DemoMessage | None


@dataclass(frozen=True)
class DemoInquiry:
    """A buyer's question at a booth, answered after `answer_after` seconds if at all; `meeting` is what came of it."""

    key: str
    buyer: str
    exhibitor: str
    product: str
    opened: Moment
    answer_after: int | None
    meeting: str | None
    messages: tuple[DemoMessage, ...]
